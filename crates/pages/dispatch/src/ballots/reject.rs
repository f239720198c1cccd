//! Rejecting a result that is not what its paper says.

use super::result::{ResultAtWork, Work};
use maud::{Markup, html};
use yishi_domain::ballots::{self, REJECT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Rejecting a result.
#[derive(Debug)]
pub struct Reject;

impl Act for Reject {
    type On = ResultAtWork;
    type Command = ballots::RejectResult;
    const WORD: &'static str = "reject";
    const RIGHT: &'static Right = &REJECT;

    async fn form(_: &Work, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.say("owners-reject-lead")) }
            (f.text("reason").label("owners-reject-reason").hint("public-hint"))
            (f.submit("owners-reject-send", "second wide"))
        };
        Ok(f.folded(&t.say("owners-reject-title"), &inner))
    }

    async fn read(work: &Work, mut r: Reader<'_>) -> Result<ballots::RejectResult, Slip> {
        let reason = r.line("reason", work.limits());
        r.done(|| Some(ballots::RejectResult { reason: reason? }))
    }

    async fn carry_out(work: &Work, command: ballots::RejectResult) -> Result<Next, Error> {
        work.act(command).await
    }
}
