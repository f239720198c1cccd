//! Why a role cannot be given or ended, a link not made or used, or an account not closed.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args, Kind};

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
    /// Nobody gives a role to oneself.
    #[error("nobody gives a role to oneself: another administrator does")]
    Oneself,
    /// Whoever reads this name takes its bearer for the program, or for whoever keeps it.
    #[error("this name would be taken for the program or whoever keeps it: choose another one")]
    ReservedName,
    /// Somebody here has this name, or one that looks like it.
    #[error("somebody here has this name, or one that looks like it: add what tells them apart")]
    Namesake,
    /// Something else waits for a second keeper.
    #[error("something waits already for a second administrator: confirm or decline that first")]
    Waits,
    /// Nothing waits for a second keeper.
    #[error("nothing waits for a second administrator any more")]
    NothingWaits,
    /// Whoever asked does not confirm.
    #[error("another administrator than the one who asked confirms it")]
    SamePerson,
    /// The place asks everyone for a second step.
    #[error("the street asks everyone for a second step: it cannot be ended")]
    SecondStep,
    /// The link was used, is too old, or another one was made since.
    #[error("the link does not work any more: ask an administrator for a new one")]
    LinkOver,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Scope => "scope",
            Refusal::NoGrant => "no-grant",
            Refusal::LastAtDesk { .. } => "last-at-desk",
            Refusal::LastKeeper => "last-keeper",
            Refusal::OwnAccount => "own-account",
            Refusal::Oneself => "oneself",
            Refusal::ReservedName => "reserved-name",
            Refusal::Namesake => "namesake",
            Refusal::Waits => "waits",
            Refusal::NothingWaits => "nothing-waits",
            Refusal::SamePerson => "same-person",
            Refusal::SecondStep => "second-step",
            Refusal::LinkOver => "link-over",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::LastAtDesk { things } => vec![("things", Arg::Number(*things))],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::Scope | Refusal::NoGrant => Some("role"),
            Refusal::Oneself => Some("account"),
            Refusal::Namesake | Refusal::ReservedName => Some("name"),
            _ => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::Waits | Refusal::NothingWaits => Kind::Conflict,
            _ => Kind::Rule,
        }
    }
}
