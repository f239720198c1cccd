//! Why something of partners is refused.

use yishi_kernel::Moment;
use yishi_kernel::refusal::{Arg, Args, Kind, Refuse};

/// What the rules of partners do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A token is for a place that keeps a ledger.
    #[error("a token is opened for a community or what lies above it")]
    Place,
    /// A token holds for two years at most.
    #[error("it must end by {0:?}")]
    TooLong(Moment),
    /// The partner's own number stands for something else already.
    #[error("the same number was sent with something else")]
    OtherContent,
    /// What the partner calls the place names none, or several.
    #[error("the place is not known, or could be several")]
    NoPlace,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Place => "partner-place",
            Refusal::TooLong(_) => "partner-too-long",
            Refusal::OtherContent => "partner-other-content",
            Refusal::NoPlace => "partner-no-place",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::TooLong(last) => vec![("last", Arg::Day(*last))],
            Refusal::Place | Refusal::OtherContent | Refusal::NoPlace => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::Place => None,
            Refusal::TooLong(_) => Some("expires"),
            Refusal::OtherContent => Some("id"),
            Refusal::NoPlace => Some("place"),
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::OtherContent => Kind::Conflict,
            Refusal::Place | Refusal::TooLong(_) | Refusal::NoPlace => Kind::Rule,
        }
    }
}
