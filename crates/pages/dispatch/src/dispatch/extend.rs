//! Giving an order at work a later day, with a reason (延期).

use super::forms::with_day;
use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, EXTEND, OrderKind};
use yishi_kernel::Right;
use yishi_kernel::access::roles::STREET;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Giving it a later day.
#[derive(Debug)]
pub struct Extend;

impl Act for Extend {
    type On = OrderAtWork;
    type Command = dispatch::Extend;
    const WORD: &'static str = "extend";
    const RIGHT: &'static Right = &EXTEND;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(match job.row.order.kind {
            OrderKind::Letter => html! {},
            OrderKind::Whistle if !STREET.has(job.role) => html! {},
            OrderKind::Whistle | OrderKind::Work => with_day(f, "dispatch-extend"),
        })
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::Extend, Slip> {
        let (reason, finish_by) = (r.text("reason"), r.day("finish", "dispatch-wrong-day"));
        r.done(|| Some(dispatch::Extend { reason, finish_by: finish_by? }))
    }

    async fn carry_out(job: &Job, command: dispatch::Extend) -> Result<Next, Error> {
        job.act(command).await
    }
}
