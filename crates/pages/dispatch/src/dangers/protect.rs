//! Protecting: what was done, with a photo.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, PROTECT, Protection};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Protecting: what was done, with a photo.
#[derive(Debug)]
pub struct Protect;

impl Act for Protect {
    type On = DangerAtWork;
    type Command = dangers::Protect;
    const WORD: &'static str = "protect";
    const RIGHT: &'static Right = &PROTECT;
    const TAKES: Takes = Takes::Parts;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let steps = f.t().choices::<Protection>();
        let inner = html! {
            (f.radios("step", &steps))
            (f.photos().label("danger-photos"))
            (f.text("note").label("danger-note"))
            (f.submit("danger-protect-send", "wide"))
        };
        Ok(f.card(&f.t().say("danger-protect-title"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dangers::Protect, Slip> {
        let step = r.word("step", Protection::parse, "form-choose");
        let (note, photos) = (r.text("note"), r.photos());
        r.done(|| Some(dangers::Protect { step: step?, note, photos }))
    }

    async fn carry_out(job: &Job, command: dangers::Protect) -> Result<Next, Error> {
        job.act(command).await
    }
}
