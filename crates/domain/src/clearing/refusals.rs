//! Why the rules of clearing say no.

use super::Outcome;
use yishi_kernel::Moment;
use yishi_kernel::refusal::{Arg, Args, Kind, Refuse};

/// What the rules of clearing do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another run of the same books is open.
    #[error("another run is open")]
    RunOpen,
    /// Items are left that nobody marked.
    #[error("{0} items are not marked")]
    Unmarked(u64),
    /// Items were said to be on their way whose day has passed meanwhile.
    #[error("{0} items became overdue meanwhile")]
    Overdue(u64),
    /// The sheet was signed: it stays as it is.
    #[error("the run is finished")]
    Finished,
    /// What is overdue is not on track.
    #[error("it has been overdue since {0:?}")]
    Late(Moment),
    /// The thing is at its end: it is marked by that.
    #[error("the thing is at its end")]
    ThingEnded,
    /// Something happened to the thing that says more.
    #[error("it is marked by what happened")]
    Happened(Outcome),
    /// There is no desk above.
    #[error("nobody works at a desk above")]
    NobodyAbove,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::RunOpen => "clearing-run-open",
            Refusal::Unmarked(_) => "clearing-unmarked",
            Refusal::Overdue(_) => "clearing-overdue",
            Refusal::Finished => "clearing-finished",
            Refusal::Late(_) => "clearing-late",
            Refusal::ThingEnded => "clearing-thing-ended",
            Refusal::Happened(_) => "clearing-happened",
            Refusal::NobodyAbove => "clearing-nobody-above",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::Unmarked(count) | Refusal::Overdue(count) => vec![("count", Arg::Number(*count))],
            Refusal::Late(due) => vec![("due", Arg::Day(*due))],
            Refusal::Happened(outcome) => vec![("outcome", Arg::word(*outcome))],
            _ => Vec::new(),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::RunOpen | Refusal::Finished | Refusal::ThingEnded | Refusal::Happened(_) => {
                Kind::Conflict
            }
            _ => Kind::Rule,
        }
    }
}
