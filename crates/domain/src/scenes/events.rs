//! What can happen to the record of a scene, as it stands in the ledger for ever. No rules here.

use super::SignedHow;
use crate::dispatch::{OrderId, Source};
use serde::{Deserialize, Serialize};
use yishi_kernel::record::Speaker;
use yishi_kernel::{Ended, Holder, Moment, OrganisationId, PlaceId, Published, Sealed};

/// What can happen to the record of a scene.
#[expect(clippy::large_enum_variant, reason = "few events are alive at once")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// What was found and agreed at the scene was written down (登记现场会商记录).
    #[serde(rename = "scene.opened.1")]
    Opened {
        /// The whistled order.
        order: OrderId,
        /// What that comes from: whom it concerns keeps away here too.
        source: Source,
        /// The place, a building at the finest.
        place: PlaceId,
        /// The desk that accepts the order.
        desk: PlaceId,
        /// Who keeps the record and sees that all sign: a desk, or the body that leads.
        keeper: Holder,
        /// When they met.
        met: Moment,
        /// The bodies that came.
        came: Vec<OrganisationId>,
        /// Who came in person, as far as names were taken down: for the internal copy alone.
        people: Option<Sealed<String, Speaker>>,
        /// What was found.
        findings: Published,
        /// Who does what by when.
        lines: Vec<Agreed>,
        /// By when all have signed.
        due: Moment,
        /// The rules of that deadline.
        rules: String,
    },
    /// A body signed it (签字).
    #[serde(rename = "scene.signed.1")]
    Signed {
        /// Which.
        body: OrganisationId,
        /// How.
        how: SignedHow,
    },
    /// A body does not sign (不签字).
    #[serde(rename = "scene.refused.1")]
    Refused {
        /// Which.
        body: OrganisationId,
        /// Why.
        reason: Published,
    },
    /// What a body took on is done (报办完).
    #[serde(rename = "scene.line_done.1")]
    LineDone {
        /// Which line, from 0.
        line: u32,
        /// What was done.
        note: Published,
    },
    /// A body takes part no more: the desk has what it would have done (移交).
    #[serde(rename = "scene.passed_on.1")]
    PassedOn {
        /// Which.
        body: OrganisationId,
        /// Why.
        why: Ended,
    },
    /// Its order is at its end, and so is what was agreed for it (随单办结).
    #[serde(rename = "scene.ended.1")]
    Ended {},
}

/// Who does what by when (分工).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    /// Which of the bodies that came; none for the desk's own people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<OrganisationId>,
    /// What.
    pub what: Published,
    /// By when.
    pub due: Moment,
}
