//! Scenes 现场会商: what the bodies that a whistle called found and agreed where the trouble is, who
//! does what by when, and that each of them signed it. The order itself, its clock and whether its
//! work is accepted are dispatch's.

mod done;
mod end;
mod events;
mod ids;
mod open;
mod refusals;
mod rights;
mod rules;
mod sign;
mod state;
mod words;

#[cfg(test)]
mod laws;

pub use done::Done;
pub use end::End;
pub use events::{Agreed, Event};
pub use ids::SceneId;
pub use open::{Line, MOST, Open, scene_of, takes_down};
pub use refusals::Refusal;
pub use rights::{CORRECT, DONE, END, ERASE, OPEN, READ, RIGHTS, SIGN};
pub use rules::Rules;
pub use sign::{Refuse, Sign};
pub use state::{Answer, Line as SceneLine, Scene};
pub use words::{SceneStage, SceneStep, SignedHow};
