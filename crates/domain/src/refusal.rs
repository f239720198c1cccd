//! Why a command was refused: a typed reason that says which rule, which date, who may.
//! The words users see are in the web crate's texts under `refusal-<word>`.

use crate::access::Denied;
use crate::ids::MatterId;
use crate::moment::Moment;
use crate::text::TextError;

/// A command that the rules do not allow.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This actor may not do this here, now.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A text field was not taken.
    #[error("{field}: {error}")]
    Text {
        /// Name of the field in forms.
        field: &'static str,
        /// What is wrong with it.
        error: TextError,
    },
    /// Neither text nor photo.
    #[error("say something or attach a photo")]
    NothingSaid,
    /// More photos than the rules take.
    #[error("at most {max} photos")]
    TooManyPhotos {
        /// The most there may be.
        max: usize,
    },
    /// Raising for a neighbour needs the neighbour's consent.
    #[error("the neighbour must agree first")]
    NoConsent,
    /// The thing does not exist in this ledger.
    #[error("there is no such thing here")]
    Unknown,
    /// It already exists.
    #[error("it already exists")]
    Exists,
    /// The rule pack knows no such category.
    #[error("unknown category {0}")]
    Category(String),
    /// A matter cannot be merged into itself or into one merged into it.
    #[error("a matter cannot be merged into itself")]
    MergeSelf,
    /// It was merged; the other one goes on.
    #[error("it was merged into another matter, which goes on")]
    MergedInto(MatterId),
    /// It is not merged into that one.
    #[error("it is not merged into that matter")]
    NotMerged,
    /// This receipt has evaluated the standing answer already.
    #[error("this answer was evaluated already")]
    Evaluated,
    /// Some have not evaluated yet and may until then.
    #[error("{waiting} have not evaluated yet")]
    Waiting {
        /// How many receipts.
        waiting: u64,
        /// Until when they may.
        until: Moment,
    },
    /// The holder stays the same.
    #[error("it is held there already")]
    SameHolder,
    /// No such photo, or published already.
    #[error("no such photo to publish")]
    Photo,
    /// A place of this kind cannot lie in that one.
    #[error("this kind of place cannot lie there")]
    PlaceKind,
    /// The place or poster is closed.
    #[error("it is closed")]
    Ended,
    /// A role must be bound to a place of its kind, or to an organisation.
    #[error("this role must be bound to another kind of place or organisation")]
    Scope,
    /// The account does not hold this role.
    #[error("the account does not hold this role")]
    NoGrant,
}

impl Refusal {
    /// The word of text keys: `refusal-<word>`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Refusal::Denied(_) => "denied",
            Refusal::Text { error: TextError::Empty, .. } => "text-empty",
            Refusal::Text { error: TextError::TooLong { .. }, .. } => "text-too-long",
            Refusal::Text { error: TextError::Personal(_), .. } => "text-personal",
            Refusal::NothingSaid => "nothing-said",
            Refusal::TooManyPhotos { .. } => "too-many-photos",
            Refusal::NoConsent => "no-consent",
            Refusal::Unknown => "unknown",
            Refusal::Exists => "exists",
            Refusal::Category(_) => "category",
            Refusal::MergeSelf => "merge-self",
            Refusal::MergedInto(_) => "merged-into",
            Refusal::NotMerged => "not-merged",
            Refusal::Evaluated => "evaluated",
            Refusal::Waiting { .. } => "waiting",
            Refusal::SameHolder => "same-holder",
            Refusal::Photo => "photo",
            Refusal::PlaceKind => "place-kind",
            Refusal::Ended => "ended",
            Refusal::Scope => "scope",
            Refusal::NoGrant => "no-grant",
        }
    }
}
