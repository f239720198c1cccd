//! Ballots 业主共同决定: what is not a meeting's to decide, and the gate that keeps every order on
//! it back until the owners have decided. Counting hands in a room is the meeting's.

mod decides;
mod refusals;
mod rules;
mod words;

pub use decides::{Decider, Decides};
pub use refusals::Refusal;
pub use rules::{Item, Rules, Said};
pub use words::{Joint, Scope, Who};
