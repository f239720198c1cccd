//! Why the rulebook says no.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args};

/// What the rulebook does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The rules have no such number.
    #[error("the rules have no such number")]
    NoNumber,
    /// It may not be changed here.
    #[error("this number may not be changed here")]
    Fixed,
    /// It may not be so.
    #[error("it may be from {0} to {1}")]
    OutOfBounds(i64, i64),
    /// It is so already.
    #[error("it is so already")]
    Same,
    /// It is not otherwise here.
    #[error("it is not otherwise here")]
    NotOtherwise,
    /// The rules know no such statutory forum.
    #[error("the rules know no such statutory forum")]
    NoStatute,
    /// Only a street, a town or a township confirms.
    #[error("only a street, a town or a township confirms")]
    NotStreet,
    /// These very numbers are confirmed.
    #[error("these numbers are confirmed already")]
    Confirmed,
    /// The day of reading lies ahead.
    #[error("the day of reading lies ahead")]
    ReadAhead,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoNumber => "no-number",
            Refusal::Fixed => "number-fixed",
            Refusal::OutOfBounds(..) => "number-out-of-bounds",
            Refusal::Same => "number-same",
            Refusal::NotOtherwise => "number-not-otherwise",
            Refusal::NoStatute => "no-statute",
            Refusal::NotStreet => "not-street",
            Refusal::Confirmed => "confirmed-already",
            Refusal::ReadAhead => "read-ahead",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::OutOfBounds(least, most) => {
                vec![("least", Arg::Text(least.to_string())), ("most", Arg::Text(most.to_string()))]
            }
            _ => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::ReadAhead => Some("on"),
            Refusal::OutOfBounds(..) | Refusal::Same => Some("count"),
            _ => None,
        }
    }
}
