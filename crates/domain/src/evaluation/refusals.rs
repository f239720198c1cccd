//! Why the rules of evaluation say no.

use yishi_kernel::refusal::{Kind, Refuse};

/// What the rules of evaluation do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This receipt has evaluated the standing answer already.
    #[error("this answer was evaluated already")]
    Evaluated,
    /// This receipt was opened when the answer stood already.
    #[error("this receipt is later than the answer; raise what is new")]
    CameLater,
    /// Somebody opened this receipt for a neighbour, who is called back.
    #[error("this receipt was opened for a neighbour, who is called back")]
    ByCall,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::Evaluated => "evaluated",
            Refusal::CameLater => "came-later",
            Refusal::ByCall => "by-call",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::Evaluated | Refusal::CameLater | Refusal::ByCall => Kind::Conflict,
        }
    }
}
