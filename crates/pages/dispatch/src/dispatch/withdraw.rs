//! Withdrawing an order.

use super::forms::with_reason;
use super::job::{Job, OrderAtWork};
use maud::Markup;
use yishi_domain::dispatch::{self, WITHDRAW};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Withdrawing an order.
#[derive(Debug)]
pub struct Withdraw;

impl Act for Withdraw {
    type On = OrderAtWork;
    type Command = dispatch::Withdraw;
    const WORD: &'static str = "withdraw";
    const RIGHT: &'static Right = &WITHDRAW;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(with_reason(f, "dispatch-withdraw", "dispatch-withdraw-hint", "danger wide"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::Withdraw, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(dispatch::Withdraw { reason }))
    }

    async fn carry_out(job: &Job, command: dispatch::Withdraw) -> Result<Next, Error> {
        job.act(command).await
    }
}
