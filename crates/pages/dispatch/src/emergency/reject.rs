//! Rejecting an emergency that is none, or whose line is not the least.

use super::basis::{BasisAtWork, Job};
use maud::{Markup, html};
use yishi_domain::emergency::{self, REJECT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Rejecting it.
#[derive(Debug)]
pub struct Reject;

impl Act for Reject {
    type On = BasisAtWork;
    type Command = emergency::RejectBasis;
    const WORD: &'static str = "reject";
    const RIGHT: &'static Right = &REJECT;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.say("basis-reject-lead")) }
            (f.text("reason").label("basis-reject-reason").hint("public-hint"))
            (f.submit("basis-reject-title", "second wide"))
        };
        Ok(f.folded(&t.say("basis-reject-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<emergency::RejectBasis, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(emergency::RejectBasis { reason }))
    }

    async fn carry_out(job: &Job, command: emergency::RejectBasis) -> Result<Next, Error> {
        job.act(command).await
    }
}
