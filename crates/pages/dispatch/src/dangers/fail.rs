//! Saying that the protection does not hold.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, FAIL};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Saying that the protection does not hold.
#[derive(Debug)]
pub struct Fail;

impl Act for Fail {
    type On = DangerAtWork;
    type Command = dangers::Fail;
    const WORD: &'static str = "fail";
    const RIGHT: &'static Right = &FAIL;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.area("reason").hint("danger-fail-hint"))
            (f.submit("danger-fail-title", "danger wide"))
        };
        Ok(f.folded(&f.t().say("danger-fail-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::Fail, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(dangers::Fail { reason }))
    }

    async fn carry_out(job: &Job, command: dangers::Fail) -> Result<Next, Error> {
        job.act(command).await
    }
}
