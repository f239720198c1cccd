//! Moved.
pub use crate::holders::*;
