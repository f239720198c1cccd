//! Exclusions from the rates: their table, what lists look up, and the matter that each is about.

mod facts;
pub mod reads;
pub(crate) mod tables;
