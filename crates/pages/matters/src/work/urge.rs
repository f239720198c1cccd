//! Urging whoever holds a matter (催办、督办), by one tap.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, URGE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Urging (催办、督办).
#[derive(Debug)]
pub struct Urge;

impl Act for Urge {
    type On = MatterAtWork;
    type Command = matters::Urge;
    const WORD: &'static str = "urge";
    const RIGHT: &'static Right = &URGE;
    const DONE: Option<&'static str> = Some("urge");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        // Before it is late there is nothing to urge, and nobody urges themselves.
        let late = job.row.next.is_some_and(|(_, due)| due <= job.cx.now);
        if !late || job.state.is_held_by(&job.staff.actor, job.cx.now) {
            return Ok(html! {});
        }
        let inner = html! { p { (f.t().say("urge-lead")) } (f.submit("urge-send", "second wide")) };
        Ok(f.card(&f.t().say("urge-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<matters::Urge, Slip> {
        r.done(|| Some(matters::Urge))
    }

    async fn carry_out(job: &Job, command: matters::Urge) -> Result<Next, Error> {
        job.act(command).await
    }
}
