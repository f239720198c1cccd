//! The rulebook 规则簿 of a ledger: which rule pack it has adopted from when, so that what was
//! decided at a moment can be traced to the text it was decided by. What a pack says belongs
//! to the features that own its sections; its text lies with the files.

mod adopt;
mod events;
mod state;

pub use adopt::adopt;
pub use events::Event;
pub use state::{Adopted, stream};
