//! The packs that a ledger has adopted, each with the moment from which it holds.

use super::Event;
use yishi_kernel::{Moment, Stamped, Stream, StreamName};

/// The rulebook of a ledger (规则簿).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// The digest of every pack ever adopted with the moment from which it holds, oldest first.
    pub versions: Vec<(Moment, String)>,
}

impl Adopted {
    /// The digest of the pack in force at a moment: the last one adopted by then.
    #[must_use]
    pub fn in_force(&self, moment: Moment) -> Option<&str> {
        self.versions.iter().rev().find(|(from, _)| *from <= moment).map(|(_, sha256)| sha256.as_str())
    }
}

impl Stream for Adopted {
    const KIND: &'static str = "rules";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let mut adopted = Self { versions: Vec::new() };
        adopted.evolve(first);
        Some(adopted)
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let Event::Adopted { sha256 } = &next.what;
        self.versions.push((next.time, sha256.clone()));
    }

    fn files(&self) -> Vec<&str> {
        self.versions.iter().map(|(_, sha256)| sha256.as_str()).collect()
    }
}

/// The stream of a ledger's rulebook: there is one in each.
#[must_use]
pub fn stream() -> StreamName {
    StreamName::of(Adopted::KIND, &"pack")
}
