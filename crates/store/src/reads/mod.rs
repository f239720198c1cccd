//! What pages and commands look up: queries over the read models, each by an index. The
//! same text runs on both engines. Nothing is written here.

pub mod matters;
pub mod people;
pub mod places;
