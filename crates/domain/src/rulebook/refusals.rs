//! Why the rulebook says no.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::Args;

/// What the rulebook does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
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
            Refusal::NoStatute => "no-statute",
            Refusal::NotStreet => "not-street",
            Refusal::Confirmed => "confirmed-already",
            Refusal::ReadAhead => "read-ahead",
        }
    }

    fn args(&self) -> Args {
        Vec::new()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::ReadAhead => Some("on"),
            Refusal::NoStatute | Refusal::NotStreet | Refusal::Confirmed => None,
        }
    }
}
