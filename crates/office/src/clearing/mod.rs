//! Clearing runs: their tables, what lists and sheets look up, what commands about them must know, and
//! the marks that follow by themselves from what happens to things.

pub(crate) mod audit;
pub(crate) mod facts;
pub(crate) mod follow;
pub mod reads;
pub(crate) mod tables;
