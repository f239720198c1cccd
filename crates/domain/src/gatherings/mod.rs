//! Gatherings 板凳会、小院谈话会、议事厅: people sit together without agenda or vote, and each thing
//! that is said becomes a matter, thanks, another voice for a matter there is already, or is only
//! counted. Meetings that decide are another feature.

mod call_off;
mod events;
mod ids;
mod open;
mod record;
mod refusals;
mod rights;
mod rules;
mod state;
mod words;

#[cfg(test)]
mod laws;

pub use call_off::CallOff;
pub use events::{Event, Known, Raised, Thanks};
pub use ids::GatheringId;
pub use open::Open;
pub use record::{Ground, Line, MOST, Record, Said, Voice};
pub use refusals::Refusal;
pub use rights::{CALL_OFF, CORRECT, OPEN, READ, RECORD, RIGHTS};
pub use rules::Rules;
pub use state::{Gathering, Recorded};
pub use words::{Form, GatheringStage, GatheringStep, LineKind, Mostly};
