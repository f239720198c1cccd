//! What can happen to a result of owners, as it stands in the ledger for ever. No rules here.

use super::decides::Decides;
use super::words::Agreed;
use crate::meetings::MeetingId;
use crate::topics::TopicId;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::Staff;
use yishi_kernel::{Moment, PhotoDigest, PlaceId, Published, Sealed};

/// Some of the owners together (人数和专有部分面积).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// 人数.
    pub heads: u64,
    /// 专有部分面积, in 0.01 m².
    pub area: u64,
}

/// What can happen to a result of owners.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "few events are alive at once")]
pub enum Event {
    /// It was entered from its paper (登记业主共同决定结果).
    #[serde(rename = "owners_result.entered.1")]
    Entered {
        /// The meeting that recommended it.
        meeting: MeetingId,
        /// Which of its motions.
        motion: u32,
        /// The topic of that.
        topic: TopicId,
        /// What it is, whose decision, and by which article.
        decides: Decides,
        /// Where.
        place: PlaceId,
        /// The desk that sees to it.
        desk: PlaceId,
        /// All owners in the scope.
        total: Part,
        /// Those who took part.
        took_part: Part,
        /// Those of them who agreed.
        in_favour: Part,
        /// The day on which they decided, to its end.
        decided: Moment,
        /// What that comes to by law.
        agreed: Agreed,
        /// Photos of the paper; private, since names stand on it.
        paper: Sealed<Vec<PhotoDigest>, Staff>,
        /// Where the paper lies.
        kept: Published,
        /// By when somebody else confirms it.
        due: Moment,
        /// The digest of the rules of its deadline.
        rules: String,
    },
    /// Somebody else compared it with the paper (核对确认).
    #[serde(rename = "owners_result.confirmed.1")]
    Confirmed {},
    /// It is not what the paper says, or the paper is not in order (退回).
    #[serde(rename = "owners_result.rejected.1")]
    Rejected {
        /// Why.
        reason: Published,
    },
}
