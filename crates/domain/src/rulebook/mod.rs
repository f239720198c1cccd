//! The rulebook 规则簿 of a ledger: which rule pack it has adopted from when, so that what was
//! decided at a moment can be traced to the text it was decided by; which numbers of it are otherwise
//! here than above; and in a street's ledger which statutory forum's numbers it confirmed against the
//! law in force. What a pack says belongs to the features that own its sections; its text lies with
//! the files.

mod adopt;
mod change;
mod changing;
mod confirm;
mod confirmation;
mod events;
mod figures;
mod ids;
mod refusals;
mod rights;
mod state;
mod words;

pub use adopt::{adopt, base};
pub use change::{LocalChange, local};
pub use changing::{DropNumber, Numbered, SetNumber};
pub use confirm::{Compared, Confirm, Withdraw};
pub use confirmation::Confirmation;
pub use events::{ChangeEvent, ConfirmationEvent, Event};
pub use figures::{Figures, NoFigures};
pub use ids::{ChangeId, ConfirmationId};
pub use refusals::Refusal;
pub use rights::{CHANGE, CHANGE_RIGHTS, CONFIRM, CORRECT, CORRECT_CHANGE, READ, RIGHTS, WITHDRAW};
pub use state::{Adopted, Version, stream};
pub use words::{Changing, ConfirmationStage, Counted};
