//! Records of scenes: their table, what lists look up, the order that writing one down must know,
//! and how they end with it.

mod facts;
pub(crate) mod follow;
pub mod reads;
pub(crate) mod tables;
