//! Not whistling, though the community asked for it: why, and which ways are left.

use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, BLOW, OtherWay};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Not whistling, though the community asked for it.
#[derive(Debug)]
pub struct Decline;

impl Act for Decline {
    type On = OrderAtWork;
    type Command = dispatch::Decline;
    const WORD: &'static str = "decline";
    const RIGHT: &'static Right = &BLOW;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let ways = f.t().choices::<OtherWay>();
        let inner = html! {
            (f.area("reason").hint("dispatch-decline-hint"))
            (f.checks("ways", &ways, &[]).label("dispatch-ways"))
            (f.submit("dispatch-decline", "danger wide"))
        };
        Ok(f.folded(&f.t().say("dispatch-decline"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::Decline, Slip> {
        let reason = r.text("reason");
        let ways = r.words("ways", OtherWay::parse);
        if ways.is_empty() {
            r.refuse("ways", dispatch::Refusal::NoWay);
        }
        r.done(|| Some(dispatch::Decline { reason, ways }))
    }

    async fn carry_out(job: &Job, command: dispatch::Decline) -> Result<Next, Error> {
        job.act(command).await
    }
}
