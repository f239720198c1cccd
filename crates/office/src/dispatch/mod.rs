//! Orders: their tables, what lists look up, what commands about them must know, and how whistles climb
//! by themselves.

mod facts;
pub(crate) mod ladder;
pub mod reads;
pub(crate) mod tables;

pub use facts::{order_after, street_over};
