//! Why the rules of exclusions say no.

use yishi_kernel::refusal::{Kind, Refuse};

/// What the rules of exclusions do not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody here is above the street.
    #[error("the street handles it, and nobody here rules on what the street asks")]
    StreetsOwn,
    /// It was ruled twice.
    #[error("it was ruled a second time, and stands")]
    RuledTwice,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::StreetsOwn => "exclusion-streets-own",
            Refusal::RuledTwice => "exclusion-ruled-twice",
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::StreetsOwn => Kind::Rule,
            Refusal::RuledTwice => Kind::Conflict,
        }
    }
}
