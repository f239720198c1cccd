//! Why something cannot be done to a place.

use super::plan::{MOST, NoPlan, Wrong};
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
    /// A place of this kind and name stands there.
    #[error("“{name}” stands there already: give another name, or keep the one that is there")]
    SamePlace {
        /// What it is called.
        name: String,
    },
    /// A plan of many places does not read.
    #[error(transparent)]
    Plan(#[from] NoPlan),
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
            Refusal::SamePlace { .. } => "same-place",
            Refusal::Plan(no) => match no.wrong {
                Wrong::Empty => "plan-empty",
                Wrong::Blank => "plan-blank",
                Wrong::Unit => "plan-unit",
                Wrong::Range => "plan-range",
                Wrong::Backwards => "plan-backwards",
                Wrong::Rooms => "plan-rooms",
                Wrong::Twice => "plan-twice",
                Wrong::Mixed => "plan-mixed",
                Wrong::Parent => "plan-parent",
                Wrong::Many => "plan-many",
            },
            Refusal::StillUsed { .. } => "still-used",
        }
    }

    fn args(&self) -> Args {
        match self {
            Refusal::StillUsed { places, things } => {
                vec![("places", Arg::Number(*places)), ("things", Arg::Number(*things))]
            }
            Refusal::SamePlace { name } => vec![("name", Arg::Text(name.clone()))],
            Refusal::Plan(NoPlan { line, words, count, .. }) => vec![
                ("line", Arg::Number(*line)),
                ("words", Arg::Text(words.clone())),
                ("count", Arg::Number(*count)),
                ("most", Arg::Number(MOST)),
            ],
            Refusal::PlaceKind | Refusal::ShortName => Vec::new(),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::PlaceKind => Some("kind"),
            Refusal::ShortName => Some("short"),
            Refusal::SamePlace { .. } => Some("name"),
            Refusal::Plan(_) => Some("plan"),
            Refusal::StillUsed { .. } => None,
        }
    }
}
