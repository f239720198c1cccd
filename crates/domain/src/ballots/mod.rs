//! Ballots 业主共同决定: what is not a meeting's to decide, and the gate that keeps every order on
//! it back until the owners have decided. Counting hands in a room is the meeting's.

mod confirm;
mod decides;
mod enter;
mod events;
mod ids;
mod refusals;
mod rights;
mod rules;
mod state;
mod words;

#[cfg(test)]
mod laws;

pub use confirm::{ConfirmResult, Recommending, RejectResult};
pub use decides::{Decider, Decides, Leave};
pub use enter::{Asking, EnterResult, reading, square_metres};
pub use events::{Event, Part};
pub use ids::OwnersResultId;
pub use refusals::Refusal;
pub use rights::{CONFIRM, CORRECT, ERASE, READ, REJECT, RIGHTS};
pub use rules::{Item, Rules, Said};
pub use state::OwnersResult;
pub use words::{Agreed, Joint, ResultStage, ResultStep, Scope, Side, Who};
