//! What one form brings about is brought about once: an office that works for a form marks the
//! first entry of each command with the form and what was in it, and finds the mark where the
//! same form comes again. It reads nothing for that which a command does not load anyway, and of
//! those that come at once only one is recorded. What a form makes anew is in [`crate::form_key`].

use crate::{Failure, FormKey, Office};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;
use yishi_kernel::record::SENT;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Loaded, Stream};
use yishi_store::{Fault, random_word};

/// A form while its request is carried out.
#[derive(Debug)]
pub(crate) struct Once {
    form: FormKey,
    /// How many commands it has brought about by now: the same, in the same order, when it
    /// comes again.
    acts: AtomicU32,
}

/// What stands at the entry that a command of a form brought about.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    form: String,
    said: String,
}

impl Mark {
    fn of(form: &FormKey, nth: u32) -> Option<Self> {
        Some(Self { form: form.mark(nth), said: form.said()? })
    }

    /// As it is kept.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.form, self.said)
    }

    /// Whether the same form has done this to a thing before.
    ///
    /// # Errors
    /// When there was something else in it then.
    pub(crate) fn stands<S: Stream>(&self, thing: &Loaded<S>) -> Result<bool, Failure> {
        let sent = thing.private.iter().filter(|((_, field), _)| field == SENT);
        let mut said = sent.filter_map(|(_, kept)| kept.trim_matches('"').strip_prefix(self.form.as_str()));
        match said.next_back() {
            None => Ok(false),
            Some(said) if said == self.said => Ok(true),
            Some(_) => Err(Common::SentOtherwise.into()),
        }
    }
}

impl Office {
    /// This office for whatever a form that was sent asks for.
    #[must_use]
    pub fn of_form(&self, form: FormKey) -> Self {
        Self { once: Some(Arc::new(Once { form, acts: AtomicU32::new(0) })), ..self.clone() }
    }

    /// The same for a form that may be sent again with something else in it, each time for itself, as
    /// a search: what it brings about is brought about once for each content.
    #[must_use]
    pub fn of_each_content(&self) -> Self {
        self.once.as_ref().map_or_else(|| self.clone(), |once| self.of_form(once.form.beside()))
    }

    /// Whether the form has done to this thing what it asks for.
    #[must_use]
    pub fn has_done<S: Stream>(&self, thing: &Loaded<S>) -> bool {
        let mark = self.once.as_ref().and_then(|once| Mark::of(&once.form, 0));
        mark.is_some_and(|mark| mark.stands(thing).unwrap_or_default())
    }

    /// The mark of the next command.
    pub(crate) fn mark(&self) -> Option<Mark> {
        let once = self.once.as_ref()?;
        Mark::of(&once.form, once.acts.fetch_add(1, Ordering::Relaxed))
    }

    /// What the form says that asks for something new.
    pub(crate) fn said(&self) -> Option<String> {
        self.once.as_ref()?.form.said()
    }

    /// The id of something new that a form asks for.
    pub(crate) fn id_of(&self, purpose: &str) -> Uuid {
        self.once.as_ref().map_or_else(Uuid::now_v7, |once| once.form.id(purpose))
    }

    /// The key of many new things that a form asks for, with all that is in it: with something else
    /// in it, it asks for others.
    pub(crate) fn key_of_many(&self) -> Result<FormKey, Failure> {
        if let Some(once) = &self.once {
            return Ok(once.form.beside());
        }
        let word = FormKey::fresh(self.now())?;
        Ok(FormKey::of(&word).ok_or(Common::Unknown)?)
    }

    /// The same for an id that tells nobody when it was made.
    pub(crate) fn timeless_id_of(&self, purpose: &str) -> Uuid {
        self.once.as_ref().map_or_else(Uuid::new_v4, |once| once.form.timeless_id(purpose))
    }

    /// A word that nobody can guess, for something new that a form asks for.
    pub(crate) fn word_for(&self, purpose: &str, length: usize) -> Result<String, Fault> {
        match &self.once {
            Some(once) => Ok(once.form.secret(purpose).split_off(26_usize.saturating_sub(length))),
            None => random_word(length),
        }
    }
}
