//! Meetings 议事: from several matters to one topic, from a notice to a counted vote, a
//! resolution whose every action has an owner and a deadline, minutes, and a public notice
//! with objections. What is then done is dispatch; who may do what is access.

mod decide;
mod events;
mod meeting;
mod presence;
mod topic;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use decide::{Call, Command, Decided, Hurry, NewAction, TopicChange, call, decide};
pub use events::{Agreed, BallotEvent, Event, Invited, Money, SeatEvent};
pub use meeting::{Action, Called, Fate, Meeting, Motion, Objection, Resolved, Vote};
pub use presence::{Ballot, Seat, SignIn, cast, sign_in, strike};
pub use topic::{
    ByMeeting, Command as TopicCommand, Event as TopicEvent, OpenTopic, Topic, by_meeting,
    decide as decide_topic, open,
};
pub use words::{
    Choice, Coming, Confirming, MeetingStage, MeetingStep, Passed, Ruling, SeatKind, SignedIn, StatementKind,
    TopicStage, TopicStep, VoteMode, Way,
};
