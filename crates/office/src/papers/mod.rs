//! Papers that are numbered: which things have which, in one table, and the numbers of many at
//! once. What has a paper of its own is said by each feature, in its `Viewed::papers`; how papers
//! look is the pages' business.

pub mod reads;
pub(crate) mod tables;

pub use reads::{Numbered, Numbers};
pub use tables::Issued;
