//! Emergencies 紧急情形: by which the least that makes people safe leaves before the owners have
//! decided, on what is theirs. One role enters it, another role and person confirms it, its one
//! line is sent once, and its accounts are posted. The gate itself is the ballots'; what protects
//! people at once, without any order, is the dangers'.

mod account;
mod confirm;
mod enter;
mod events;
mod ids;
mod refusals;
mod rights;
mod rules;
mod send;
mod state;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use account::{Carried, PostAccount};
pub use confirm::{ConfirmBasis, RejectBasis};
pub use enter::{EnterBasis, Ground};
pub use events::{Applied, Event, Recommended, Situation};
pub use ids::BasisId;
pub use refusals::Refusal;
pub use rights::{ACCOUNT, CONFIRM, CORRECT, ENTER, ERASE, READ, REJECT, RIGHTS, SEND};
pub use rules::{City, Frees, Known, Lasting, Rules, Spends};
pub use send::{Releasing, SendLeast, Way};
pub use state::{Basis, Confirmed, Hand};
pub use words::{Applicant, BasisStage, BasisStep};
