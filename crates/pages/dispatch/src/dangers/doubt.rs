//! Saying that there is no danger: a second role has to agree.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, DOUBT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Saying that there is no danger: a second role has to agree.
#[derive(Debug)]
pub struct Doubt;

impl Act for Doubt {
    type On = DangerAtWork;
    type Command = dangers::Doubt;
    const WORD: &'static str = "doubt";
    const RIGHT: &'static Right = &DOUBT;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.state.doubted.is_some() {
            return Ok(html! {});
        }
        let inner = html! {
            (f.area("reason").hint("danger-doubt-hint"))
            (f.submit("danger-doubt-title", "second wide"))
        };
        Ok(f.folded(&f.t().say("danger-doubt-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::Doubt, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(dangers::Doubt { reason }))
    }

    async fn carry_out(job: &Job, command: dangers::Doubt) -> Result<Next, Error> {
        job.act(command).await
    }
}
