//! Concluding a meeting, once the notice is over and all that was decided is on its way.

use crate::meetings::hall::published_until;
use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONVENE, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Concluding a meeting.
#[derive(Debug)]
pub struct Conclude;

impl Act for Conclude {
    type On = MeetingAtWork;
    type Command = meetings::Conclude;
    const WORD: &'static str = "conclude";
    const RIGHT: &'static Right = &CONVENE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let published = hall.state.stage == MeetingStage::Published;
        if !published
            || published_until(hall).is_some()
            || hall.state.outcome.waiting().next().is_some()
            || hall.state.sitting.awaiting_owners().next().is_some()
        {
            return Ok(html! {});
        }
        let t = f.t();
        let inner = html! {
            p { (t.say("conclude-lead")) }
            (f.submit("conclude-send", "wide"))
        };
        Ok(f.card(&t.say("conclude-title"), &inner))
    }

    async fn read(_: &Hall, r: Reader<'_>) -> Result<meetings::Conclude, Slip> {
        r.done(|| Some(meetings::Conclude))
    }

    async fn carry_out(hall: &Hall, command: meetings::Conclude) -> Result<Next, Error> {
        hall.act(command).await
    }
}
