//! A venue for the tests of stories.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::Role;
use crate::testing::{Book, context, person, place, rules};
use uuid::Uuid;
use yishi_kernel::Moment;

/// The venue of tests.
pub const ID: VenueId = VenueId(Uuid::from_u128(70));

/// What is said of it.
pub fn details() -> Details {
    let span = Span {
        days: Weekday::ALL.iter().copied().collect(),
        from: "09:00".parse().unwrap(),
        to: "17:00".parse().unwrap(),
    };
    Details {
        name: "活动室".into(),
        way: None,
        needs: [Need::PingPong, Need::Read].into(),
        hours: Hours::of(vec![span]).unwrap(),
        price: Price::Free,
        phone: Some("8123 4567".parse().unwrap()),
        access: Access::Ramp,
        toilet: Toilet::Accessible,
        guests: Guests::Everyone,
        capacity: Capacity::of(40),
    }
}

/// A book in which it is open, at place 4 of community 2.
pub fn opened() -> Book {
    let (rules, keeper, path) = (rules(), person(3, Role::VenueKeeper, 2), [2, 4].map(place));
    let ctx = context(Moment(5), &keeper, &rules, &path);
    let mut book = Book::default();
    let site = Site { kind: crate::places::PlaceKind::Facility, closed: None };
    book.start(ID, OpenVenue { place: place(4), details: details() }, &site, &ctx).unwrap();
    book
}
