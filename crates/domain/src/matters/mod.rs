//! Matters 事项: from a resident's raising to an answer on every receipt. A [`Matter`] is
//! what is being dealt with, a [`Receipt`] one person's claim to an answer; each is a stream
//! of its own, so that three hundred joinings do not queue for one version.
//! Meetings, work orders and closing runs are other features.

mod events;
mod matter;
mod receipt;
mod words;

#[cfg(test)]
mod laws;

pub use events::Event;
pub use matter::{Command, Matter, Raise, Raised, Start, decide, raise};
pub use receipt::{
    Evaluated, Evaluation, Event as ReceiptEvent, Joined, Opening, Receipt, contact_viewed, evaluate, join,
};
pub use words::{
    Channel, Holder, HolderKey, How, Outcome, PhotoDigest, Proof, Satisfaction, Shown, Solved, StageKind,
    Step,
};

use crate::access::{Action, Actor, Claim, Denied, Role, may};
use crate::ids::PlaceId;
use crate::moment::Moment;
use crate::rules::Rules;

/// All that a decision needs besides the state: who, when, where, by which rules.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The moment of the decision.
    pub now: Moment,
    /// Who acts.
    pub actor: &'a Actor,
    /// The rules in force.
    pub rules: &'a Rules,
    /// The exact place of the matter and all places above it.
    pub path: &'a [PlaceId],
    /// Whether the actor holds a receipt of the matter.
    pub claim: Claim,
}

impl Context<'_> {
    /// The role in which the actor may do this to a matter, or why not.
    ///
    /// # Errors
    /// The reason of refusal.
    pub fn may(&self, action: Action, matter: &Matter) -> Result<Role, Denied> {
        may(self.actor, action, &matter.resource(self.path, self.claim), self.now)
    }
}

/// What a command brings about in one stream, and the role it was done in.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<E> {
    /// The role that stands in the entries.
    pub role: Role,
    /// What happened, in order.
    pub events: Vec<E>,
}
