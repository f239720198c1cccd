//! Where something is raised: what the public may know of the place, and whose desk it comes
//! to. Places themselves are another feature.

use super::ids::MatterId;
use crate::dangers::Alarm;
use crate::meetings::MeetingStage;
use crate::people::OrganisationKind;
use crate::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Moment, PlaceId, Refusal};

/// Where something is raised: what raising must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The id that the matter gets.
    pub own: MatterId,
    /// The ledger that keeps it: the id of the place that keeps the ledger.
    pub ledger: PlaceId,
    /// The place and all above it, the largest first, each with what it is.
    pub places: Vec<(PlaceId, PlaceKind)>,
    /// When the place was closed, if it was.
    pub closed: Option<Moment>,
    /// The organisation it is about.
    pub about: Option<Body>,
    /// Whom a danger there is told; nobody where none is raised.
    pub alarm: Alarm,
    /// The meeting from whose floor it is raised.
    pub floor: Option<Floor>,
}

/// A meeting, as far as somebody there raises something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Floor {
    /// Where it stands.
    pub stage: MeetingStage,
    /// The place that it is about.
    pub place: PlaceId,
}

/// An organisation that something is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Body {
    /// What it is.
    pub kind: OrganisationKind,
    /// The ledger it stands in.
    pub ledger: PlaceId,
}

impl Spot {
    /// The place itself or, below a building, its building.
    pub(crate) fn building(&self) -> Option<PlaceId> {
        self.nearest(|kind| !kind.below_building())
    }

    /// The smallest place around it that says little about who lives there.
    pub(super) fn around(&self) -> Option<PlaceId> {
        self.nearest(|kind| !kind.below_building() && kind != PlaceKind::Building)
    }

    /// The desk that sorts it: the ledger's own or, for what is about the residents' committee
    /// itself, the one above it.
    pub(crate) fn desk(&self) -> PlaceId {
        let committee = self.about.is_some_and(|body| {
            body.kind == OrganisationKind::ResidentsCommittee && body.ledger == self.ledger
        });
        let above = self.places.iter().take_while(|(place, _)| *place != self.ledger).last();
        match above {
            Some((above, _)) if committee => *above,
            _ => self.ledger,
        }
    }

    /// That something can be raised there.
    pub(crate) fn must_take_matters(&self) -> Result<(), Refusal> {
        let kind = self.places.last().map(|(_, kind)| *kind).ok_or(Common::Unknown)?;
        if !kind.takes_matters() {
            return Err(crate::places::Refusal::PlaceKind.into());
        }
        match self.closed {
            Some(_) => Err(Common::Ended.into()),
            None => Ok(()),
        }
    }

    /// Whether it lies at a place or below it.
    pub(super) fn lies_at(&self, place: PlaceId) -> bool {
        self.places.iter().any(|(id, _)| *id == place)
    }

    fn nearest(&self, fits: impl Fn(PlaceKind) -> bool) -> Option<PlaceId> {
        self.places.iter().rev().find(|(_, kind)| fits(*kind)).map(|(place, _)| *place)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::testing::place;
    use uuid::Uuid;

    #[test]
    fn the_public_knows_the_building_at_the_finest() {
        use PlaceKind::{Building, Community, Compound, Household, Stairwell, Street};
        let kinds = [Street, Community, Compound, Building, Stairwell, Household];
        let all: Vec<_> = (1..).map(place).zip(kinds).collect();
        let at = |count: usize| Spot {
            own: MatterId(Uuid::from_u128(9)),
            ledger: place(2),
            places: all[..count].to_vec(),
            closed: None,
            about: None,
            floor: None,
            alarm: Alarm::default(),
        };
        for (count, building, around) in [(6, 4, 3), (5, 4, 3), (4, 4, 3), (3, 3, 3), (2, 2, 2)] {
            let spot = at(count);
            assert_eq!((spot.building(), spot.around()), (Some(place(building)), Some(place(around))));
        }
        // What is about the committee is the street's to sort; of another community's, its own.
        let about = |ledger| Some(Body { kind: OrganisationKind::ResidentsCommittee, ledger: place(ledger) });
        assert_eq!(at(6).desk(), place(2));
        assert_eq!(Spot { about: about(2), ..at(6) }.desk(), place(1));
        assert_eq!(Spot { about: about(7), ..at(6) }.desk(), place(2));
        let company = Some(Body { kind: OrganisationKind::PropertyCompany, ledger: place(2) });
        assert_eq!(Spot { about: company, ..at(6) }.desk(), place(2));
    }
}
