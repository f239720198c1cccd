//! Meetings 议事: from a notice to a counted vote, a resolution whose every action has an owner
//! and a deadline, minutes, and a public notice with objections. What is put before a meeting
//! stands in topics, what is then done in dispatch.

mod adjourn;
mod admit;
mod agenda;
mod ballot;
mod call;
mod cancel;
mod cast;
mod conclude;
mod confirm;
mod count;
mod dispatch_action;
mod dissent;
mod events;
mod hands;
mod ids;
mod leave;
mod object;
mod open;
mod outcome;
mod owners_say;
mod post;
mod publish;
mod put;
mod refusals;
mod reply;
mod reschedule;
mod resolve;
mod rights;
mod rule;
mod rules;
mod seat;
mod set_aside;
mod sign_in;
mod sitting;
mod slips;
mod speak;
mod stairwell;
mod state;
mod statute;
mod strike;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use adjourn::Adjourn;
pub use admit::{Admit, Admitting, Challenge};
pub use agenda::{Agenda, Ground};
pub use ballot::Ballot;
pub use call::{Call, Convening};
pub use cancel::Cancel;
pub use cast::{Cast, Polling, Voter};
pub use conclude::Conclude;
pub use confirm::Confirm;
pub use count::{Count, EndVote, Polled, came_to, came_to_anew};
pub use dispatch_action::{DispatchAction, Sending};
pub use dissent::Dissent;
pub use events::{Agreed, BallotEvent, Event, Invited, Minute, SeatEvent};
pub use hands::{EnterHands, Present};
pub use ids::{ActionId, BallotId, MeetingId, SeatId};
pub use leave::{Leave, Returns};
pub use object::Object;
pub use open::Open;
pub use outcome::{Action, Confirmation, Fate, Objection, Outcome, Resolved};
pub(crate) use owners_say::OwnersSay;
pub use post::Post;
pub use publish::Publish;
pub use put::Put;
pub use refusals::Refusal;
pub use reply::Reply;
pub use reschedule::Reschedule;
pub use resolve::{NewAction, Resolve, Resolving};
pub use rights::{
    CALL, CALL_STAIRWELL, CONFIRM, CONVENE, CORRECT, DISPATCH, ERASE, HOLD, HOLD_STAIRWELL, OBJECT, OWNERS,
    READ, READ_STAIRWELL, REGISTER, REPLY, RIGHTS, RULE, SIGN_IN, SPEAK, STAND_IN, VOTE,
};
pub use rule::Rule;
pub use rules::{Forum, Households, Party, Rules, Scheme};
pub use seat::{Seat, Stay};
pub use set_aside::SetAside;
pub use sign_in::{Door, Membership, SignIn, Used};
pub use sitting::{Hands, Motion, Owners, Roll, Sheet, Sitting, Slips, Vote};
pub use slips::{IssueSlips, Members, ReleaseSlips};
pub use speak::Speak;
pub use stairwell::{
    CallOff, CallStairwell, Came, Come, Doors, Ended, Lift, SendUp, Settle, Stairs, Stairwell,
};
pub use state::Meeting;
pub use statute::{Basis, Day, LawText, Misstated, Number, Statute, Whose};
pub use strike::{Strike, Striking};
pub use words::{
    Choice, Coming, Confirming, Law, MeetingStage, MeetingStep, Passed, Ruling, SeatKind, SignedIn,
    StatementKind, VoteMode, Way,
};
