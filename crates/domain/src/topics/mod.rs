//! Topics 议题: several matters of one kind, put before one meeting. A topic keeps their
//! lineage; what is decided about it stands with the meeting, what is done about it in
//! dispatch.

mod answer_all;
mod by_meeting;
mod conclude;
mod drop;
mod events;
mod gather;
mod ids;
mod open;
mod refusals;
mod rights;
mod rules;
mod state;
mod words;

pub use answer_all::AnswerAll;
pub(crate) use by_meeting::{Answered, Decide, Postpone, Return, Schedule, Settled};
pub use conclude::{Conclude, Left};
pub use drop::Drop;
pub use events::Event;
pub use gather::{Gather, Gathering};
pub use ids::TopicId;
pub use open::{OpenTopic, Opening, one_place};
pub use refusals::Refusal;
pub use rights::{ANSWER_ALL, CONCLUDE, CORRECT, DROP, GATHER, OPEN, READ, RIGHTS};
pub use rules::Rules;
pub use state::Topic;
pub use words::{ReturnedFor, TopicStage, TopicStep};
