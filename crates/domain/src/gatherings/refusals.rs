//! Why the rules of gatherings say no.

use super::record::MOST;
use yishi_kernel::Moment;
use yishi_kernel::refusal::{Arg, Args, Refuse};

/// What the rules of gatherings do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A record has at least one line.
    #[error("nothing was written down")]
    NoLines,
    /// And no more than a screen has.
    #[error("at most {MOST} lines")]
    TooManyLines,
    /// A line that becomes something says what.
    #[error("{field}: the line is empty")]
    EmptyLine {
        /// Its field.
        field: &'static str,
    },
    /// It has not begun.
    #[error("it begins at {0:?}")]
    NotYet(Moment),
    /// Further ahead, or longer ago, than anybody means.
    #[error("the day is too far away")]
    FarAway,
    /// How many came is a number of people.
    #[error("how many came?")]
    People,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoLines => "gathering-no-lines",
            Refusal::TooManyLines => "gathering-too-many-lines",
            Refusal::EmptyLine { .. } => "gathering-empty-line",
            Refusal::NotYet(_) => "gathering-not-yet",
            Refusal::FarAway => "gathering-far-away",
            Refusal::People => "gathering-people",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::TooManyLines => vec![("most", Arg::Number(MOST as u64))],
            Refusal::NotYet(starts) => vec![("starts", Arg::Minute(*starts))],
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Refusal::NoLines | Refusal::TooManyLines => "line-1",
            Refusal::EmptyLine { field } => field,
            Refusal::NotYet(_) | Refusal::FarAway => "date",
            Refusal::People => "people",
        })
    }
}
