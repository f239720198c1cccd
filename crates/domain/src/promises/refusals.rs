//! Why the rules of promises say no.

use crate::meetings::MeetingStage;
use yishi_kernel::Moment;
use yishi_kernel::refusal::{Arg, Args, Refuse};

/// What the rules of promises do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Promises are entered during a meeting and until its minutes are confirmed.
    #[error("the meeting takes no promises in its stage")]
    Meeting(MeetingStage),
    /// Its minutes are confirmed by somebody already.
    #[error("the minutes are being confirmed")]
    Minutes,
    /// A body promises for itself.
    #[error("only that body itself promises this, or whoever steers enters it")]
    NotOwn,
    /// A renewal gives a later day.
    #[error("a later day than {0:?} is needed")]
    NotLater(Moment),
    /// Whoever said that it is kept does not settle that.
    #[error("somebody else has to see that it is kept")]
    SamePerson,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Meeting(_) => "promise-meeting",
            Refusal::Minutes => "promise-minutes",
            Refusal::NotOwn => "promise-not-own",
            Refusal::NotLater(_) => "promise-not-later",
            Refusal::SamePerson => "promise-same-person",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::NotLater(due) => vec![("due", Arg::Day(*due))],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NotOwn => Some("body"),
            Refusal::NotLater(_) => Some("due"),
            Refusal::Meeting(_) | Refusal::Minutes | Refusal::SamePerson => None,
        }
    }
}
