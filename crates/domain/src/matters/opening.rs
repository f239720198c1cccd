//! What a receipt is opened with, the same for raising and for joining.

use super::events::ReceiptEvent;
use super::ids::MatterId;
use super::words::{Channel, How, Proof};
use yishi_kernel::context::private;
use yishi_kernel::{AccountId, Refusal, Sealed};

/// What a receipt is opened with: who speaks, as the receipt will know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What stands behind it.
    pub proof: Proof,
    /// SHA-256 of the link's secret, in hex; none where there is nobody to hand a link to.
    pub secret: Option<String>,
    /// Digest of device or household.
    pub supporter: String,
    /// A name; may be left empty.
    pub name: String,
    /// A contact; may be left empty.
    pub contact: String,
    /// How the neighbour agreed, when raised for one.
    pub consent: Option<String>,
}

impl Opening {
    /// Longest name or contact, in characters.
    pub const LINE: usize = 60;

    pub(crate) fn on(
        self,
        matter: MatterId,
        how: How,
        channel: Channel,
        account: Option<AccountId>,
    ) -> Result<ReceiptEvent, Refusal> {
        Ok(ReceiptEvent::Opened {
            matter,
            how,
            proof: self.proof,
            channel,
            secret: self.secret.map(Sealed::Kept),
            supporter: self.supporter.into(),
            account: account.map(Sealed::Kept),
            name: private("name", &self.name, Self::LINE)?,
            contact: private("contact", &self.contact, Self::LINE)?,
            consent: self.consent.map(Sealed::Kept),
        })
    }
}
