//! What can happen to a promise, as it stands in the ledger for ever. No rules here.

use crate::meetings::MeetingId;
use crate::topics::TopicId;
use serde::{Deserialize, Serialize};
use yishi_kernel::{Ended, Moment, OrganisationId, PlaceId, Published, Urging};

/// What can happen to a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// A body promised something at a meeting (表态).
    #[serde(rename = "promise.made.1")]
    Made {
        /// At which.
        meeting: MeetingId,
        /// What that was about: whom it concerns has no say in whether this is kept.
        topics: Vec<TopicId>,
        /// The place that the meeting was about.
        place: PlaceId,
        /// The desk that sees to it.
        desk: PlaceId,
        /// Who promised.
        body: OrganisationId,
        /// What, in one line.
        what: Published,
        /// By when.
        due: Moment,
    },
    /// It gets a later day, for a reason (延期).
    #[serde(rename = "promise.renewed.1")]
    Renewed {
        /// Why.
        reason: Published,
        /// By when now.
        due: Moment,
    },
    /// Whoever owes it says that it is kept (报兑现).
    #[serde(rename = "promise.done.1")]
    Done {
        /// How.
        note: Published,
        /// By when somebody else looks.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// Whoever its next step waits for was urged (催办、督办).
    #[serde(rename = "promise.urged.1")]
    Urged {
        /// How.
        how: Urging,
    },
    /// Somebody else has seen that it is kept (核实兑现).
    #[serde(rename = "promise.kept.1")]
    Kept {},
    /// It was not kept (未兑现).
    #[serde(rename = "promise.broken.1")]
    Broken {
        /// Why.
        reason: Published,
    },
    /// The body takes part no more, and the desk owes what it promised (移交).
    #[serde(rename = "promise.passed_on.1")]
    PassedOn {
        /// Why.
        why: Ended,
    },
}
