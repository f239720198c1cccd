//! What can happen to a double assessment, as it stands in the ledger for ever. No rules here.

use super::Grade;
use crate::dispatch::{OrderId, Source};
use serde::{Deserialize, Serialize};
use yishi_kernel::{Ended, Moment, OrganisationId, PlaceId, Published};

/// What can happen to a double assessment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// The work of a whistle was accepted: both sides may rate each other (开始互评).
    #[serde(rename = "assessment.opened.1")]
    Opened {
        /// The order.
        order: OrderId,
        /// What that comes from: whom it concerns keeps away here too.
        source: Source,
        /// The place, a building at the finest.
        place: PlaceId,
        /// The desk that asked for the whistle.
        desk: PlaceId,
        /// The street's desk, which blew it.
        street: PlaceId,
        /// The bodies that came.
        came: Vec<OrganisationId>,
        /// Until when.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// The street rated a body (街道评单位).
    #[serde(rename = "assessment.rated_body.1")]
    RatedBody {
        /// Which.
        body: OrganisationId,
        /// How.
        grades: Grades,
        /// A sentence, for everyone to read.
        note: Option<Published>,
    },
    /// A body rated the street (单位评街道).
    #[serde(rename = "assessment.rated_street.1")]
    RatedStreet {
        /// By which.
        body: OrganisationId,
        /// How.
        grades: Grades,
        /// A sentence, for everyone to read.
        note: Option<Published>,
    },
    /// A body takes part no more, and is asked nothing (移交).
    #[serde(rename = "assessment.passed_on.1")]
    PassedOn {
        /// Which.
        body: OrganisationId,
        /// Why.
        why: Ended,
    },
    /// The time is over (到期结束).
    #[serde(rename = "assessment.ended.1")]
    Ended {},
}

/// An answer to each question (三项评价).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grades {
    /// How soon it answered.
    pub response: Grade,
    /// Whether it came.
    pub presence: Grade,
    /// What came of it.
    pub result: Grade,
}
