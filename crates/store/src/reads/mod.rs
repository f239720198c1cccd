//! What pages and commands look up: queries over the read models, each by an index. The
//! same text runs on both engines. Nothing is written here.

pub mod dispatch;
pub mod matters;
pub mod meetings;
pub mod people;
pub mod places;

/// The most that a list of meetings, topics or orders shows.
pub const LIST: i64 = 100;
