//! Topics: their tables, what lists look up, and what commands about them must know.

mod facts;
pub mod reads;
pub(crate) mod tables;
