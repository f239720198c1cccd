//! Following a letter up.

use super::forms::with_note;
use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, FOLLOW_UP, OrderKind};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Following a letter up.
#[derive(Debug)]
pub struct FollowUp;

impl Act for FollowUp {
    type On = OrderAtWork;
    type Command = dispatch::FollowUp;
    const WORD: &'static str = "follow-up";
    const RIGHT: &'static Right = &FOLLOW_UP;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.row.order.kind != OrderKind::Letter {
            return Ok(html! {});
        }
        Ok(with_note(f, "dispatch-follow-up", "dispatch-follow-up-hint"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::FollowUp, Slip> {
        let note = r.text("note");
        r.done(|| Some(dispatch::FollowUp { note }))
    }

    async fn carry_out(job: &Job, command: dispatch::FollowUp) -> Result<Next, Error> {
        job.act(command).await
    }
}
