//! Promises: their table, what lists look up, and the meeting that making one must know.

pub(crate) mod audit;
mod facts;
pub mod reads;
pub(crate) mod tables;
