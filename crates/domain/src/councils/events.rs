//! What can happen to a council, as it stands in the ledger for ever. No rules here.

use super::words::{LeftFor, MemberKind};
use serde::{Deserialize, Serialize};
use yishi_kernel::record::Speaker;
use yishi_kernel::{Moment, PlaceId, Sealed};

/// What can happen to a council.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// Its roll was begun (建立名册).
    #[serde(rename = "council.founded.1")]
    Founded {
        /// Of which community or compound.
        place: PlaceId,
    },
    /// Somebody became a member (列入名册).
    #[serde(rename = "council.enrolled.1")]
    Enrolled {
        /// Their number on the roll, from 1; nobody else gets it.
        member: u32,
        /// Whom they speak for.
        group: MemberKind,
        /// Their name.
        name: Sealed<String, Speaker>,
        /// The part of it that they speak for, a building at the finest.
        part: Option<PlaceId>,
        /// From when.
        from: Moment,
        /// The end of their term, where it has one.
        until: Option<Moment>,
    },
    /// Somebody is a member no more (退出名册).
    #[serde(rename = "council.left.1")]
    Left {
        /// Which.
        member: u32,
        /// Why.
        why: LeftFor,
    },
}
