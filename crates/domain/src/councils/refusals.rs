//! Why a command about a council was refused.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::Args;

/// A command about a council that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Only a community, village or compound has a council.
    #[error("only a community, village or compound has a council")]
    NoCouncilThere,
    /// The term ends before it begins.
    #[error("the term ends before it begins")]
    Term,
    /// Nobody with this number is a member now.
    #[error("nobody with this number is a member now")]
    NoMember,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoCouncilThere => "no-council-there",
            Refusal::Term => "term",
            Refusal::NoMember => "no-member",
        }
    }

    fn args(&self) -> Args {
        Vec::new()
    }

    fn field(&self) -> Option<&'static str> {
        Some(match self {
            Refusal::NoCouncilThere => "place",
            Refusal::Term => "until",
            Refusal::NoMember => "member",
        })
    }
}
