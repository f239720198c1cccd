//! What can happen to what a street adopted for joint working, as it stands in the ledger for ever. No
//! rules here.

use super::Evidence;
use serde::{Deserialize, Serialize};
use yishi_kernel::{Moment, PlaceId, Published};

/// What can happen to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// The street adopted it whole (通过). A later one takes its place; this one stays to be read.
    #[serde(rename = "joint_work.adopted.1")]
    Adopted {
        /// The street.
        place: PlaceId,
        /// When it was adopted.
        adopted: Moment,
        /// Which parties act together, and who that is here.
        parties: Vec<Party>,
        /// What they practise.
        practices: Vec<Practice>,
    },
}

/// One of the parties that act together (联动方).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// What it is called.
    pub name: Published,
    /// Who that is here.
    pub who: Published,
}

/// One thing that they practise, so that everyone can see whether it is kept (实行).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// What.
    pub what: Published,
    /// The list that shows whether it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}
