//! What can happen to a partner's token, as it stands in the ledger for ever. No rules here.

use super::PartnerMay;
use serde::{Deserialize, Serialize};
use yishi_kernel::record::{Link, Staff};
use yishi_kernel::{Moment, OrganisationId, PlaceId, Sealed};

/// What can happen to a partner's token.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", deny_unknown_fields)]
pub enum Event {
    /// It was opened (开通接口).
    #[serde(rename = "partner.opened.1")]
    Opened {
        /// Whose program it is.
        organisation: OrganisationId,
        /// What the program is called, for those who keep it.
        name: Sealed<String, Staff>,
        /// The place for which it holds, and all below it.
        place: PlaceId,
        /// What it may do.
        may: PartnerMay,
        /// From when on it holds no more.
        expires: Moment,
        /// The keyed digest by which the token is known; the token itself is kept nowhere.
        digest: Sealed<String, Link>,
    },
    /// It holds no more (停用).
    #[serde(rename = "partner.revoked.1")]
    Revoked {},
}
