//! Why a command about a topic was refused.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args};

/// A command about a topic that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A topic needs at least one matter that is not in it yet.
    #[error("choose at least one matter")]
    NoMatters,
    /// What went to the desk above is not put together with what stayed below.
    #[error("they belong to different desks")]
    OtherDesk,
    /// It is about whoever chairs or records the meeting that the topic is scheduled for.
    #[error("it is about whoever chairs or records the meeting")]
    TableConcerned,
    /// The topic does not wait for this meeting.
    #[error("the topic does not wait for this meeting")]
    Elsewhere,
    /// Something is not at its end.
    #[error("{orders} orders and {matters} matters are not at their end")]
    Unfinished {
        /// Orders, and actions that no order carries out yet.
        orders: u64,
        /// Matters not answered.
        matters: u64,
    },
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoMatters => "no-matters",
            Refusal::OtherDesk => "other-desk",
            Refusal::TableConcerned => "table-concerned",
            Refusal::Elsewhere => "topic-elsewhere",
            Refusal::Unfinished { .. } => "unfinished",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::Unfinished { orders, matters } => {
                vec![("orders", Arg::Number(*orders)), ("matters", Arg::Number(*matters))]
            }
            Refusal::NoMatters | Refusal::OtherDesk | Refusal::TableConcerned | Refusal::Elsewhere => {
                Vec::new()
            }
        }
    }

    fn field(&self) -> Option<&'static str> {
        let matter = matches!(self, Refusal::NoMatters | Refusal::OtherDesk | Refusal::TableConcerned);
        matter.then_some("matter")
    }
}
