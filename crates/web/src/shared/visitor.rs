//! Moved.
pub use crate::features::matters::face::speaker::*;
pub use crate::visitor::*;
