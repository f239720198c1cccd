//! What streets adopted for joint working: its table, what lists look up, and the place that adopting it
//! must know.

mod facts;
pub mod reads;
pub(crate) mod tables;
