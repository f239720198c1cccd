//! Not agreeing that there is no danger.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, UPHOLD};
use yishi_kernel::AccountId;
use yishi_kernel::Right;
use yishi_kernel::record::{Sealed, Staff};
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Not agreeing that there is no danger.
#[derive(Debug)]
pub struct Uphold;

impl Act for Uphold {
    type On = DangerAtWork;
    type Command = dangers::Uphold;
    const WORD: &'static str = "uphold";
    const RIGHT: &'static Right = &UPHOLD;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let own = |by: &Sealed<AccountId, Staff>| job.staff.actor.account.is_some_and(|own| by.is(&own));
        match &job.state.doubted {
            Some(doubted) if !doubted.by.as_ref().is_some_and(own) => {}
            _ => return Ok(html! {}),
        }
        let inner = html! {
            (f.area("reason").hint("public-hint"))
            (f.submit("danger-uphold-title", "second wide"))
        };
        Ok(f.folded(&f.t().say("danger-uphold-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::Uphold, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(dangers::Uphold { reason }))
    }

    async fn carry_out(job: &Job, command: dangers::Uphold) -> Result<Next, Error> {
        job.act(command).await
    }
}
