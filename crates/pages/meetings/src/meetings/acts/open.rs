//! Beginning a meeting. Whether it is time is the domain's decision.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, HOLD, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Beginning a meeting.
#[derive(Debug)]
pub struct Open;

impl Act for Open {
    type On = MeetingAtWork;
    type Command = meetings::Open;
    const WORD: &'static str = "open";
    const RIGHT: &'static Right = &HOLD;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Called || hall.state.agenda.posted.is_none() {
            return Ok(html! {});
        }
        let t = f.t();
        let inner = html! {
            p { (t.say("open-lead")) }
            (f.submit("open-send", "wide"))
        };
        Ok(f.card(&t.say("open-title"), &inner))
    }

    async fn read(_: &Hall, r: Reader<'_>) -> Result<meetings::Open, Slip> {
        r.done(|| Some(meetings::Open))
    }

    async fn carry_out(hall: &Hall, command: meetings::Open) -> Result<Next, Error> {
        hall.act(command).await
    }
}
