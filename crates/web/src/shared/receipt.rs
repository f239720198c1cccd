//! Moved.
pub use crate::features::matters::face::receipt::*;
