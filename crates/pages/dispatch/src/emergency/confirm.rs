//! Confirming an emergency: whoever does sees what is freed, and that nothing else is.

use super::basis::{BasisAtWork, Job};
use maud::{Markup, html};
use yishi_domain::emergency::{self, CONFIRM, Hand};
use yishi_kernel::{Right, may};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Confirming it.
#[derive(Debug)]
pub struct Confirm;

/// Whether this person confirms it: in another role, and another than wrote it.
pub(super) fn may_confirm(job: &Job) -> bool {
    let role = may(&job.staff.actor, &CONFIRM, job.resource(), job.cx.now);
    let by = job.staff.actor.account.map(Into::into);
    role.is_ok_and(|role| job.state.is_confirmed_by(&Hand { role, by, at: job.cx.now }))
}

impl Act for Confirm {
    type On = BasisAtWork;
    type Command = emergency::ConfirmBasis;
    const WORD: &'static str = "confirm";
    const RIGHT: &'static Right = &CONFIRM;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if !may_confirm(job) {
            return Ok(html! {});
        }
        let t = f.t();
        let inner = html! {
            p { (t.say("basis-confirm-lead")) }
            p { strong { (job.state.line) } }
            p { (t.say("basis-confirm-check")) }
            (f.submit("basis-confirm-send", "wide"))
        };
        Ok(f.card(&t.say("basis-confirm-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<emergency::ConfirmBasis, Slip> {
        r.done(|| Some(emergency::ConfirmBasis))
    }

    async fn carry_out(job: &Job, command: emergency::ConfirmBasis) -> Result<Next, Error> {
        job.act(command).await
    }
}
