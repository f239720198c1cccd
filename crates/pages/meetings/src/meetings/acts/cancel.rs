//! Calling a meeting off, with a reason that everyone reads.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONVENE, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Calling a meeting off.
#[derive(Debug)]
pub struct Cancel;

impl Act for Cancel {
    type On = MeetingAtWork;
    type Command = meetings::Cancel;
    const WORD: &'static str = "cancel";
    const RIGHT: &'static Right = &CONVENE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Called {
            return Ok(html! {});
        }
        let t = f.t();
        let inner = html! {
            p { (t.say("cancel-lead")) }
            (f.text("reason").hint("public-hint"))
            (f.submit("cancel-send", "danger"))
        };
        Ok(f.folded(&t.say("cancel-title"), &inner))
    }

    async fn read(_: &Hall, r: Reader<'_>) -> Result<meetings::Cancel, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(meetings::Cancel { reason }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Cancel) -> Result<Next, Error> {
        hall.act(command).await
    }
}
