//! Joint working 六方联动、六个实行: which parties act together in a street and what they practise, as the
//! street adopted it, whole and with its day. The texts are the street's own; whether a practice is
//! kept is seen in the list it names, and judged by nobody here.

mod adopt;
mod events;
mod ids;
mod refusals;
mod rights;
mod state;
mod words;

pub use adopt::{Adopt, MOST};
pub use events::{Event, Party, Practice};
pub use ids::JointId;
pub use refusals::Refusal;
pub use rights::{ADOPT, CORRECT, RIGHTS};
pub use state::JointWork;
pub use words::{Evidence, JointStage};
