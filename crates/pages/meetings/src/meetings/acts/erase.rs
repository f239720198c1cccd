//! Erasing who was present, or who objected and in which words, on their wish (删除权).

use crate::meetings::hall::{Hall, MeetingAtWork, at};
use crate::meetings::register::Register;
use maud::{Markup, html};
use yishi_domain::meetings::{ERASE, SeatId};
use yishi_kernel::{EraseReason, Right};
use yishi_web::Error;
use yishi_web::read::Ticked;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Erasing on the person's wish (删除权).
#[derive(Debug)]
pub struct Erase;

/// Whose words or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Somebody's who was present.
    Seat(SeatId),
    /// Somebody's who objected.
    Objection(u32),
}

impl Whom {
    fn parse(text: &str) -> Option<Self> {
        match text.split_once('-')? {
            ("seat", id) => Some(Whom::Seat(SeatId(id.parse().ok()?))),
            ("objection", number) => Some(Whom::Objection(number.parse().ok()?)),
            _ => None,
        }
    }
}

impl Act for Erase {
    type On = MeetingAtWork;
    type Command = (Whom, EraseReason);
    const WORD: &'static str = "erase";
    const RIGHT: &'static Right = &ERASE;

    async fn form(hall: &Hall, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let register = Register::load(hall).await?;
        let seats = register.choices(hall, |_| true).into_iter();
        let seats = seats.map(|(id, text)| (format!("seat-{id}"), text));
        let objections = hall.state.outcome.objections.iter().map(|objection| objection.number);
        let objections = objections
            .map(|number| (format!("objection-{number}"), t.with("object-number", &[("number", &number)])));
        let whom: Vec<(String, String)> = seats.chain(objections).collect();
        let reasons = t.choices::<EraseReason>();
        let inner = html! {
            p { (t.say("meeting-erase-lead")) }
            (f.select("whom", &whom))
            (f.select("reason", &reasons))
            (f.check("sure"))
            (f.submit("erase-send", "danger"))
        };
        Ok(html! { @if !whom.is_empty() { (f.folded(&t.say("erase-title"), &inner)) } })
    }

    async fn read(_: &Hall, mut r: Reader<'_>) -> Result<(Whom, EraseReason), Slip> {
        let whom = r.word("whom", Whom::parse, "form-choose");
        let reason = r.word("reason", EraseReason::parse, "form-choose");
        if r.ticked("sure") == Ticked::No {
            r.wrong("sure", "erase-wrong-sure");
        }
        r.done(|| Some((whom?, reason?)))
    }

    async fn carry_out(hall: &Hall, (whom, reason): (Whom, EraseReason)) -> Result<Next, Error> {
        let (office, actor) = (&hall.cx.app.office, &hall.staff.actor);
        let (ledger, meeting) = at(hall);
        match whom {
            Whom::Seat(seat) => office.erase_seat(actor, ledger, seat, reason).await?,
            Whom::Objection(number) => office.erase_objection(actor, ledger, meeting, number, reason).await?,
        }
        Ok(Next::Back)
    }
}
