//! What every stream of events has in common: a name, a state, and how the state
//! follows from the events. Loading and storing them is the shell's business.

use crate::ids::{
    AccountId, BallotId, MatterId, MeetingId, OrderId, OrganisationId, PlaceId, PosterId, ReceiptId, SeatId,
    TopicId,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;

/// A stream: one thing's events in order, and the state they make.
pub trait Stream: Default + Clone + fmt::Debug + PartialEq {
    /// What can happen to it.
    type Event: Serialize + DeserializeOwned + Clone + fmt::Debug + PartialEq;

    /// Takes an event into the state. Total: it never fails and never looks at rules,
    /// so that whatever was once recorded can always be replayed.
    fn evolve(&mut self, event: &Self::Event);
}

/// The name of a stream in its ledger, `kind/id`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(String);

impl StreamName {
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

    /// The stream of a rule pack.
    #[must_use]
    pub fn of_rules(name: &str) -> Self {
        Self(format!("rules/{name}"))
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! named {
    ($($id:ident => $kind:literal),*) => {
        $(impl From<$id> for StreamName {
            fn from(id: $id) -> Self {
                Self(format!("{}/{}", $kind, id.0))
            }
        })*
    };
}
named!(PlaceId => "place", OrganisationId => "organisation", MatterId => "matter",
       ReceiptId => "receipt", PosterId => "poster", TopicId => "topic", MeetingId => "meeting",
       SeatId => "seat", BallotId => "ballot", OrderId => "order");

impl From<AccountId> for StreamName {
    /// A person's id may stand in no envelope, so the stream is named by its digest:
    /// whoever knows the id finds the stream, and not the other way round.
    fn from(id: AccountId) -> Self {
        let digest = Sha256::digest(id.0.as_bytes());
        let hex: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        Self(format!("account/{hex}"))
    }
}

/// A stream as loaded: its state, the version it stands at, and the private values that
/// are kept, by version and field, as JSON text. Read models are functions of this.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded<S> {
    /// Number of events so far; 0 when the stream does not exist.
    pub version: u64,
    /// The state after them.
    pub state: S,
    /// Private values by version and field.
    pub private: BTreeMap<(u64, String), String>,
}

impl<S: Stream> Default for Loaded<S> {
    fn default() -> Self {
        Self { version: 0, state: S::default(), private: BTreeMap::new() }
    }
}

impl<S: Stream> Loaded<S> {
    /// Takes the next event in, with its private values.
    pub fn push(&mut self, event: &S::Event, private: impl IntoIterator<Item = (String, String)>) {
        self.version += 1;
        self.state.evolve(event);
        let version = self.version;
        self.private.extend(private.into_iter().map(|(field, value)| ((version, field), value)));
    }

    /// A private value, unless it was never there or was erased.
    #[must_use]
    pub fn private<T: DeserializeOwned>(&self, version: u64, field: &str) -> Option<T> {
        let text = self.private.get(&(version, field.to_owned()))?;
        serde_json::from_str(text).ok()
    }
}
