//! Erasing who was present, or who objected and in which words, on their wish (删除权).

use crate::meetings::hall::{Hall, MeetingAtWork, at};
use crate::meetings::register::Register;
use yishi_domain::meetings::{ERASE, SeatId};
use yishi_kernel::{EraseReason, Right};
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

/// Whose words or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whom {
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

impl Erased for MeetingAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "meeting-erase-lead";

    async fn whose(hall: &Hall) -> Result<Whose, Error> {
        let t = hall.cx.locale;
        let register = Register::load(hall).await?;
        let seats = register.choices(hall, |_| true).into_iter();
        let seats = seats.map(|(id, text)| (format!("seat-{id}"), text));
        let objections = hall.state.outcome.objections.iter().map(|objection| objection.number);
        let objections = objections
            .map(|number| (format!("objection-{number}"), t.with("object-number", &[("number", &number)])));
        Ok(Whose::OneOf(seats.chain(objections).collect()))
    }

    async fn erase(hall: &Hall, whom: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, actor) = (&hall.cx.app.office, &hall.staff.actor);
        let (ledger, meeting) = at(hall);
        match Whom::parse(whom).ok_or(Error::NotFound)? {
            Whom::Seat(seat) => office.erase_seat(actor, ledger, seat, reason).await?,
            Whom::Objection(number) => office.erase_objection(actor, ledger, meeting, number, reason).await?,
        }
        Ok(())
    }
}
