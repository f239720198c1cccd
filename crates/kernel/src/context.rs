//! What every decision of a feature needs besides the state: who acts, when, where and by
//! which rules, with the checks that all features share. No rules here.

use crate::access::{Actor, Claim, Denied, Resource, Right, Role, may};
use crate::due::{Deadline, Due};
use crate::ids::{AccountId, PlaceId};
use crate::moment::Moment;
use crate::personal::Looked;
use crate::photo::PhotoDigest;
use crate::record::{Published, Sealed, Staff, Whose};
use crate::refusal::{Common, Refusal, optional};
use crate::rules::{Limits, Pack, Section};
use crate::text;

/// All that a decision needs besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The moment of the decision.
    pub now: Moment,
    /// Who acts.
    pub actor: &'a Actor,
    /// The role that the right was given for.
    pub role: Role,
    /// The rules in force.
    pub rules: &'a Pack,
    /// The exact place of what is decided on, and all places above it.
    pub path: &'a [PlaceId],
}

impl<'a> Context<'a> {
    /// The role in which the actor may do this, or why not.
    ///
    /// # Errors
    /// The reason of refusal.
    pub fn may(&self, right: &Right, resource: &Resource) -> Result<Role, Denied> {
        may(self.actor, right, resource, self.now)
    }

    /// A feature's section of the rules.
    #[must_use]
    pub fn section<S: Section>(&self) -> &'a S {
        self.rules.section()
    }

    /// When something that begins now is due by the calendar in force, and why then.
    #[must_use]
    pub fn due<'d>(&self, rule: &'d Deadline) -> Due<'d> {
        self.rules.due(rule, self.now)
    }

    /// The actor, as a private field names somebody; nothing for a visitor, nor for whoever
    /// acts by what a secret link shows: a ballot or an evaluation names no account.
    #[must_use]
    pub fn by(&self) -> Option<Sealed<AccountId, Staff>> {
        match self.actor.claim {
            Claim::None => self.actor.account.map(Sealed::Kept),
            Claim::Receipt | Claim::Seat => None,
        }
    }

    /// A text for everyone to read, as long as a note may be.
    ///
    /// # Errors
    /// When it is empty, too long, or holds personal data.
    pub fn note(&self, field: &'static str, raw: &str) -> Result<Published, Refusal> {
        self.public(field, raw, self.section::<Limits>().text)
    }

    /// A line for everyone to read, as long as a summary may be.
    ///
    /// # Errors
    /// When it is empty, too long, or holds personal data.
    pub fn line(&self, field: &'static str, raw: &str) -> Result<Published, Refusal> {
        self.public(field, raw, self.section::<Limits>().summary)
    }

    /// A name that everyone reads, of at most `max` characters.
    ///
    /// # Errors
    /// When nothing of it can be seen, it is too long, or holds personal data.
    pub fn name(&self, field: &'static str, raw: &str, max: usize) -> Result<String, Refusal> {
        public_name(field, raw, max, &self.actor.looked)
    }

    fn public(&self, field: &'static str, raw: &str, max: usize) -> Result<Published, Refusal> {
        let text = text::clean_public(raw, max, &self.actor.looked);
        Ok(text.map_err(|error| Common::Text { field, error })?.into())
    }

    /// A private text, as long as a note may be; nothing where it was left empty.
    ///
    /// # Errors
    /// When it is too long.
    pub fn private<W: Whose>(
        &self,
        field: &'static str,
        raw: &str,
    ) -> Result<Option<Sealed<String, W>>, Refusal> {
        private(field, raw, self.section::<Limits>().text)
    }

    /// A private line, as long as a summary may be; nothing where it was left empty.
    ///
    /// # Errors
    /// When it is too long.
    pub fn private_line<W: Whose>(
        &self,
        field: &'static str,
        raw: &str,
    ) -> Result<Option<Sealed<String, W>>, Refusal> {
        private(field, raw, self.section::<Limits>().summary)
    }

    /// Photos as an entry keeps them, private until published; at most as many as the rules take.
    ///
    /// # Errors
    /// When there are more.
    pub fn photos<W: Whose>(
        &self,
        photos: Vec<PhotoDigest>,
    ) -> Result<Option<Sealed<Vec<PhotoDigest>, W>>, Refusal> {
        let max = self.section::<Limits>().photos;
        if photos.len() > max {
            return Err(Common::TooManyPhotos { max }.into());
        }
        Ok((!photos.is_empty()).then_some(Sealed::Kept(photos)))
    }

    /// A moment that is still to come.
    ///
    /// # Errors
    /// When it lies in the past.
    pub fn future(&self, field: &'static str, moment: Moment) -> Result<Moment, Refusal> {
        if moment <= self.now { Err(Common::Past { field }.into()) } else { Ok(moment) }
    }
}

/// A name that everyone reads, of at most `max` characters: of a place, a body, an account.
///
/// # Errors
/// When nothing of it can be seen, it is too long, or holds personal data.
pub fn public_name(field: &'static str, raw: &str, max: usize, looked: &Looked) -> Result<String, Refusal> {
    text::public_line(raw, max, looked).map_err(|error| Common::Text { field, error }.into())
}

/// A name or another line of at most `max` characters that only some read.
///
/// # Errors
/// When nothing of it can be seen, or it is too long.
pub fn name(field: &'static str, raw: &str, max: usize) -> Result<String, Refusal> {
    text::line(raw, max).map_err(|error| Common::Text { field, error }.into())
}

/// A private text of at most `max` characters; nothing where it was left empty.
///
/// # Errors
/// When it is too long.
pub fn private<W: Whose>(
    field: &'static str,
    raw: &str,
    max: usize,
) -> Result<Option<Sealed<String, W>>, Refusal> {
    let text = text::clean(raw, max).map_err(|error| Common::Text { field, error }.into());
    Ok(optional(text)?.map(Sealed::Kept))
}
