//! Councils 议事会: who the standing members of a community's or compound's council are, from when
//! and until when. Who of them sits at a meeting is the meeting's.

mod enrol;
mod events;
mod found;
mod ids;
mod refusals;
mod rights;
mod state;
mod words;

pub use enrol::{Enrol, Leave};
pub use events::Event;
pub use found::{Found, Ground, has_council};
pub use ids::CouncilId;
pub use refusals::Refusal;
pub use rights::{ERASE, FOUND, KEEP, RIGHTS};
pub use state::{Council, Member};
pub use words::{CouncilStage, LeftFor, MemberKind};
