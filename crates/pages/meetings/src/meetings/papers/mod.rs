//! The papers of a meeting 会议文书 and the rules of deliberation 议事规则: each at an address of its
//! own, to print and to take away. What happened is told by the meeting; nothing is decided here,
//! and no copy with names is for everyone.

pub mod bundle;
mod facts;
mod notice;
mod publication;
mod record;
mod resolution;
mod roll;
pub mod rules;
pub mod serve;

pub use serve::{MeetingPaper, links, links_at_work};
