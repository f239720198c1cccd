//! Moved.
pub use crate::features::dispatch::parties::*;
