//! Opening a closed venue again (恢复开放).

use super::{Event, REOPEN, Venue};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Open it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reopen;

impl Command for Reopen {
    type On = Venue;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REOPEN
    }

    fn decide(self, on: &Venue, (): &(), _ctx: &Context) -> Result<Decided<Venue>, Refusal> {
        if on.ended.is_some() {
            return Err(Common::Ended.into());
        }
        Ok(Decided::one(Event::Reopened {}))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{context, person, place, rules};
    use crate::venues::sample::{ID, details, opened};
    use crate::venues::{Close, Closure, Correct, VenueStage};
    use yishi_kernel::{Denied, Moment, Role};

    #[test]
    fn a_venue_is_closed_with_a_reason_and_opened_again() {
        let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
        let ctx = context(Moment(9), &keeper, &rules, &path);
        let close = |closure| Close { reason: "换地板".to_owned(), closure };
        let mut book = opened();
        assert_eq!(book.act(ID, Reopen, &(), &ctx).unwrap_err(), Denied::stage(VenueStage::Open));
        let past = book.act(ID, close(Closure::Until(Moment(9))), &(), &ctx).unwrap_err();
        assert_eq!(past.field(), Some("until"));
        let silent = Close { reason: String::new(), closure: Closure::ForGood };
        assert_eq!(book.act(ID, silent, &(), &ctx).unwrap_err().field(), Some("reason"));

        book.act(ID, close(Closure::Until(Moment(20))), &(), &ctx).unwrap();
        let venue: Venue = book.state(ID);
        assert_eq!((venue.stage, venue.until), (VenueStage::Paused, Some(Moment(20))));
        book.act(ID, close(Closure::ForGood), &(), &ctx).unwrap();
        let venue: Venue = book.state(ID);
        assert_eq!((venue.stage, venue.until), (VenueStage::Closed, None));
        let correct = Correct { details: details() };
        assert_eq!(book.act(ID, correct, &(), &ctx).unwrap_err(), Denied::stage(VenueStage::Closed));

        book.act(ID, Reopen, &(), &ctx).unwrap();
        let venue: Venue = book.state(ID);
        assert_eq!((venue.stage, venue.reason), (VenueStage::Open, None));
    }
}
