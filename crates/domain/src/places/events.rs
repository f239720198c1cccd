//! What can happen to places and posters.

use super::{PartyBody, PlaceKind, SecondStep};
use serde::{Deserialize, Serialize};
use yishi_kernel::phone::OfficePhone;
use yishi_kernel::record::{self, Sealed};
use yishi_kernel::{Moment, PlaceId, Published};

/// What can happen to a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// It is there.
    #[serde(rename = "place.opened.1")]
    Opened {
        /// What it is.
        place_kind: PlaceKind,
        /// All places above it, from the largest down to its parent.
        within: Vec<PlaceId>,
        /// What it is called; a household's name is its door number.
        name: Option<Published>,
        /// The name of a household.
        door: Option<Sealed<String, record::Place>>,
    },
    /// It is called otherwise.
    #[serde(rename = "place.renamed.1")]
    Renamed {
        /// What it is called.
        name: Option<Published>,
        /// The name of a household.
        door: Option<Sealed<String, record::Place>>,
    },
    /// It has an official code from a date on.
    #[serde(rename = "place.coded.1")]
    Coded {
        /// From when it holds.
        from: Moment,
        /// The code: 12 digits of the statistical division, or a building's number.
        code: String,
    },
    /// The grid consists of these buildings.
    #[serde(rename = "place.grid_drawn.1")]
    GridDrawn {
        /// The buildings.
        buildings: Vec<PlaceId>,
    },
    /// Signing in is ruled otherwise for those whose accounts are kept here or below.
    #[serde(rename = "place.sign_in_ruled.1")]
    SignInRuled {
        /// Whether it takes a second step.
        second_step: SecondStep,
    },
    /// Its papers are numbered by another short name from now on.
    #[serde(rename = "place.abbreviated.1")]
    Abbreviated {
        /// The short name.
        short: Published,
    },
    /// It has this plate (门牌) or, without one, none any more.
    #[serde(rename = "place.plated.1")]
    Plated {
        /// What stands on it.
        plate: Option<Published>,
    },
    /// It is reached otherwise; without anything as what lies above it.
    #[serde(rename = "place.reached.1")]
    Reached {
        /// Under which telephone.
        phone: Option<OfficePhone>,
        /// When somebody is there.
        hours: Option<Published>,
    },
    /// Its Party body is of this level.
    #[serde(rename = "place.party_set.1")]
    PartySet {
        /// Which.
        party: PartyBody,
    },
    /// It is no more.
    #[serde(rename = "place.closed.1")]
    Closed {
        /// The place around it that was closed, where it was closed along with that.
        with: Option<PlaceId>,
    },
}

/// What can happen to a poster.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum PosterEvent {
    /// It was issued: its code leads to the place until it is revoked.
    #[serde(rename = "poster.issued.1")]
    Issued {
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId, record::Place>,
        /// The random word of `/q/<word>`.
        word: Sealed<String, record::Place>,
    },
    /// Its code leads nowhere any more.
    #[serde(rename = "poster.revoked.1")]
    Revoked {},
}
