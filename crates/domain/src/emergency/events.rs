//! What can happen to an emergency basis, as it stands in the ledger for ever. No rules here.

use super::words::Applicant;
use crate::ballots::Decides;
use crate::dangers::DangerId;
use crate::dispatch::OrderId;
use crate::matters::MatterId;
use crate::meetings::MeetingId;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::Staff;
use yishi_kernel::{Moment, Money, PhotoDigest, PlaceId, Published, Role, Sealed};

/// What is dangerous, by its word in the rules, with its source (紧急情形).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// The word.
    pub code: String,
    /// The article or local rule.
    pub source: String,
}

/// What a meeting recommended to the owners about the same, and waits for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recommended {
    /// The meeting.
    pub meeting: MeetingId,
    /// Which of its motions.
    pub motion: u32,
}

/// Money of the owners that is asked for (动用资金的申请).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Applied {
    /// Who applied.
    pub by: Applicant,
    /// Photos of their paper; private, since names stand on it.
    pub paper: Sealed<Vec<PhotoDigest>, Staff>,
}

/// What can happen to an emergency basis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "few events are alive at once")]
pub enum Event {
    /// It was entered (登记紧急情形).
    #[serde(rename = "emergency_basis.entered.1")]
    Entered {
        /// The matter that it is about.
        matter: MatterId,
        /// The danger that was open there.
        #[serde(skip_serializing_if = "Option::is_none")]
        danger: Option<DangerId>,
        /// What waits for the owners about the same.
        #[serde(skip_serializing_if = "Option::is_none")]
        recommended: Option<Recommended>,
        /// Whose decision it is otherwise, and by which article.
        decides: Decides,
        /// What is dangerous.
        situation: Situation,
        /// The article by which the least may be done before they decide.
        source: String,
        /// The least that makes safe: all that is freed.
        line: Published,
        /// How one sees that it is done.
        acceptance: Published,
        /// Money of theirs that is asked for, where any is.
        #[serde(skip_serializing_if = "Option::is_none")]
        applied: Option<Applied>,
        /// Where.
        place: PlaceId,
        /// The desk that sees to it.
        desk: PlaceId,
        /// In which role it was entered.
        role: Role,
        /// By when another role and person confirms it.
        due: Moment,
        /// The digest of the rules of that deadline.
        rules: String,
    },
    /// Its texts read otherwise before anything left by it, and it is to be confirmed anew
    /// (改动后重新确认).
    #[serde(rename = "emergency_basis.reworded.1")]
    Reworded {
        /// In which role.
        role: Role,
        /// By when another role and person confirms it.
        due: Moment,
    },
    /// Another role and person confirmed it (核对确认).
    #[serde(rename = "emergency_basis.confirmed.1")]
    Confirmed {
        /// In which role.
        role: Role,
        /// By when it is sent.
        send_by: Moment,
        /// By when its accounts are posted.
        account_by: Moment,
        /// The digest of the rules of both.
        rules: String,
    },
    /// It is no emergency, or not the least (退回).
    #[serde(rename = "emergency_basis.rejected.1")]
    Rejected {
        /// Why.
        reason: Published,
    },
    /// What it frees was sent on its way: once.
    #[serde(rename = "emergency_basis.sent.1")]
    Sent {
        /// The order.
        order: OrderId,
    },
    /// Its accounts (公布账目).
    #[serde(rename = "emergency_basis.accounted.1")]
    Accounted {
        /// What was done.
        note: Published,
        /// What it cost and who paid, where it cost anything.
        #[serde(skip_serializing_if = "Option::is_none")]
        money: Option<Money>,
    },
}
