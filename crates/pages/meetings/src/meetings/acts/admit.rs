//! Confirming lines of the register as the second person: only then do they have a vote.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::register::Register;
use maud::{Markup, html};
use yishi_domain::meetings::{self, Admitting, MeetingStage, REGISTER, SeatId};
use yishi_kernel::Right;
use yishi_office::meetings::reads::SeatRow;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Confirming lines of the register.
#[derive(Debug)]
pub struct Admit;

impl Act for Admit {
    type On = MeetingAtWork;
    type Command = Vec<SeatId>;
    const WORD: &'static str = "admit";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        if !matches!(hall.state.stage, MeetingStage::Called | MeetingStage::Open) {
            return Ok(html! {});
        }
        let (t, register) = (f.t(), Register::load(hall).await?);
        let own = hall.staff.actor.account;
        let waits = |seat: &SeatRow| waits(hall, seat);
        let others = register.choices(hall, |seat| waits(seat) && seat.entered != own);
        let mine = register.seats.iter().filter(|seat| waits(seat) && seat.entered == own).count();
        if others.is_empty() && mine == 0 {
            return Ok(html! {});
        }
        let inner = html! {
            @if !others.is_empty() {
                p { (t.say("admit-lead")) }
                (f.checks("seat", &others, &[]))
                (f.submit("admit-send", "wide"))
            }
            @if mine > 0 { p { (t.with("admit-own", &[("count", &mine)])) } }
        };
        let title = t.say("admit-title");
        Ok(if others.is_empty() {
            html! { section.card id="admit" { h2 { (title) } (inner) } }
        } else {
            f.card(&title, &inner)
        })
    }

    async fn read(_: &Hall, mut r: Reader<'_>) -> Result<Vec<SeatId>, Slip> {
        let seats = r.ids("seat");
        if seats.is_empty() {
            r.wrong("seat", "admit-choose");
        }
        r.done(|| Some(seats))
    }

    async fn carry_out(hall: &Hall, seats: Vec<SeatId>) -> Result<Next, Error> {
        let office = hall.cx.office();
        for seat in seats {
            let admit = meetings::Admit { by: Admitting::Second };
            office.act(&hall.staff.actor, hall.ledger.ledger, seat, admit).await?;
        }
        Ok(Next::Back)
    }
}

/// Whether a line of the register waits for a second person: where the council votes, only one of
/// its members does.
#[must_use]
pub fn waits(hall: &Hall, seat: &SeatRow) -> bool {
    seat.unconfirmed() && (hall.state.agenda.council.is_none() || seat.member.is_some())
}
