//! What can happen to a gathering, as it stands in the ledger for ever. No rules here. Of private
//! talk there is a number and nothing else: no event has a field for its words.

use super::words::{Form, Mostly};
use crate::matters::{MatterId, ReceiptId};
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{Place, Staff};
use yishi_kernel::{AccountId, Ended, Moment, PlaceId, Published, Sealed};

/// What can happen to a gathering.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// It was entered: before it is held, or right after (登记).
    #[serde(rename = "gathering.opened.1")]
    Opened {
        /// In which form.
        form: Form,
        /// The place, building at the finest.
        place: PlaceId,
        /// The place itself: whoever looks after it holds it.
        at: Sealed<PlaceId, Place>,
        /// Where exactly, in a few words.
        spot: Option<Published>,
        /// When it begins, or began.
        starts: Moment,
        /// About how many come, where that is known.
        people: Option<u64>,
        /// Who for the most part.
        mostly: Option<Mostly>,
        /// The desk that sees to what its host leaves.
        desk: PlaceId,
        /// By when its record is written.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// Its record was written (记录).
    #[serde(rename = "gathering.recorded.1")]
    Recorded {
        /// How many came.
        people: u64,
        /// Who for the most part.
        mostly: Option<Mostly>,
        /// Lines that became matters, in their order.
        raised: Vec<Raised>,
        /// Lines that were matters already, in their order.
        known: Vec<Known>,
        /// Words of thanks, in their order.
        thanks: Vec<Thanks>,
        /// How many lines were private talk.
        private: u64,
    },
    /// It is not held (不开了).
    #[serde(rename = "gathering.called_off.1")]
    CalledOff {
        /// Why.
        reason: Published,
    },
    /// Its host is no longer there: somebody else writes its record (移交).
    #[serde(rename = "gathering.passed_on.1")]
    PassedOn {
        /// Who does; the desk where it is nobody.
        person: Option<Sealed<AccountId, Staff>>,
        /// Why.
        why: Ended,
    },
}

/// A line that became a matter (事项).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    /// The matter.
    pub matter: MatterId,
    /// The receipt of whoever said it.
    pub receipt: ReceiptId,
}

/// A line that was a matter already (已有事项).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// The matter that it repeats.
    pub matter: MatterId,
    /// The receipt of whoever said it again; none where nobody can join that matter any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptId>,
}

/// A word of thanks (感谢).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thanks {
    /// For everyone to read.
    pub text: Published,
}
