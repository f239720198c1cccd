//! Moved.
pub use crate::features::dispatch::face::*;
