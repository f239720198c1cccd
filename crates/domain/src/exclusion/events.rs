//! What can happen to an exclusion, as it stands in the ledger for ever. No rules here.

use super::words::ExclusionClass;
use crate::matters::MatterId;
use serde::{Deserialize, Serialize};
use yishi_kernel::{Moment, PlaceId, Published};

/// What can happen to an exclusion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// Whoever handles a matter asks that it be left out of the rates (申请剔除).
    #[serde(rename = "exclusion.asked.1")]
    Asked {
        /// The matter.
        matter: MatterId,
        /// Where it is, a building at the finest.
        place: PlaceId,
        /// The street's desk, which rules.
        street: PlaceId,
        /// Of which class it is said to be.
        class: ExclusionClass,
        /// Why, for everyone to read.
        reason: Published,
        /// By when the street rules.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// It is left out (准予剔除).
    #[serde(rename = "exclusion.granted.1")]
    Granted {
        /// Of which class it is.
        class: ExclusionClass,
        /// Why, for everyone to read.
        reason: Published,
    },
    /// It counts (不予剔除).
    #[serde(rename = "exclusion.refused.1")]
    Refused {
        /// Why, for everyone to read.
        reason: Published,
    },
    /// Whoever raised it has it ruled once more (请求再次裁定).
    #[serde(rename = "exclusion.objected.1")]
    Objected {
        /// By when the street rules.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
}
