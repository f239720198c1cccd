//! What can happen to a venue, as it stands in the ledger for ever. No rules here.

use super::Details;
use serde::{Deserialize, Serialize};
use yishi_kernel::{Moment, PlaceId, Published};

/// What can happen to a venue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// It was put into the directory (列入场地一览).
    #[serde(rename = "venue.opened.1")]
    Opened {
        /// Where it lies.
        place: PlaceId,
        /// What everyone may know of it.
        details: Details,
    },
    /// What is said of it was put right (更正).
    #[serde(rename = "venue.changed.1")]
    Corrected {
        /// All that is said of it from now on.
        details: Details,
    },
    /// It was closed, for a while or for good (暂停开放、停止使用).
    #[serde(rename = "venue.closed.1")]
    Closed {
        /// Why, for everyone to read.
        reason: Published,
        /// The end of the last day on which it is closed; none where it is for good.
        until: Option<Moment>,
    },
    /// The place where it lies is no more.
    #[serde(rename = "venue.ended.1")]
    Ended {},
    /// Somebody looked: what is said of it is still true (核对无误).
    #[serde(rename = "venue.confirmed.1")]
    Confirmed {},
    /// It is open again (恢复开放).
    #[serde(rename = "venue.reopened.1")]
    Reopened {},
}
