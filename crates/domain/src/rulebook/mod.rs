//! The rulebook 规则簿 of a ledger: which rule pack it has adopted from when, so that what was
//! decided at a moment can be traced to the text it was decided by; and in a street's ledger which
//! statutory forum's numbers it confirmed against the law in force. What a pack says belongs
//! to the features that own its sections; its text lies with the files.

mod adopt;
mod confirm;
mod confirmation;
mod events;
mod figures;
mod ids;
mod refusals;
mod rights;
mod state;
mod words;

pub use adopt::adopt;
pub use confirm::{Compared, Confirm, Withdraw};
pub use confirmation::Confirmation;
pub use events::{ConfirmationEvent, Event};
pub use figures::{Figures, NoFigures};
pub use ids::ConfirmationId;
pub use refusals::Refusal;
pub use rights::{CONFIRM, CORRECT, READ, RIGHTS, WITHDRAW};
pub use state::{Adopted, stream};
pub use words::ConfirmationStage;
