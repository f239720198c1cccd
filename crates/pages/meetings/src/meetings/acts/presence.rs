//! Noting that somebody left before the end, or came back.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::register::Register;
use maud::{Markup, html};
use yishi_domain::meetings::{Leave, MeetingStage, REGISTER, Returns, SeatId, Voter};
use yishi_kernel::Right;
use yishi_kernel::cell::Flag;
use yishi_office::meetings::reads::SeatRow;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Noting who left or came back.
#[derive(Debug)]
pub struct Presence;

/// Which way somebody goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Going {
    /// They leave.
    Left,
    /// They are back.
    Back,
}

impl Going {
    /// What a form calls it.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "left" => Some(Going::Left),
            "back" => Some(Going::Back),
            _ => None,
        }
    }
}

impl Act for Presence {
    type On = MeetingAtWork;
    type Command = (SeatId, Going);
    const WORD: &'static str = "presence";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if hall.state.stage != MeetingStage::Open {
            return Ok(html! {});
        }
        let all = Register::load(hall).await?.choices(hall, |seat: &SeatRow| seat.struck.is_none());
        if all.is_empty() {
            return Ok(html! {});
        }
        let t = f.t();
        let ways = [("left", "presence-left"), ("back", "presence-back")];
        let ways = ways.map(|(way, text)| (way.to_owned(), t.say(text)));
        let inner = html! {
            p { (t.say("presence-lead")) }
            (f.select("seat", &all))
            (f.radios("way", &ways).start("left"))
            (f.submit("presence-send", "second wide"))
        };
        Ok(f.folded(&t.say("presence-title"), &inner))
    }

    async fn read(_: &Hall, mut r: Reader<'_>) -> Result<(SeatId, Going), Slip> {
        let seat = r.id("seat", "form-choose");
        let way = r.word("way", Going::parse, "form-choose");
        r.done(|| Some((seat?, way?)))
    }

    async fn carry_out(hall: &Hall, (seat, way): (SeatId, Going)) -> Result<Next, Error> {
        let (office, actor, ledger) = (hall.cx.office(), &hall.staff.actor, hall.ledger.ledger);
        let told = Voter::Worker;
        match way {
            Going::Left => office.act(actor, ledger, seat, Leave { told }).await?,
            Going::Back => office.act(actor, ledger, seat, Returns { told }).await?,
        }
        Ok(Next::Back)
    }
}

/// Whether a sign-in is of somebody who left.
#[must_use]
pub fn gone(seat: &SeatRow) -> bool {
    seat.here == Flag::No && seat.struck.is_none()
}
