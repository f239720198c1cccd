//! Matters 事项: from a resident's raising to an answer on every receipt. A [`Matter`] is
//! what is being dealt with, a [`Receipt`] one person's claim to an answer; each is a stream
//! of its own, so that three hundred joinings do not queue for one version.
//! Meetings, work orders and closing runs are other features.

mod events;
mod matter;
mod raise;
mod receipt;
mod words;

#[cfg(test)]
mod laws;

pub use events::Event;
pub use matter::{Command, Matter, decide};
pub use raise::{Raise, Raised, Start, raise};
pub use receipt::{
    CallBack, CalledBack, Evaluated, Evaluation, Event as ReceiptEvent, Joined, Opening, Receipt, call_back,
    contact_viewed, evaluate, join,
};
pub use words::{
    Channel, Holder, HolderKey, How, Outcome, PhotoDigest, Proof, Reached, Satisfaction, Shown, Solved,
    StageKind, Step,
};

pub use crate::context::{Context, Decision};

use crate::access::{Action, Denied, Role};

impl Context<'_> {
    /// The role in which the actor may do this to a matter, or why not.
    ///
    /// # Errors
    /// The reason of refusal.
    pub fn may(&self, action: Action, matter: &Matter) -> Result<Role, Denied> {
        self.allows(action, &matter.resource(self.path, self.claim))
    }
}
