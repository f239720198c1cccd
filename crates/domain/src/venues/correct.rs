//! Putting right what is said of a venue (更正). The entry carries all of it, so that whoever
//! reads the ledger need not put it together.

use super::{CORRECT, Details, Event, Refusal, Venue};
use yishi_kernel::{Command, Context, Decided, Right};

/// Say this of it from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correct {
    /// All that everyone may know of it.
    pub details: Details,
}

impl Command for Correct {
    type On = Venue;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CORRECT
    }

    fn decide(self, on: &Venue, (): &(), ctx: &Context) -> Result<Decided<Venue>, yishi_kernel::Refusal> {
        let details = self.details.public(ctx)?;
        if details == on.details {
            return Err(Refusal::Unchanged.into());
        }
        Ok(Decided::one(Event::Corrected { details }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{context, person, place, rules};
    use crate::venues::sample::{ID, details, opened};
    use crate::venues::{Per, Price};
    use yishi_kernel::{Moment, Role};

    #[test]
    fn a_correction_changes_something() {
        let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
        let ctx = context(Moment(9), &keeper, &rules, &path);
        let mut book = opened();
        let same = Correct { details: details() };
        assert_eq!(book.act(ID, same, &(), &ctx).unwrap_err(), Refusal::Unchanged);
        let dearer = Details { price: Price::of(500, Per::Hour), ..details() };
        book.act(ID, Correct { details: dearer.clone() }, &(), &ctx).unwrap();
        assert_eq!(book.state::<Venue>(ID).details, dearer);
    }
}
