//! Beginning the roll of a council (建立名册): one for a community, and one for each compound
//! that wants its own.

use super::{Council, Event, FOUND, Refusal};
use crate::places::PlaceKind;
use yishi_kernel::named::Named;
use yishi_kernel::{Context, Decided, PlaceId, Right, Start};

/// Begin the roll of a place's council.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Of which place.
    pub place: PlaceId,
}

/// What the place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Its kind.
    pub kind: PlaceKind,
}

/// Whether a place of this kind can have a council.
#[must_use]
pub fn has_council(kind: PlaceKind) -> bool {
    matches!(kind, PlaceKind::Community | PlaceKind::Village | PlaceKind::Compound)
}

impl Start for Found {
    type Of = Council;
    type Facts = Ground;

    fn at(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn right(&self) -> &'static Right {
        &FOUND
    }

    fn names(&self) -> Vec<Named> {
        Named::places("place", [self.place])
    }

    fn start(self, ground: &Ground, _: &Context) -> Result<Decided<Council>, yishi_kernel::Refusal> {
        if !has_council(ground.kind) {
            return Err(Refusal::NoCouncilThere.into());
        }
        Ok(Decided::one(Event::Founded { place: self.place }))
    }
}
