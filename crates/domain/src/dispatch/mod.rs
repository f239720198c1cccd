//! Dispatch 派单·吹哨: an action or a matter becomes work for somebody, a whistle of the
//! street that calls departments, or a letter to a body nobody here can summon. Each is one
//! order with a clock. Who was asked and who must answer whom stands in matters.

mod accept;
mod ask;
mod assist_only;
mod blow;
mod decline;
mod dispute;
mod done;
mod events;
mod extend;
mod finish_part;
mod follow_up;
mod go_on;
mod ids;
mod ladder;
mod limited;
mod ordered;
mod part;
mod photo;
mod progress;
mod refusals;
mod report_in;
mod rights;
mod rule;
mod rule_part;
mod rules;
mod send;
mod send_back;
mod set_part;
mod state;
mod suspend;
mod urge;
mod urge_part;
mod withdraw;
mod words;

#[cfg(test)]
pub(crate) mod laws;

pub use accept::Accept;
pub use ask::Ask;
pub use assist_only::{Assist, AssistOnly};
pub use blow::Blow;
pub use decline::Decline;
pub use dispute::Dispute;
pub use done::Done;
pub use events::{Event, Source, Task};
pub use extend::Extend;
pub use finish_part::FinishPart;
pub use follow_up::FollowUp;
pub use go_on::{AskAgain, GoingOn, SendInstead};
pub use ids::OrderId;
pub use ladder::{Climbed, Escalate, LadderRules, Rung};
pub use limited::{Limited, OtherDay};
pub use ordered::{Desks, Origin};
pub(crate) use ordered::{Ordered, To};
pub use part::{Part, PartStage};
pub use photo::PublishPhoto;
pub use progress::Progress;
pub use refusals::Refusal;
pub use report_in::ReportIn;
pub use rights::{
    ACCEPT, BLOW, CORRECT, DISPUTE, ERASE, ESCALATE, EXTEND, FINISH_PART, FOLLOW_UP, GO_ON, ORDER, PUBLISH,
    READ, REFUSE_LEAD, REPORT_IN, RIGHTS, RULE, RULE_PART, SET_PART, SETTLE, URGE, WITHDRAW, WORK_ON,
};
pub use rule::Rule;
pub use rule_part::RulePart;
pub use rules::{Cited, Rules};
pub use send::Send;
pub use send_back::Return;
pub use set_part::SetPart;
pub use state::Order;
pub use suspend::Resume;
pub(crate) use suspend::Suspend;
pub use urge_part::UrgePart;
pub use withdraw::Withdraw;
pub use words::{LimitClass, OrderKind, OrderStage, OrderStep, OtherWay, WhistleKind};
