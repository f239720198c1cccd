//! Saying that what is said of a venue is still true (核对无误), so that those who set out know
//! how old it is.

use super::{CONFIRM, Event, Refusal, Venue};
use yishi_kernel::{Command, Context, Decided, Right};

/// It is as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirm;

impl Command for Confirm {
    type On = Venue;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONFIRM
    }

    fn decide(self, on: &Venue, (): &(), ctx: &Context) -> Result<Decided<Venue>, yishi_kernel::Refusal> {
        if on.until.is_some_and(|day| day <= ctx.now) {
            return Err(Refusal::PauseOver.into());
        }
        Ok(Decided::one(Event::Confirmed {}))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{context, person, place, rules};
    use crate::venues::sample::{ID, details, opened};
    use crate::venues::{Close, Closure, Correct, Details, VenueStage};
    use yishi_kernel::{Denied, Moment, Role};

    #[test]
    fn a_venue_says_when_somebody_last_looked() {
        let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
        let at = |time| context(Moment(time), &keeper, &rules, &path);
        let mut book = opened();
        assert_eq!(book.state::<Venue>(ID).looked, Moment(5));
        book.act(ID, Confirm, &(), &at(9)).unwrap();
        let venue: Venue = book.state(ID);
        assert_eq!((venue.looked, venue.details), (Moment(9), details()));
        let found = Details { way: Some("一楼东侧".into()), ..details() };
        book.act(ID, Correct { details: found }, &(), &at(12)).unwrap();
        assert_eq!(book.state::<Venue>(ID).looked, Moment(12), "whoever corrects has looked");
        let close = Close { reason: "拆除".to_owned(), closure: Closure::ForGood };
        book.act(ID, close, &(), &at(13)).unwrap();
        assert_eq!(book.act(ID, Confirm, &(), &at(14)).unwrap_err(), Denied::stage(VenueStage::Closed));
    }

    #[test]
    fn a_pause_that_is_over_is_no_longer_true() {
        let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
        let at = |time| context(Moment(time), &keeper, &rules, &path);
        let mut book = opened();
        let close = Close { reason: "换地板".to_owned(), closure: Closure::Until(Moment(20)) };
        book.act(ID, close, &(), &at(9)).unwrap();
        book.act(ID, Confirm, &(), &at(19)).unwrap();
        assert_eq!(book.act(ID, Confirm, &(), &at(20)).unwrap_err(), Refusal::PauseOver);
    }
}
