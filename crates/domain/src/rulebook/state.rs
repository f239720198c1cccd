//! The packs that a ledger has adopted, each with the moment from which it holds.

use super::Event;
use yishi_kernel::record::Fields;
use yishi_kernel::{Moment, Stamped, Stream, StreamName};

/// A pack as it was adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// From when it holds.
    pub from: Moment,
    /// The digest of its text.
    pub sha256: String,
    /// The digest of the pack that ships with a program, at its bottom.
    pub base: String,
}

/// The rulebook of a ledger (规则簿).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// Every pack ever adopted, oldest first.
    pub versions: Vec<Version>,
}

impl Adopted {
    /// The digest of the pack in force at a moment: the last one adopted by then.
    #[must_use]
    pub fn in_force(&self, moment: Moment) -> Option<&str> {
        self.at(moment).map(|version| version.sha256.as_str())
    }

    /// The pack in force at a moment.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Option<&Version> {
        self.versions.iter().rev().find(|version| version.from <= moment)
    }

    /// The pack adopted last.
    #[must_use]
    pub fn last(&self) -> Option<&Version> {
        self.versions.last()
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
        let Event::Adopted { sha256, base } = &next.what;
        self.versions.push(Version { from: next.time, sha256: sha256.clone(), base: base.clone() });
    }

    /// The first form knew no changes: what was adopted was what ships.
    fn upcast(kind: String, mut fields: Fields) -> (String, Fields) {
        if kind != "rules.adopted.1" {
            return (kind, fields);
        }
        if let Some(sha256) = fields.public.get("sha256").cloned() {
            fields.public.insert("base".to_owned(), sha256);
        }
        ("rules.adopted.2".to_owned(), fields)
    }

    fn files(&self) -> Vec<&str> {
        self.versions.iter().flat_map(|version| [version.sha256.as_str(), version.base.as_str()]).collect()
    }
}

/// The stream of a ledger's rulebook: there is one in each.
#[must_use]
pub fn stream() -> StreamName {
    StreamName::of(Adopted::KIND, &"pack")
}
