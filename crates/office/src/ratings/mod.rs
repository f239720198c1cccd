//! Double assessments: their tables, what lists look up, how one begins when the work of a whistle is
//! accepted, and how it ends when its time is over.

mod facts;
pub(crate) mod follow;
pub mod reads;
pub(crate) mod tables;

pub use follow::assessment_of;
