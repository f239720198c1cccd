//! What can happen to a topic, as it stands in the ledger for ever. No rules here.

use super::words::ReturnedFor;
use crate::matters::{CategoryCode, MatterId};
use crate::meetings::MeetingId;
use serde::{Deserialize, Serialize};
use yishi_kernel::{Moment, PlaceId, Published};

/// What can happen to a topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// Matters were gathered into it (列为议题).
    #[serde(rename = "topic.opened.1")]
    Opened {
        /// What it is called.
        title: Published,
        /// What is to be settled, where that was said.
        question: Option<Published>,
        /// What it is about.
        category: CategoryCode,
        /// The place it concerns, a building at the finest.
        place: PlaceId,
        /// The desk that sees it through.
        desk: PlaceId,
        /// Its matters.
        matters: Vec<MatterId>,
        /// By when a meeting is to be called.
        due: Moment,
        /// The digest of the rules of the deadline.
        rules: String,
    },
    /// Further matters joined it.
    #[serde(rename = "topic.gathered.1")]
    Gathered {
        /// Which.
        matters: Vec<MatterId>,
    },
    /// It is on the agenda of a meeting (列入议程).
    #[serde(rename = "topic.scheduled.1")]
    Scheduled {
        /// Which meeting.
        meeting: MeetingId,
        /// The end of the day of the meeting.
        due: Moment,
    },
    /// A meeting decided on it (已决).
    #[serde(rename = "topic.decided.1")]
    Decided {
        /// Which meeting.
        meeting: MeetingId,
        /// By when all that was decided is to be done.
        due: Moment,
    },
    /// A meeting only recommended it: the owners decide (形成建议).
    #[serde(rename = "topic.recommended.1")]
    Recommended {
        /// Which meeting.
        meeting: MeetingId,
        /// By when all that was recommended is to be done.
        due: Moment,
    },
    /// It came back: no decision, or an objection was upheld (退回再议).
    #[serde(rename = "topic.returned.1")]
    Returned {
        /// From which meeting.
        meeting: MeetingId,
        /// For what.
        why: ReturnedFor,
        /// What was said about it, for everyone to read.
        reason: Option<Published>,
        /// By when it is to be called again.
        due: Moment,
        /// The digest of the rules of the deadline.
        rules: String,
    },
    /// All was done and everyone answered (办结).
    #[serde(rename = "topic.concluded.1")]
    Concluded {},
    /// It is not to be deliberated (不再协商).
    #[serde(rename = "topic.dropped.1")]
    Dropped {
        /// Why, told to everyone whose matter is in it.
        reason: Published,
    },
}
