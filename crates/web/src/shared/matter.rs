//! Moved.
pub use crate::features::matters::face::{categories, headline, meta, row_of, topics};
