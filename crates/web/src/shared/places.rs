//! Moved.
pub use crate::places::*;
