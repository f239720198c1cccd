//! Handing a matter over (转办), or taking it oneself.

use super::job::{Job, MatterAtWork, choices, given};
use maud::{Markup, html};
use yishi_domain::matters::{self, HAND_OVER};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Handing over (转办).
#[derive(Debug)]
pub struct HandOver;

impl Act for HandOver {
    type On = MatterAtWork;
    type Command = matters::HandOver;
    const WORD: &'static str = "hand-over";
    const RIGHT: &'static Right = &HAND_OVER;
    const DONE: Option<&'static str> = Some("hand-over");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let holders = choices(job).await?;
        let inner = html! {
            (f.select("holder", &holders))
            (f.text("reason").hint("public-hint"))
            (f.submit("hand-over-send", "second wide"))
        };
        Ok(f.folded(&f.t().say("hand-over-title"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::HandOver, Slip> {
        let (given, reason) = (given(job, &mut r).await, r.line("reason", job.limits()));
        r.done(|| {
            let (holder, person) = given?;
            Some(matters::HandOver { holder, person, reason: reason? })
        })
    }

    async fn carry_out(job: &Job, command: matters::HandOver) -> Result<Next, Error> {
        job.act(command).await
    }
}
