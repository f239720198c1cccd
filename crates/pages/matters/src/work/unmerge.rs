//! Letting a merged matter go on by itself again.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, MERGE, StageKind};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Letting a merged matter go on by itself again.
#[derive(Debug)]
pub struct Unmerge;

impl Act for Unmerge {
    type On = MatterAtWork;
    type Command = matters::Unmerge;
    const WORD: &'static str = "unmerge";
    const RIGHT: &'static Right = &MERGE;
    const DONE: Option<&'static str> = Some("unmerge");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.row.stage != StageKind::Merged {
            return Ok(html! {});
        }
        let inner = html! { p { (f.t().say("unmerge-lead")) } (f.submit("unmerge-send", "second wide")) };
        Ok(f.card(&f.t().say("unmerge-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<matters::Unmerge, Slip> {
        r.done(|| Some(matters::Unmerge))
    }

    async fn carry_out(job: &Job, command: matters::Unmerge) -> Result<Next, Error> {
        job.act(command).await
    }
}
