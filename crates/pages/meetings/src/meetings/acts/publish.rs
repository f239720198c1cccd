//! Publishing the result, for as long as was said when the meeting was called.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONVENE, MeetingStage, Number};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Publishing the result.
#[derive(Debug)]
pub struct Publish;

impl Act for Publish {
    type On = MeetingAtWork;
    type Command = meetings::Publish;
    const WORD: &'static str = "publish";
    const RIGHT: &'static Right = &CONVENE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Confirmed {
            return Ok(html! {});
        }
        let t = f.t();
        let days = hall.state.agenda.publication.count;
        let inner = html! {
            p { (t.with("publish-lead", &[("days", &days)])) " " span.soft { (hall.row.story.ruled.rule_of(Number::Publication, t)) } }
            (f.text("at"))
            (f.submit("publish-send", "wide"))
        };
        Ok(f.card(&t.say("publish-title"), &inner))
    }

    async fn read(_: &Hall, r: Reader<'_>) -> Result<meetings::Publish, Slip> {
        let at = r.text("at");
        r.done(|| Some(meetings::Publish { at }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Publish) -> Result<Next, Error> {
        hall.act(command).await
    }
}
