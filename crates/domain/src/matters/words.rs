//! The small words of matters: stages, outcomes, holders, channels. Each has the word
//! that stands in the ledger and in text keys. No rules here.

use crate::access::Role;
use crate::ids::{AccountId, MatterId, OrganisationId, PlaceId};
use crate::record::Sealed;
use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// Where a matter stands (环节).
    StageKind {
        /// Raised, not yet sorted (已说).
        Raised = "raised",
        /// Sorted and held (在办).
        InHand = "in_hand",
        /// Answered, being evaluated (已答复).
        Answered = "answered",
        /// Closed (已销号).
        Closed = "closed",
        /// Merged; another one goes on (已归并).
        Merged = "merged",
    }
}
words! {
    /// What comes next (下一步).
    Step {
        /// Sort it.
        Triage = "triage",
        /// Answer it.
        Answer = "answer",
        /// Hear those who asked, then close.
        Close = "close",
    }
}
words! {
    /// What sorting came to (分流结果): three kinds of matters after 三事分流, the owners'
    /// legal decisions apart, and what is not accepted.
    Outcome {
        /// Big: government's (大事, 政府事项).
        Government = "government",
        /// Small: for consultation and the community (小事, 公共事项).
        Public = "public",
        /// Private: self-help, neighbours, market (私事).
        Private = "private",
        /// The owners decide (业主共同决定事项).
        Owners = "owners",
        /// Not accepted, with the reason (不予受理).
        NotAccepted = "not_accepted",
    }
}
words! {
    /// How a matter came in (渠道).
    Channel {
        /// The QR code of a stairwell or place.
        Poster = "poster",
        /// The public site.
        Web = "web",
        /// Through a steward or worker.
        Neighbour = "neighbour",
        /// From a file.
        Import = "import",
    }
}
words! {
    /// How exactly the public sees the place (公开到).
    Shown {
        /// The building.
        Building = "building",
        /// Only the compound or market around it.
        Around = "around",
    }
}
words! {
    /// How somebody came to be owed an answer.
    How {
        /// Raised it.
        Raised = "raised",
        /// Joined: 我也遇到.
        Joined = "joined",
    }
}
words! {
    /// What stands behind a receipt (核验).
    Proof {
        /// A device, counted once.
        Device = "device",
        /// A confirmed household.
        Household = "household",
        /// A steward's or worker's word.
        Neighbour = "neighbour",
        /// A row of an imported file.
        Import = "import",
    }
}
words! {
    /// Was it solved? (是否解决)
    Solved {
        /// Yes.
        Yes = "yes",
        /// No: it is taken up again.
        No = "no",
    }
}
words! {
    /// Whether a call back reached anybody (是否接通).
    Reached {
        /// Yes.
        Yes = "yes",
        /// No: to be tried again.
        No = "no",
    }
}
words! {
    /// How content (满意度).
    Satisfaction {
        /// 满意
        Satisfied = "satisfied",
        /// 基本满意
        Mostly = "mostly",
        /// 不满意
        Not = "not",
    }
}

/// The digest of a stored photo, in hex.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PhotoDigest(pub String);

/// Who holds a matter (承办). The person stands apart, since a person's id is private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// The desk of a place: whoever sorts there.
    Desk(PlaceId),
    /// An organisation.
    Organisation(OrganisationId),
    /// A person in a role, at a place (building at the finest).
    Person(Role, PlaceId),
}

/// A holder as desks look it up.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HolderKey(String);

impl HolderKey {
    /// The desk of a place.
    #[must_use]
    pub fn desk(place: PlaceId) -> Self {
        Self(format!("desk/{place}"))
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(organisation: OrganisationId) -> Self {
        Self(format!("organisation/{organisation}"))
    }

    /// A person.
    #[must_use]
    pub fn person(account: AccountId) -> Self {
        Self(format!("person/{account}"))
    }

    /// The key of a holder; of a person whose id was erased, the role and place remain.
    #[must_use]
    pub fn of(holder: Holder, person: Option<&Sealed<AccountId>>) -> Self {
        match (holder, person.and_then(Sealed::get)) {
            (Holder::Desk(place), _) => Self::desk(place),
            (Holder::Organisation(organisation), _) => Self::organisation(organisation),
            (Holder::Person(..), Some(account)) => Self::person(*account),
            (Holder::Person(role, place), None) => Self(format!("role/{}/{place}", role.word())),
        }
    }

    /// As stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stage with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Raised,
    InHand,
    Answered,
    Closed,
    Merged { into: MatterId, before: Box<Stage> },
}

impl Stage {
    pub(super) fn kind(&self) -> StageKind {
        match self {
            Stage::Raised => StageKind::Raised,
            Stage::InHand => StageKind::InHand,
            Stage::Answered => StageKind::Answered,
            Stage::Closed => StageKind::Closed,
            Stage::Merged { .. } => StageKind::Merged,
        }
    }
}
