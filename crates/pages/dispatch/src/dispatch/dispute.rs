//! Saying "not ours", until the street has ruled.

use super::forms::with_reason;
use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, DISPUTE, OrderKind};
use yishi_kernel::command::decide;
use yishi_kernel::{Context, Right};
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Saying "not ours", until the street has ruled.
#[derive(Debug)]
pub struct Dispute;

impl Act for Dispute {
    type On = OrderAtWork;
    type Command = dispatch::Dispute;
    const WORD: &'static str = "dispute";
    const RIGHT: &'static Right = &DISPUTE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if !may_dispute(job).await? {
            return Ok(html! {});
        }
        Ok(with_reason(f, "dispatch-dispute", "dispatch-dispute-hint", "second wide"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::Dispute, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(dispatch::Dispute { reason }))
    }

    async fn carry_out(job: &Job, command: dispatch::Dispute) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// Whether it could still be said: the domain is asked, with any reason.
async fn may_dispute(job: &Job) -> Result<bool, Error> {
    let rules = job.cx.rules(job.ledger.ledger).await?;
    let (now, actor, role) = (job.cx.now, &job.staff.actor, job.role);
    let ctx = Context { now, actor, role, rules: &rules, path: &job.path };
    let tried = dispatch::Dispute { reason: "—".to_owned() };
    Ok(job.state.kind != OrderKind::Letter && decide(tried, &job.state, &(), &ctx).is_ok())
}
