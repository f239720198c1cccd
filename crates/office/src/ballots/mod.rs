//! Ballots: results of owners and their table, what entering and confirming one must know, and the
//! law that nothing of theirs left without them.

pub(crate) mod audit;
mod facts;
pub mod reads;
pub(crate) mod tables;
