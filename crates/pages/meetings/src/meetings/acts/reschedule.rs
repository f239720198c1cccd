//! Moving a meeting (改期) to another time or another room, with a reason that everyone reads.

use crate::meetings::call::starts;
use crate::meetings::hall::{Hall, MeetingAtWork};
use maud::{Markup, html};
use yishi_domain::meetings::{self, CONVENE, MeetingStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Moving a meeting (改期).
#[derive(Debug)]
pub struct Reschedule;

impl Act for Reschedule {
    type On = MeetingAtWork;
    type Command = meetings::Reschedule;
    const WORD: &'static str = "move";
    const RIGHT: &'static Right = &CONVENE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Called {
            return Ok(html! {});
        }
        let (t, agenda) = (f.t(), &hall.state.agenda);
        let begins = agenda.starts.civil();
        let inner = html! {
            p { (t.say("move-lead")) }
            div.row {
                (f.day("date").label("call-date").start(begins.date().to_string()))
                (f.time("time").label("call-time").start(begins.strftime("%H:%M").to_string()))
            }
            @if f.wrong("far").is_some() || f.value("far", "") == "yes" { (f.check("far").label("call-far")) }
            (f.text("venue").label("call-venue").start(agenda.venue.to_string()))
            (f.text("hurry").label("call-hurry").hint("call-hurry-hint"))
            (f.text("reason").hint("public-hint"))
            (f.submit("move-send", "second wide"))
        };
        Ok(f.folded(&t.say("move-title"), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<meetings::Reschedule, Slip> {
        let limits = hall.limits();
        let starts = starts(&mut r, hall.cx.now);
        let venue = r.line("venue", limits);
        let hurry = r.line_or_none("hurry", limits);
        let reason = r.line("reason", limits);
        r.done(|| {
            Some(meetings::Reschedule { starts: starts?, venue: venue?, hurry: hurry?, reason: reason? })
        })
    }

    async fn carry_out(hall: &Hall, command: meetings::Reschedule) -> Result<Next, Error> {
        hall.act(command).await
    }
}
