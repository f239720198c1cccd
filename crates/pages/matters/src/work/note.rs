//! Noting something for colleagues (内部备注); it stands in the chain as they see it.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, NOTE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Noting something for colleagues (内部备注).
#[derive(Debug)]
pub struct Note;

impl Act for Note {
    type On = MatterAtWork;
    type Command = matters::Note;
    const WORD: &'static str = "note";
    const RIGHT: &'static Right = &NOTE;
    const DONE: Option<&'static str> = Some("note");

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! { (f.area("memo")) (f.submit("note-send", "second wide")) };
        Ok(f.folded(&f.t().say("note-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Note, Slip> {
        if r.some("memo").is_none() {
            r.refuse("memo", matters::Refusal::NothingNoted);
        }
        let memo = r.private("memo", job.limits().text);
        r.done(|| Some(matters::Note { memo: memo? }))
    }

    async fn carry_out(job: &Job, command: matters::Note) -> Result<Next, Error> {
        job.act(command).await
    }
}
