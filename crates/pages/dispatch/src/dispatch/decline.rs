//! Not whistling, though the community asked for it.

use super::forms::with_reason;
use super::job::{Job, OrderAtWork};
use maud::Markup;
use yishi_domain::dispatch::{self, BLOW};
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
        Ok(with_reason(f, "dispatch-decline", "dispatch-decline-hint", "danger wide"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::Decline, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(dispatch::Decline { reason }))
    }

    async fn carry_out(job: &Job, command: dispatch::Decline) -> Result<Next, Error> {
        job.act(command).await
    }
}
