//! Venues: their tables, what lists look up, and what opening one must know.

mod facts;
pub mod reads;
pub(crate) mod tables;
