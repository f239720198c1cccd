//! Clearing runs 清账: on its day a community takes in all that is open in its books, and signs once
//! each thing is answered by what really happened to it. What is done with a thing is its own
//! feature's; here it is only marked.

mod became;
mod events;
mod finish;
mod ids;
mod item;
mod lift;
mod on_track;
mod open;
mod refusals;
mod rights;
mod rules;
mod run;
mod settle;
pub mod sheet;
mod take_up;
mod thing;
mod words;

#[cfg(test)]
mod laws;

pub use became::{Became, Happened, Stands, comes_to, puts_off};
pub use events::{Event, ItemEvent};
pub use finish::{Finish, Sheet};
pub use ids::{ItemId, RunId};
pub use item::{Item, Lifted, Mark};
pub use lift::{Above, Lift};
pub use on_track::OnTrack;
pub use open::{Books, Open, Standing};
pub use refusals::Refusal;
pub use rights::{
    CORRECT, FINISH, ITEM_RIGHTS, LIFT, ON_TRACK, OPEN, READ, READ_ITEM, RUN_RIGHTS, SETTLE, TAKE_UP,
};
pub use rules::{Extensions, Rhythm, Rules};
pub use run::Run;
pub use settle::Settle;
pub use take_up::TakeUp;
pub use thing::{HeldBy, Thing, Waited};
pub use words::{ItemStage, ItemStep, Outcome, RunStage, RunStep, Verdict};
