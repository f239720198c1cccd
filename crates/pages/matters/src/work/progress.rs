//! Noting what was done about a matter (进展), with photos, for everyone to read.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, PROGRESS};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Noting what was done (进展).
#[derive(Debug)]
pub struct Progress;

impl Act for Progress {
    type On = MatterAtWork;
    type Command = matters::Progress;
    const WORD: &'static str = "progress";
    const RIGHT: &'static Right = &PROGRESS;
    const TAKES: Takes = Takes::Parts;
    const DONE: Option<&'static str> = Some("progress");

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.area("note").hint("public-hint"))
            (f.photos().label("photos-proof"))
            (f.submit("progress-send", "second wide"))
        };
        Ok(f.folded(&f.t().say("progress-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Progress, Slip> {
        let (note, photos) = (r.note("note", job.limits()), r.photos());
        r.done(|| Some(matters::Progress { note: note?, photos }))
    }

    async fn carry_out(job: &Job, command: matters::Progress) -> Result<Next, Error> {
        job.act(command).await
    }
}
