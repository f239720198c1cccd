//! Why a command about a venue was refused.

use yishi_kernel::Refuse;

/// A command about a venue that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody can look for it.
    #[error("say what one can do there")]
    NoNeed,
    /// A venue cannot lie there.
    #[error("a venue cannot lie there")]
    Place,
    /// A correction says what is said already.
    #[error("nothing was changed")]
    Unchanged,
    /// It says that it is closed until a day that has passed: that cannot be true any more.
    #[error("it was to open again: open it, or close it anew")]
    PauseOver,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoNeed => "venue-no-need",
            Refusal::Place => "venue-place",
            Refusal::Unchanged => "venue-unchanged",
            Refusal::PauseOver => "venue-pause-over",
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::NoNeed => Some("needs"),
            Refusal::Place => Some("place"),
            Refusal::Unchanged | Refusal::PauseOver => None,
        }
    }
}
