//! Why something cannot be done to a place.

use yishi_kernel::Refuse;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A place of this kind cannot lie in that one, or nothing like that can be done to it.
    #[error("this kind of place cannot lie there")]
    PlaceKind,
}

impl Refuse for Refusal {
    fn word(&self) -> &'static str {
        match self {
            Refusal::PlaceKind => "place-kind",
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Refusal::PlaceKind => Some("kind"),
        }
    }
}
