//! Letting a recommendation rest to which the owners came to no decision: a form for each that
//! waits for them.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONVENE, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Letting a recommendation rest.
#[derive(Debug)]
pub struct SetAside;

impl Act for SetAside {
    type On = MeetingAtWork;
    type Command = meetings::SetAside;
    const WORD: &'static str = "set-aside";
    const RIGHT: &'static Right = &CONVENE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Published {
            return Ok(html! {});
        }
        let t = f.t();
        Ok(html! {
            @for motion in hall.state.sitting.awaiting_owners() {
                @let f = f.nth(motion.number);
                (f.folded(&t.with("set-aside-title", &[("number", &motion.number)]), &html! {
                    p { (t.say("set-aside-lead")) }
                    (f.text("reason").label("set-aside-reason").hint("public-hint"))
                    (f.submit("set-aside-send", "second wide"))
                }))
            }
        })
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::SetAside, Slip> {
        let motion = r.nth();
        let reason = r.note("reason", hall.limits());
        r.done(|| Some(meetings::SetAside { motion: motion?, reason: reason? }))
    }

    async fn carry_out(hall: &Hall, command: meetings::SetAside) -> Result<Next, Error> {
        hall.act(command).await
    }
}
