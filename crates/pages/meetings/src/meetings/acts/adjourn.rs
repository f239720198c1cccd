//! Ending a meeting at which nothing passed. With something passed it ends with a resolution.

use crate::meetings::hall::rests;
use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, HOLD};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Ending a meeting at which nothing passed.
#[derive(Debug)]
pub struct Adjourn;

impl Act for Adjourn {
    type On = MeetingAtWork;
    type Command = meetings::Adjourn;
    const WORD: &'static str = "adjourn";
    const RIGHT: &'static Right = &HOLD;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if !rests(hall) || hall.state.sitting.carried().next().is_some() {
            return Ok(html! {});
        }
        let t = f.t();
        let inner = html! {
            p { (t.say("adjourn-lead")) }
            (f.text("reason").hint("public-hint"))
            (f.submit("adjourn-send", "second wide"))
        };
        Ok(f.folded(&t.say("adjourn-title"), &inner))
    }

    async fn read(_: &Hall, r: Reader<'_>) -> Result<meetings::Adjourn, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(meetings::Adjourn { reason }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Adjourn) -> Result<Next, Error> {
        hall.act(command).await
    }
}
