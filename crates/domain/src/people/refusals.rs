//! Why a role cannot be given or ended, or an account closed.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A role must be bound to a place of its kind, or to an organisation.
    #[error("this role must be bound to another kind of place or organisation")]
    Scope,
    /// The account does not hold this role.
    #[error("the account does not hold this role")]
    NoGrant,
    /// Things wait at the desk, and nobody else is there.
    #[error("{things} things wait there, and nobody else is at that desk: appoint somebody first")]
    LastAtDesk {
        /// How many.
        things: u64,
    },
    /// Nobody else keeps the place.
    #[error("nobody else keeps this place: appoint another administrator first")]
    LastKeeper,
    /// It is one's own account.
    #[error("somebody else must close this account: it is your own")]
    OwnAccount,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Scope => "scope",
            Refusal::NoGrant => "no-grant",
            Refusal::LastAtDesk { .. } => "last-at-desk",
            Refusal::LastKeeper => "last-keeper",
            Refusal::OwnAccount => "own-account",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::LastAtDesk { things } => vec![("things", Arg::Number(*things))],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        matches!(self, Refusal::Scope | Refusal::NoGrant).then_some("role")
    }
}
