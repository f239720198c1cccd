//! Giving a matter a later day, with a reason (延期).

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, EXTEND};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Giving it a later day (延期).
#[derive(Debug)]
pub struct Extend;

impl Act for Extend {
    type On = MatterAtWork;
    type Command = matters::Extend;
    const WORD: &'static str = "extend";
    const RIGHT: &'static Right = &EXTEND;
    const DONE: Option<&'static str> = Some("extend");

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p.hint { (f.t().say("extend-lead")) }
            (f.text("reason").hint("public-hint"))
            (f.day("due"))
            (f.submit("extend-send", "second wide"))
        };
        Ok(f.folded(&f.t().say("extend-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Extend, Slip> {
        let (reason, due) = (r.line("reason", job.limits()), r.day("due", "extend-wrong-day"));
        r.done(|| Some(matters::Extend { reason: reason?, due: due? }))
    }

    async fn carry_out(job: &Job, command: matters::Extend) -> Result<Next, Error> {
        job.act(command).await
    }
}
