//! Putting a venue into the directory (列入场地一览).

use super::{Details, Event, OPEN, Refusal, Venue};
use crate::places::PlaceKind;
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Decided, Moment, PlaceId, Right, Start};

/// Put a venue into the directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenVenue {
    /// Where it lies.
    pub place: PlaceId,
    /// What everyone may know of it.
    pub details: Details,
}

/// The place where a venue is to lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What it is.
    pub kind: PlaceKind,
    /// When it was closed.
    pub closed: Option<Moment>,
}

/// Whether a venue can lie at such a place: where everyone may go, never behind somebody's door.
#[must_use]
pub fn holds_venues(kind: PlaceKind) -> bool {
    kind.takes_matters() && !kind.below_building()
}

impl Start for OpenVenue {
    type Of = Venue;
    type Facts = Site;

    fn at(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn right(&self) -> &'static Right {
        &OPEN
    }

    fn names(&self) -> Vec<Named> {
        Named::places("place", [self.place])
    }

    fn start(self, site: &Site, ctx: &Context) -> Result<Decided<Venue>, yishi_kernel::Refusal> {
        if site.closed.is_some() {
            return Err(Common::Ended.into());
        }
        if !holds_venues(site.kind) {
            return Err(Refusal::Place.into());
        }
        Ok(Decided::one(Event::Opened { place: self.place, details: self.details.public(ctx)? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::{Book, context, person, place, rules};
    use crate::venues::sample::{ID, details};
    use crate::venues::{Guests, Need, VenueStage};
    use yishi_kernel::refusal::Refuse as _;
    use yishi_kernel::{Denied, Role, Stream as _};

    fn site(kind: PlaceKind) -> Site {
        Site { kind, closed: None }
    }

    #[test]
    fn a_venue_lies_where_everyone_may_go() {
        let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
        let ctx = context(Moment(5), &keeper, &rules, &path);
        let open = OpenVenue { place: place(4), details: details() };
        let mut book = Book::default();
        for kind in [PlaceKind::Household, PlaceKind::Stairwell, PlaceKind::Grid, PlaceKind::Street] {
            assert_eq!(book.start(ID, open.clone(), &site(kind), &ctx).unwrap_err(), Refusal::Place);
        }
        let shut = Site { closed: Some(Moment(1)), ..site(PlaceKind::Facility) };
        assert_eq!(book.start(ID, open.clone(), &shut, &ctx).unwrap_err(), Common::Ended);
        book.start(ID, open, &site(PlaceKind::Facility), &ctx).unwrap();
        let venue: Venue = book.state(ID);
        assert_eq!((venue.stage, venue.place(), venue.opened), (VenueStage::Open, Some(place(4)), Moment(5)));
    }

    #[test]
    fn what_is_said_of_it_is_public_and_says_what_for() {
        let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
        let ctx = context(Moment(5), &keeper, &rules, &path);
        let refused = |details: Details| {
            let open = OpenVenue { place: place(4), details };
            Book::default().start(ID, open, &site(PlaceKind::Facility), &ctx).unwrap_err()
        };
        assert_eq!(refused(Details { needs: [].into(), ..details() }), Refusal::NoNeed);
        assert_eq!(refused(Details { name: " ".into(), ..details() }).field(), Some("name"));
        let private = Some("找老王 13800001111".into());
        assert_eq!(refused(Details { way: private, ..details() }).field(), Some("way"));
        let nobody = Guests::Members("".into());
        assert_eq!(refused(Details { guests: nobody, ..details() }).field(), Some("members"));
        assert_eq!(Refusal::NoNeed.field(), Some("needs"));
        assert!(details().needs.contains(&Need::PingPong));
    }

    #[test]
    fn keepers_and_secretaries_of_the_place_open_it_and_nobody_else() {
        let (rules, path) = (rules(), [1, 2, 4].map(place));
        let open = OpenVenue { place: place(4), details: details() };
        let tried = |actor: &yishi_kernel::Actor| {
            let ctx = context(Moment(5), actor, &rules, &path);
            Book::default().start(ID, open.clone(), &site(PlaceKind::Facility), &ctx)
        };
        tried(&person(3, Role::VenueKeeper, 2)).unwrap();
        tried(&person(3, Role::CommunitySecretary, 2)).unwrap();
        assert_eq!(tried(&person(3, Role::VenueKeeper, 9)).unwrap_err(), Denied::Elsewhere);
        for other in [Role::Steward, Role::Administrator] {
            let refused = tried(&person(3, other, 2)).unwrap_err();
            assert!(matches!(refused.denied(), Some(Denied::Role { .. })), "{other:?}");
        }
    }
}
