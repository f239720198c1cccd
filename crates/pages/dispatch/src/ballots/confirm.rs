//! Confirming a result after comparing it with its paper.

use super::result::{ResultAtWork, Work};
use maud::{Markup, html};
use yishi_domain::ballots::{self, CONFIRM};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Confirming a result.
#[derive(Debug)]
pub struct Confirm;

impl Act for Confirm {
    type On = ResultAtWork;
    type Command = ballots::ConfirmResult;
    const WORD: &'static str = "confirm";
    const RIGHT: &'static Right = &CONFIRM;

    async fn form(_: &Work, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.say("owners-confirm-lead")) }
            (f.submit("owners-confirm-send", "wide"))
        };
        Ok(f.card(&t.say("owners-confirm-title"), &inner))
    }

    async fn read(_: &Work, r: Reader<'_>) -> Result<ballots::ConfirmResult, Slip> {
        r.done(|| Some(ballots::ConfirmResult))
    }

    async fn carry_out(work: &Work, command: ballots::ConfirmResult) -> Result<Next, Error> {
        work.act(command).await
    }
}
