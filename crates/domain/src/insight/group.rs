//! By what figures are parted: the key of each part, as a link says it.

use super::fact::Fact;
use super::period::Month;
use super::words::{By, Tier};
use crate::people::OrganisationKind;
use std::fmt;
use yishi_kernel::{OrganisationId, PlaceId};

/// Which part a matter belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// The month in which it was raised.
    Month(Month),
    /// The place that the public may know.
    Building(PlaceId),
    /// What it is about; nothing where that is not known.
    Category(String),
    /// The body that holds it; none where no body does.
    Body(Option<OrganisationId>),
    /// The kind of body that holds it; none where no body does.
    Kind(Option<OrganisationKind>),
    /// The tier that holds it.
    Tier(Tier),
    /// The community in which it was raised.
    Community(PlaceId),
}

/// How a link says that there is none.
const NONE: &str = "none";

impl Key {
    /// The part that a matter belongs to.
    #[must_use]
    pub fn of(by: By, fact: &Fact) -> Self {
        let place = &fact.place;
        match by {
            By::Month => Key::Month(Month::of(fact.raised.date())),
            By::Building => Key::Building(place.spot),
            By::Category => {
                Key::Category(place.category.as_ref().map(|code| code.0.clone()).unwrap_or_default())
            }
            By::Body => Key::Body(place.body),
            By::Kind => Key::Kind(place.kind),
            By::Tier => Key::Tier(place.tier),
            By::Community => Key::Community(place.ledger),
        }
    }

    /// The part that a link names.
    #[must_use]
    pub fn read(by: By, word: &str) -> Option<Self> {
        Some(match by {
            By::Month => Key::Month(Month::read(word)?),
            By::Building => Key::Building(word.parse().ok()?),
            By::Category if word == NONE => Key::Category(String::new()),
            By::Category => Key::Category(word.to_owned()),
            By::Body if word == NONE => Key::Body(None),
            By::Body => Key::Body(Some(word.parse().ok()?)),
            By::Kind if word == NONE => Key::Kind(None),
            By::Kind => Key::Kind(Some(OrganisationKind::parse(word)?)),
            By::Tier => Key::Tier(Tier::parse(word)?),
            By::Community => Key::Community(word.parse().ok()?),
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Month(month) => month.fmt(f),
            Key::Building(place) | Key::Community(place) => place.fmt(f),
            Key::Category(code) if code.is_empty() => NONE.fmt(f),
            Key::Category(code) => code.fmt(f),
            Key::Body(None) | Key::Kind(None) => NONE.fmt(f),
            Key::Kind(Some(kind)) => kind.word().fmt(f),
            Key::Body(Some(body)) => body.fmt(f),
            Key::Tier(tier) => tier.word().fmt(f),
        }
    }
}
