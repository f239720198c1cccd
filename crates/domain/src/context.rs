//! What every decision of a feature needs besides the state, and what it comes to.
//! No rules here.

use crate::access::{Action, Actor, Claim, Denied, Resource, Role, may};
use crate::ids::{AccountId, PlaceId};
use crate::matters::PhotoDigest;
use crate::moment::Moment;
use crate::record::Sealed;
use crate::refusal::Refusal;
use crate::rules::Rules;
use crate::text::{self, TextError};

/// All that a decision needs besides the state: who, when, where, by which rules.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The moment of the decision.
    pub now: Moment,
    /// Who acts.
    pub actor: &'a Actor,
    /// The rules in force.
    pub rules: &'a Rules,
    /// The exact place of what is decided on, and all places above it.
    pub path: &'a [PlaceId],
    /// Whether the actor holds a receipt of the matter, or a seat at the meeting.
    pub claim: Claim,
}

impl Context<'_> {
    /// The role in which the actor may do this, or why not.
    ///
    /// # Errors
    /// The reason of refusal.
    pub fn allows(&self, action: Action, resource: &Resource) -> Result<Role, Denied> {
        may(self.actor, action, resource, self.now)
    }

    /// The actor, as an entry names whoever did something.
    pub(crate) fn by(&self) -> Sealed<AccountId> {
        self.actor.account.map_or(Sealed::Erased, Sealed::Kept)
    }

    /// A text for everyone to read, as long as a note may be.
    pub(crate) fn note(&self, field: &'static str, raw: &str) -> Result<String, Refusal> {
        self.public(field, raw, self.rules.limits.text)
    }

    /// A line for everyone to read, as long as a summary may be.
    pub(crate) fn line(&self, field: &'static str, raw: &str) -> Result<String, Refusal> {
        self.public(field, raw, self.rules.limits.summary)
    }

    /// Photos as an entry keeps them, private until published; at most as many as the rules take.
    pub(crate) fn photos(
        &self,
        photos: Vec<PhotoDigest>,
    ) -> Result<Option<Sealed<Vec<PhotoDigest>>>, Refusal> {
        let max = self.rules.limits.photos;
        if photos.len() > max {
            return Err(Refusal::TooManyPhotos { max });
        }
        Ok((!photos.is_empty()).then_some(Sealed::Kept(photos)))
    }

    fn public(&self, field: &'static str, raw: &str, max: usize) -> Result<String, Refusal> {
        text::clean_public(raw, max).map_err(|error| Refusal::Text { field, error })
    }
}

/// A text that may be left empty.
pub(crate) fn optional<T>(text: Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    match text {
        Ok(text) => Ok(Some(text)),
        Err(Refusal::Text { error: TextError::Empty, .. }) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// A private text of at most `max` characters; nothing where it was left empty.
pub(crate) fn private(field: &'static str, raw: &str, max: usize) -> Result<Option<Sealed<String>>, Refusal> {
    let clean = text::clean(raw, max).map_err(|error| Refusal::Text { field, error });
    Ok(optional(clean)?.map(Sealed::Kept))
}

/// What a command brings about in one stream, and the role it was done in.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision<E> {
    /// The role that stands in the entries.
    pub role: Role,
    /// What happened, in order.
    pub events: Vec<E>,
}
