//! Why something cannot be done about a danger.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::Kind;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The matter has an open danger already: that one is reported again.
    #[error("the matter has an open danger already")]
    IsOpen,
    /// Protecting needs a photo.
    #[error("attach a photo of the protection")]
    NoPhoto,
    /// Whoever protected does not confirm it.
    #[error("a second person must confirm it")]
    SecondPerson,
    /// Nobody says alone that there is no danger.
    #[error("a second role must agree that there is no danger")]
    SecondRole,
    /// Nobody has said that there is no danger.
    #[error("nobody has said that there is no danger")]
    NotDoubted,
    /// Somebody has said so already.
    #[error("somebody has said already that there is no danger")]
    IsDoubted,
    /// The lasting work is not done.
    #[error("the lasting work is not accepted yet")]
    NotLasting,
    /// It was seen already.
    #[error("it was seen already")]
    IsSeen,
    /// It is not late, or nobody is above.
    #[error("it need not go up")]
    NeedNotGoUp,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::IsOpen => "danger-is-open",
            Refusal::NoPhoto => "danger-no-photo",
            Refusal::SecondPerson => "danger-second-person",
            Refusal::SecondRole => "danger-second-role",
            Refusal::NotDoubted => "danger-not-doubted",
            Refusal::IsDoubted => "danger-is-doubted",
            Refusal::NotLasting => "danger-not-lasting",
            Refusal::IsSeen => "danger-is-seen",
            Refusal::NeedNotGoUp => "danger-need-not-go-up",
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NoPhoto => Some("photos"),
            _ => None,
        }
    }

    fn kind(&self) -> Kind {
        match self {
            Refusal::IsOpen | Refusal::IsSeen | Refusal::IsDoubted | Refusal::NotDoubted => Kind::Conflict,
            _ => Kind::Rule,
        }
    }
}
