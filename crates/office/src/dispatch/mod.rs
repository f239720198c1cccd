//! Orders: their tables, what lists look up, and what commands about them must know.

mod facts;
pub mod reads;
pub(crate) mod tables;

pub use facts::order_after;
pub(crate) use facts::street_over;
