//! Keeping a disagreement of somebody present, for the minutes.

use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, MeetingStage, REGISTER};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Keeping a disagreement of somebody present.
#[derive(Debug)]
pub struct Dissent;

impl Act for Dissent {
    type On = MeetingAtWork;
    type Command = meetings::Dissent;
    const WORD: &'static str = "dissent";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage == MeetingStage::Called {
            return Ok(html! {});
        }
        let t = f.t();
        let mut motions = vec![(String::new(), t.say("dissent-all"))];
        for motion in &hall.state.sitting.motions {
            motions.push((motion.number.to_string(), t.with("vote-number", &[("number", &motion.number)])));
        }
        let inner = html! {
            p { (t.say("dissent-lead")) }
            (f.select("motion", &motions))
            (f.area("text").hint("public-hint"))
            (f.submit("dissent-send", "second wide"))
        };
        Ok(f.folded(&t.say("dissent-title"), &inner))
    }

    async fn read(_: &Hall, mut r: Reader<'_>) -> Result<meetings::Dissent, Slip> {
        let (motion, text) = (r.id_or_none("motion"), r.text("text"));
        r.done(|| Some(meetings::Dissent { motion, text }))
    }

    async fn carry_out(hall: &Hall, command: meetings::Dissent) -> Result<Next, Error> {
        hall.act(command).await
    }
}
