//! Resuming an order that an objection had suspended.

use super::forms::with_day;
use super::job::{Job, OrderAtWork};
use maud::Markup;
use yishi_domain::dispatch::{self, SETTLE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Resuming an order that an objection had suspended.
#[derive(Debug)]
pub struct Resume;

impl Act for Resume {
    type On = OrderAtWork;
    type Command = dispatch::Resume;
    const WORD: &'static str = "resume";
    const RIGHT: &'static Right = &SETTLE;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(with_day(f, "dispatch-resume"))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::Resume, Slip> {
        let (reason, finish_by) = (r.text("reason"), r.day("finish", "dispatch-wrong-day"));
        r.done(|| Some(dispatch::Resume { reason, finish_by: finish_by? }))
    }

    async fn carry_out(job: &Job, command: dispatch::Resume) -> Result<Next, Error> {
        job.act(command).await
    }
}
