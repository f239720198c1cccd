//! Why the rules of joint working say no.

use yishi_kernel::refusal::Refuse;

/// What the rules of joint working do not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Streets adopt it, for all their communities.
    #[error("only a street adopts it")]
    NotAStreet,
    /// It says which parties act together.
    #[error("no party was named")]
    NoParties,
    /// It says what they practise.
    #[error("no practice was named")]
    NoPractices,
    /// It was adopted before it is recorded.
    #[error("it is recorded on the day of its adoption or later")]
    NotYet,
    /// More than the form holds.
    #[error("there are too many lines")]
    TooMany,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NotAStreet => "joint-not-a-street",
            Refusal::NoParties => "joint-no-parties",
            Refusal::NoPractices => "joint-no-practices",
            Refusal::NotYet => "joint-not-yet",
            Refusal::TooMany => "joint-too-many",
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NoParties => Some("name-1"),
            Refusal::NoPractices => Some("what-1"),
            Refusal::NotYet => Some("adopted"),
            Refusal::NotAStreet | Refusal::TooMany => None,
        }
    }
}
