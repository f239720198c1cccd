//! What every stream of events has in common: a name, a state, and how the state
//! follows from the events. Loading and storing them is the shell's business.

use crate::access::{About, Actor, Resource};
use crate::amend::Entry;
use crate::context::Context;
use crate::due::Clock;
use crate::ids::{AccountId, PlaceId};
use crate::moment::Moment;
use crate::record::{Fields, Sealed, Staff};
use crate::refusal::{Common, Refusal};
use crate::rules::Pack;
use crate::wait::{Passing, Wait};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;

/// A stream: one thing's events in order, and the state they make. A state exists from its
/// first event on; before that there is none, so that nothing in it needs to be optional for
/// that reason.
pub trait Stream: Sized + Clone + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// The first part of the stream's name, and of its events' kinds.
    const KIND: &'static str;

    /// Its fields that hold the digest of a text which quotes others: they go with what they
    /// quote.
    const QUOTES: &'static [&'static str] = &[];

    /// Its fields that may be copies of texts of the thing it came from: they are corrected and
    /// taken back with these.
    const COPIES: &'static [&'static str] = &[];

    /// What can happen to it. Kinds are versioned names (`matter.raised.1`) whose fields are
    /// closed (`#[serde(tag = "kind", deny_unknown_fields)]`): a new field is a new version.
    type Event: Serialize + DeserializeOwned + Clone + fmt::Debug + PartialEq + Send + Sync + 'static;

    /// The state after the first event; nothing when the event cannot be a first one.
    fn begin(first: &Stamped<Self::Event>) -> Option<Self>;

    /// Takes a further event into the state. Total: it never fails and never looks at rules,
    /// so that whatever was once recorded can always be replayed.
    fn evolve(&mut self, next: &Stamped<Self::Event>);

    /// Turns an entry of an older kind into one of the newest. Only the newest is written.
    #[must_use]
    fn upcast(kind: String, fields: Fields) -> (String, Fields) {
        (kind, fields)
    }

    /// The place that stands in its entries' envelopes, building at the finest.
    fn place(&self) -> Option<PlaceId> {
        None
    }

    /// The place itself, by which rights are judged: exact where that is known.
    fn at(&self) -> Option<PlaceId> {
        self.place()
    }

    /// The thing as the predicate of access sees it, for this actor. `path` is its exact place
    /// and all above it.
    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource::at(path)
    }

    /// Told whom the things are about that it follows from: it is about them as well, as long as
    /// these are. Whoever loads it tells it; it is no part of what happened to it, so nothing
    /// that is written may depend on it.
    fn concerns(&mut self, _about: About) {}

    /// What waits: nothing once it is at its end.
    fn waits(&self) -> Vec<Wait> {
        Vec::new()
    }

    /// What follows where something in it hangs on a holder who is no longer there: it passes to
    /// the heir. Nothing where nothing in it does.
    fn pass_on(&self, _passing: &Passing) -> Vec<Self::Event> {
        Vec::new()
    }

    /// The clock that runs for it by a rule, where one does: of its next step.
    fn clock<'r>(&self, _rules: &'r Pack) -> Option<Clock<'r>> {
        None
    }

    /// What happens to it because its clock was reckoned by a calendar that came later, and runs out
    /// sooner.
    fn reckoned(&self, _due: Moment, _ctx: &Context) -> Vec<Self::Event> {
        Vec::new()
    }

    /// What happens to it because a text was corrected or taken back that it says or quotes;
    /// nothing, mostly.
    fn requoted(&self, _ctx: &Context) -> Vec<Self::Event> {
        Vec::new()
    }

    /// The digests of the files it uses: photos, published or not, and texts of rules. Files
    /// that no stream uses are swept.
    fn files(&self) -> Vec<&str> {
        Vec::new()
    }
}

/// An event with when it happened and, where somebody signed in did it, who.
///
/// Entries carry the moment of the decision, since deadlines start from it; the ledger's own
/// recording time comes later by a moment and stands in the envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamped<E> {
    /// When.
    pub time: Moment,
    /// The account of whoever did it.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// What happened.
    pub what: E,
}

impl<E> Stamped<E> {
    /// The same of something else that happened.
    #[must_use]
    pub fn map<T>(self, what: impl FnOnce(E) -> T) -> Stamped<T> {
        Stamped { time: self.time, by: self.by, what: what(self.what) }
    }

    /// Whether this account did it; nobody did what was erased.
    #[must_use]
    pub fn is_by(&self, account: AccountId) -> bool {
        self.by.as_ref().is_some_and(|by| by.is(&account))
    }
}

/// The name of a stream in its ledger, `kind/id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(String);

impl StreamName {
    /// The stream of a kind and an id.
    #[must_use]
    pub fn of(kind: &str, id: &dyn fmt::Display) -> Self {
        Self(format!("{kind}/{id}"))
    }

    /// The name as it stands in the ledger.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the slash.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The part after the slash.
    #[must_use]
    pub fn id(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, id)| id)
    }

    /// A name read from a store.
    #[must_use]
    pub fn stored(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A stream as loaded: its state once it has begun, the version it stands at, and the private
/// values that are kept, by version and field, as JSON text. Read models are functions of this.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded<S> {
    /// Number of events so far; 0 when the stream does not exist.
    pub version: u64,
    /// The state after them.
    pub state: Option<S>,
    /// Private values by version and field.
    pub private: BTreeMap<(u64, String), String>,
}

impl<S> Default for Loaded<S> {
    fn default() -> Self {
        Self { version: 0, state: None, private: BTreeMap::new() }
    }
}

impl<S: Stream> Loaded<S> {
    /// The state, where the stream exists.
    #[must_use]
    pub fn get(&self) -> Option<&S> {
        self.state.as_ref()
    }

    /// The state.
    ///
    /// # Errors
    /// When the stream does not exist.
    pub fn must(&self) -> Result<&S, Refusal> {
        self.state.as_ref().ok_or(Common::Unknown.into())
    }

    /// Takes the next event in, with its private values.
    pub fn push(&mut self, event: &Stamped<S::Event>, private: impl IntoIterator<Item = (String, String)>) {
        match &mut self.state {
            Some(state) => state.evolve(event),
            None => self.state = S::begin(event),
        }
        self.amended(private);
    }

    /// Takes the next entry in where it is about values of others: the state follows from those
    /// that are kept, so that there is nothing to change in it.
    pub fn amended(&mut self, private: impl IntoIterator<Item = (String, String)>) {
        self.version += 1;
        let version = self.version;
        self.private.extend(private.into_iter().map(|(field, value)| ((version, field), value)));
    }

    /// Takes the next entry in, whatever it says.
    pub fn take(
        &mut self,
        entry: Stamped<Entry<S::Event>>,
        private: impl IntoIterator<Item = (String, String)>,
    ) {
        let Stamped { time, by, what } = entry;
        match what {
            Entry::Own(what) => self.push(&Stamped { time, by, what }, private),
            Entry::Amended(_) => self.amended(private),
        }
    }

    /// A private value, unless it was never there or was erased.
    #[must_use]
    pub fn private<T: DeserializeOwned>(&self, version: u64, field: &str) -> Option<T> {
        let text = self.private.get(&(version, field.to_owned()))?;
        serde_json::from_str(text).ok()
    }
}
