//! Entering the vote of somebody without a phone. Whoever signed in by phone votes alone.

use crate::meetings::hall::at;
use crate::meetings::hall::{Hall, MeetingAtWork};
use crate::meetings::register::Register;
use maud::{Markup, html};
use yishi_domain::meetings::{Cast, Choice, REGISTER, SignedIn, VoteMode, Voter};
use yishi_kernel::Right;
use yishi_kernel::cell::Flag;
use yishi_office::meetings::reads::SeatRow;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Entering the vote of somebody without a phone.
#[derive(Debug)]
pub struct Ballot;

impl Act for Ballot {
    type On = MeetingAtWork;
    type Command = Cast;
    const WORD: &'static str = "ballot";
    const RIGHT: &'static Right = &REGISTER;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let voting = hall.state.sitting.voting().filter(|motion| motion.mode == VoteMode::Phones);
        let Some(motion) = voting else { return Ok(html! {}) };
        // Those who came before the roll was closed, but for whom one entered oneself.
        let (register, own) = (Register::load(hall).await?, hall.staff.actor.account);
        let on = |seat: &SeatRow| seat.admitted == Flag::Yes && seat.struck.is_none();
        let without = |seat: &SeatRow| on(seat) && seat.how == SignedIn::Register;
        let seats = register.choices(hall, |seat| without(seat) && seat.entered != own);
        let mine = register.seats.iter().filter(|seat| without(seat) && seat.entered == own).count();
        let t = f.t();
        if seats.is_empty() {
            let told = t.with("ballot-own", &[("count", &mine)]);
            return Ok(
                html! { @if mine > 0 { section.card { h2 { (t.say("ballot-title")) } p { (told) } } } },
            );
        }
        let votes = t.choices::<Choice>();
        let inner = html! {
            p { (t.say("ballot-lead")) }
            @if mine > 0 { p { (t.with("ballot-own", &[("count", &mine)])) } }
            (f.hidden("motion", &motion.number.to_string()))
            (f.select("seat", &seats))
            (f.radios("choice", &votes))
            (f.submit("ballot-send", "second wide"))
        };
        Ok(f.card(&t.say("ballot-title"), &inner))
    }

    async fn read(hall: &Hall, mut r: Reader<'_>) -> Result<Cast, Slip> {
        let (_, meeting) = at(hall);
        let motion = r.id_or_none("motion");
        let seat = r.id("seat", "form-choose");
        let choice = r.word("choice", Choice::parse, "form-choose");
        r.done(|| {
            let (motion, seat, choice) = (motion?, seat?, choice?);
            Some(Cast { meeting, motion, seat, choice, voter: Voter::Worker })
        })
    }

    async fn carry_out(hall: &Hall, cast: Cast) -> Result<Next, Error> {
        hall.cx.app.office.vote(&hall.staff.actor, hall.ledger.ledger, cast).await?;
        Ok(Next::Back)
    }
}
