//! Striking a sign-in that should not count, such as a second one of the same person.

use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::register::Register;
use maud::{Markup, html};
use yishi_domain::meetings::{self, REGISTER, SeatId};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Striking a sign-in.
#[derive(Debug)]
pub struct Strike;

impl Act for Strike {
    type On = MeetingAtWork;
    type Command = (SeatId, meetings::Strike);
    const WORD: &'static str = "strike";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let standing = Register::load(hall).await?.choices(hall, |seat| seat.struck.is_none());
        let inner = html! {
            p { (t.say("strike-lead")) }
            (f.select("seat", &standing))
            (f.text("reason").hint("public-hint"))
            (f.submit("strike-send", "danger"))
        };
        Ok(f.card(&t.say("strike-title"), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<(SeatId, meetings::Strike), Slip> {
        let seat = r.id("seat", "form-choose");
        let reason = r.line("reason", hall.limits());
        r.done(|| Some((seat?, meetings::Strike { reason: reason? })))
    }

    async fn carry_out(hall: &Hall, (seat, strike): (SeatId, meetings::Strike)) -> Result<Next, Error> {
        hall.cx.office().act(&hall.staff.actor, hall.ledger.ledger, seat, strike).await?;
        Ok(Next::Back)
    }
}
