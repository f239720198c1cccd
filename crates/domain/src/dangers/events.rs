//! What can happen to a danger.

use super::{Protection, Risk};
use crate::matters::MatterId;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{self, Sealed, Staff};
use yishi_kernel::{Ended, Moment, OrganisationId, PhotoDigest, PlaceId, Published, Role};

/// What can happen to a danger. Kinds without fields have braces, so that their fields are closed
/// too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// Somebody marked a danger (报隐患).
    #[serde(rename = "danger.reported.1")]
    Reported {
        /// About which matter.
        matter: MatterId,
        /// What is at risk.
        risk: Risk,
        /// When somebody tapped: the clock runs from here.
        at: Moment,
        /// The place the public may know, a building at the finest.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId, record::Place>,
        /// The desk that sees to it.
        desk: PlaceId,
        /// The bodies that are told at once.
        called: Vec<OrganisationId>,
        /// By when it must be made safe.
        due: Moment,
        /// By when somebody must have seen it.
        see_by: Moment,
        /// The digest of the rule pack of both.
        rules: String,
    },
    /// Somebody marked it once more; its clock may become earlier by that, and never later.
    #[serde(rename = "danger.reported_again.1")]
    ReportedAgain {
        /// What is at risk by now.
        risk: Risk,
        /// By when it must be made safe.
        due: Moment,
    },
    /// Its matter stands at another place than was told, and so does it (改正地点).
    #[serde(rename = "danger.relocated.1")]
    Relocated {
        /// The place the public may know, a building at the finest.
        place: PlaceId,
        /// The place itself.
        exact: Sealed<PlaceId, record::Place>,
    },
    /// Somebody has seen it and sees to it (确认看到).
    #[serde(rename = "danger.seen.1")]
    Seen {
        /// For which body; none for the community's own people.
        organisation: Option<OrganisationId>,
    },
    /// Nobody had by then: the next desk above sees to it as well (报上一级).
    #[serde(rename = "danger.went_up.1")]
    WentUp {
        /// Whose desk.
        desk: PlaceId,
        /// By when that one must have acted.
        due: Moment,
    },
    /// Another body is told (通知).
    #[serde(rename = "danger.called.1")]
    Called {
        /// Which.
        organisation: OrganisationId,
    },
    /// Something protects (采取防护).
    #[serde(rename = "danger.protected.1")]
    Protected {
        /// What.
        step: Protection,
        /// By which body; none for the community's own people.
        organisation: Option<OrganisationId>,
        /// A word with it, for everyone to read.
        note: Option<Published>,
        /// Photos, private until published.
        photos: Sealed<Vec<PhotoDigest>, Staff>,
    },
    /// A second person has seen that it is safe (核实).
    #[serde(rename = "danger.made_safe.1")]
    MadeSafe {
        /// A word with it, for everyone to read.
        note: Option<Published>,
        /// By when the protection is looked at again.
        due: Moment,
    },
    /// The protection is still there (复查).
    #[serde(rename = "danger.looked_again.1")]
    LookedAgain {
        /// For which body.
        organisation: Option<OrganisationId>,
        /// A word with it, for everyone to read.
        note: Option<Published>,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
        /// By when it is looked at again.
        due: Moment,
    },
    /// The protection does not hold: it has to be done anew, and its clock is the one it was
    /// (防护失效).
    #[serde(rename = "danger.failed.1")]
    Failed {
        /// What was found.
        reason: Published,
    },
    /// Somebody says that there is no danger; it stands until a second role agrees (认为没有危险).
    #[serde(rename = "danger.doubted.1")]
    Doubted {
        /// In which role.
        role: Role,
        /// Why.
        reason: Published,
        /// By when a second role says whether that is so.
        due: Moment,
    },
    /// A second role does not agree: the danger stands (不同意排除).
    #[serde(rename = "danger.upheld.1")]
    Upheld {
        /// Why.
        reason: Published,
    },
    /// A second role agrees: there is no danger (排除).
    #[serde(rename = "danger.cleared.1")]
    Cleared {
        /// A word with it, for everyone to read.
        note: Option<Published>,
    },
    /// The lasting work is done: the protection is gone (解除防护).
    #[serde(rename = "danger.lifted.1")]
    Lifted {
        /// What was done for good.
        note: Published,
        /// Photos, private until published.
        photos: Option<Sealed<Vec<PhotoDigest>, Staff>>,
    },
    /// A photo was published, by an act of its own.
    #[serde(rename = "danger.photo_published.1")]
    PhotoPublished {
        /// Which.
        photo: PhotoDigest,
    },
    /// A body that was told is no longer there (移交).
    #[serde(rename = "danger.passed_on.1")]
    PassedOn {
        /// Which.
        organisation: OrganisationId,
        /// Why.
        why: Ended,
    },
}
