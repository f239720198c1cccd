//! Promises 表态: what a body at the table says it will do by when, with a clock, until it is kept
//! or shown as broken. Orders and actions of a resolution are dispatch's and the meeting's.

mod break_off;
mod done;
mod events;
mod ids;
mod keep;
mod make;
mod refusals;
mod renew;
mod rights;
mod rules;
mod state;
mod urge;
mod words;

#[cfg(test)]
mod laws;

pub use break_off::Break;
pub use done::Done;
pub use events::Event;
pub use ids::PromiseId;
pub use keep::Keep;
pub use make::{Make, Minutes, Table};
pub use refusals::Refusal;
pub use renew::Renew;
pub use rights::{BREAK, CORRECT, DONE, KEEP, MAKE, READ, RENEW, RIGHTS, URGE};
pub use rules::Rules;
pub use state::{Passed, Promise};
pub use words::{PromiseStage, PromiseStep};
