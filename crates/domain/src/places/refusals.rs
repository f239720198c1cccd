//! Why something cannot be done to a place.

use yishi_kernel::Refuse;
use yishi_kernel::refusal::{Arg, Args};

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A place of this kind cannot lie in that one, or nothing like that can be done to it.
    #[error("this kind of place cannot lie there")]
    PlaceKind,
    /// A short name is of letters only.
    #[error("a short name consists of letters only: leave out digits, brackets and spaces")]
    ShortName,
    /// Something is left in it.
    #[error("{places} places and {things} open things are left in it: close and finish those first")]
    StillUsed {
        /// Places below it that stand.
        places: u64,
        /// Things that wait.
        things: u64,
    },
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::PlaceKind => "place-kind",
            Refusal::ShortName => "short-name",
            Refusal::StillUsed { .. } => "still-used",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::StillUsed { places, things } => {
                vec![("places", Arg::Number(*places)), ("things", Arg::Number(*things))]
            }
            Refusal::PlaceKind | Refusal::ShortName => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::PlaceKind => Some("kind"),
            Refusal::ShortName => Some("short"),
            Refusal::StillUsed { .. } => None,
        }
    }
}
