//! Why the rules of evaluation say no.

use yishi_kernel::refusal::{Kind, Refuse};

/// What the rules of evaluation do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This receipt has evaluated the standing answer already.
    #[error("this answer was evaluated already")]
    Evaluated,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Evaluated => "evaluated",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::Evaluated => Kind::Conflict,
        }
    }
}
