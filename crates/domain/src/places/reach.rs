//! How a community or street is reached (联系方式), and of what level its Party body is: what pages
//! and papers say of a place. How they say it is the pages' business.

use super::change::must_be;
use super::{Event, KEEP, PartyBody, Place, PlaceKind};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::phone::OfficePhone;
use yishi_kernel::refusal::optional;
use yishi_kernel::{Published, Right};

/// Longest line of office hours, in characters.
const HOURS: usize = 60;

/// Says under which telephone a place that keeps a ledger is reached, and when somebody is there.
/// What is left out is as above it.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The telephone.
    pub phone: Option<OfficePhone>,
    /// The hours, as people say them.
    pub hours: String,
}

/// Says of what level the Party body of a community or village is.
#[derive(Clone, Copy, Debug)]
pub struct SetParty {
    /// Which.
    pub party: PartyBody,
}

impl Command for Reach {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, (): &(), ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        must_be(on, PlaceKind::keeps_ledger)?;
        let hours = optional(ctx.name("hours", &self.hours, HOURS))?.map(Published::from);
        Ok(Decided::one(Event::Reached { phone: self.phone, hours }))
    }
}

impl Command for SetParty {
    type On = Place;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Place, (): &(), _ctx: &Context) -> Result<Decided<Place>, crate::Refusal> {
        must_be(on, PlaceKind::is_community)?;
        Ok(Decided::one(Event::PartySet { party: self.party }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::places::{PutPlate, Refusal, found};
    use crate::testing::{Book, context, keeper, place, rules};
    use yishi_kernel::Moment;
    use yishi_kernel::refusal::Common;

    #[test]
    fn a_place_is_reached_as_it_says_until_it_takes_that_back() {
        let (rules, actor, path) = (rules(), keeper(1), [place(1)]);
        let ctx = context(Moment(5), &actor, &rules, &path);
        let mut book = Book::default();
        let street = found(PlaceKind::Street, "清河街道").unwrap();
        book.record::<Place>(place(1), crate::Role::Administrator, vec![street], &ctx);
        let reach = |phone: &str, hours: &str| Reach { phone: phone.parse().ok(), hours: hours.to_owned() };
        book.act(place(1), reach("0951-8123456", "周一至周五 8:30–17:30"), &(), &ctx).unwrap();
        let state: Place = book.state(place(1));
        assert_eq!(state.phone.unwrap().as_str(), "0951-8123456");
        assert_eq!(state.hours.unwrap(), "周一至周五 8:30–17:30");
        let private = book.act(place(1), reach("0951-8123456", "找王女士 13800001111"), &(), &ctx);
        assert!(matches!(private.unwrap_err().of::<Common>(), Some(Common::Text { field: "hours", .. })));
        book.act(place(1), reach("", " "), &(), &ctx).unwrap();
        let state: Place = book.state(place(1));
        assert_eq!((state.phone, state.hours), (None, None));
        // A street has a working committee, and no plate.
        let party = SetParty { party: PartyBody::Branch };
        assert_eq!(book.act(place(1), party, &(), &ctx).unwrap_err(), Refusal::PlaceKind);
        let plate = PutPlate { plate: "清河路1号".to_owned() };
        assert_eq!(book.act(place(1), plate, &(), &ctx).unwrap_err(), Refusal::PlaceKind);
    }
}
