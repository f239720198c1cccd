//! Confirming what somebody else did, after a look at it.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, CONFIRM};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Confirming what somebody else did, after a look at it.
#[derive(Debug)]
pub struct Confirm;

impl Act for Confirm {
    type On = DangerAtWork;
    type Command = dangers::MakeSafe;
    const WORD: &'static str = "confirm";
    const RIGHT: &'static Right = &CONFIRM;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        // Whoever did it is told that another one has to.
        if job.staff.actor.account.is_some_and(|own| job.state.was_protected_by(own)) {
            return Ok(html! {});
        }
        let inner = html! {
            p { (f.t().say("danger-confirm-lead")) }
            (f.text("note").label("danger-note"))
            (f.submit("danger-confirm-send", "wide"))
        };
        Ok(f.card(&f.t().say("danger-confirm-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::MakeSafe, Slip> {
        let note = r.text("note");
        r.done(|| Some(dangers::MakeSafe { note }))
    }

    async fn carry_out(job: &Job, command: dangers::MakeSafe) -> Result<Next, Error> {
        job.act(command).await
    }
}
