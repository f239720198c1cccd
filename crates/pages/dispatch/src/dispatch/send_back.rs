//! Sending an order back that is not done as agreed.

use super::forms::with_day;
use super::job::{Job, OrderAtWork};
use maud::Markup;
use yishi_domain::dispatch::{self, ACCEPT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Sending an order back that is not done as agreed.
#[derive(Debug)]
pub struct SendBack;

impl Act for SendBack {
    type On = OrderAtWork;
    type Command = dispatch::Return;
    const WORD: &'static str = "return";
    const RIGHT: &'static Right = &ACCEPT;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(with_day(f, "dispatch-return"))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::Return, Slip> {
        let (reason, finish_by) = (r.text("reason"), r.day("finish", "dispatch-wrong-day"));
        r.done(|| Some(dispatch::Return { reason, finish_by: finish_by? }))
    }

    async fn carry_out(job: &Job, command: dispatch::Return) -> Result<Next, Error> {
        job.act(command).await
    }
}
