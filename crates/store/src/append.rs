//! What one append brings: entries of one ledger, the read-model rows that follow, and
//! what must not have changed meanwhile. How it is made durable is each store's business.

use crate::journal::Erased;
use crate::outbox::Job;
use crate::table::RowOf;
use crate::{Fault, Row, SearchIndex, Table, Value};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;
use yishi_ledger::{CanonicalError, Draft, Parts, commitment};

/// Entries, rows and conditions of one ledger, recorded together or not at all.
#[derive(Clone, Debug)]
pub struct Append {
    /// The ledger.
    pub ledger: Uuid,
    /// The time, in microseconds since the epoch; what is recorded is never earlier than
    /// the entry before.
    pub now: i64,
    /// New entries, in order.
    pub entries: Vec<NewEntry>,
    /// What must stand as it was read.
    pub guards: Vec<Guard>,
    /// Changes of read models, in order.
    pub writes: Vec<Write>,
    /// Private values to erase: stream, version, field.
    pub erasures: Vec<(String, u64, String)>,
    /// Jobs to be done once this is recorded.
    pub jobs: Vec<Job>,
}

/// An entry before it has its number.
#[derive(Clone, Debug)]
pub struct NewEntry {
    /// Its stream.
    pub stream: String,
    /// Its version: one more than the stream has.
    pub version: u64,
    /// Versioned name of its kind.
    pub kind: String,
    /// The role it was done in.
    pub role: String,
    /// The place, a building at the finest.
    pub place: Option<String>,
    /// Fields anyone may read.
    pub public: Map<String, Json>,
    /// Private fields as JSON text.
    pub private: BTreeMap<String, String>,
    /// Those of them that are texts for everyone to read.
    pub published: BTreeSet<String>,
}

/// What must stand as it was read.
#[derive(Clone, Debug)]
pub enum Guard {
    /// A stream.
    Stream {
        /// Which.
        stream: String,
        /// At which version, 0 when it must not exist.
        version: u64,
    },
    /// What a statement finds in rows of this ledger: for what was decided by many streams,
    /// more of which may begin meanwhile.
    Found(Answer),
}

/// A statement with its answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The statement; it reads rows of one ledger in an order of its own.
    pub sql: Cow<'static, str>,
    /// Its arguments.
    pub args: Vec<Value>,
    /// What it found, and must find again.
    pub rows: Vec<Row>,
}

/// A change of a read model.
#[derive(Clone, Debug)]
pub enum Write {
    /// Insert a row, or replace the one with its key.
    Put {
        /// The row.
        row: RowOf,
        /// The stream it follows from, whose first entry's number it may hold.
        stream: String,
    },
    /// Delete the row with this key, if there is one.
    Delete {
        /// Where.
        table: &'static Table,
        /// The key.
        key: Vec<Value>,
    },
    /// Set the terms by which something is found.
    Terms {
        /// Where.
        index: &'static SearchIndex,
        /// Of which ledger.
        ledger: Uuid,
        /// The number by which the index knows it.
        doc: i64,
        /// Terms of each column.
        columns: Vec<Vec<String>>,
    },
}

/// Where an append was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Number of its first entry.
    pub first: u64,
    /// Recording time.
    pub at: i64,
}

/// Why an append was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Another one was quicker: load and decide again.
    #[error("another change was quicker")]
    Conflict,
    /// The store failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl AppendError {
    /// Of a fault that several may have met at once.
    pub(crate) fn met(fault: &Arc<Fault>) -> Self {
        if fault.is_conflict() { Self::Conflict } else { Self::Fault(Fault::Met(Arc::clone(fault))) }
    }
}

/// An append with all its hashing and salting done, so that whoever holds the ledger's
/// head only has to put numbers in.
#[derive(Clone, Debug)]
pub(crate) struct Prepared {
    pub ledger: String,
    pub now: i64,
    pub entries: Vec<PreparedEntry>,
    /// The version each stream must have, once for each stream.
    pub expected: Vec<Expected>,
    pub answers: Vec<Answer>,
    pub writes: Vec<Write>,
    pub erasures: Vec<(String, u64, String)>,
    pub jobs: Vec<Job>,
}

/// Where a stream must stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expected {
    pub stream: String,
    pub version: i64,
    pub way: Way,
}

/// How it is found out whether a stream stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// It has to be looked up.
    Look,
    /// It is to begin here, which is refused where it has begun.
    Begin,
}

/// A private value with its salt.
#[derive(Clone, Debug)]
pub(crate) struct PreparedValue {
    pub field: String,
    pub salt: [u8; 32],
    pub value: String,
    /// 1 for a text that somebody wrote for everyone to read.
    pub published: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct PreparedEntry {
    pub stream: String,
    pub version: i64,
    pub kind: String,
    pub draft: Draft,
    pub private: Vec<PreparedValue>,
}

impl Prepared {
    /// What it erases.
    pub(crate) fn erased(&self) -> impl Iterator<Item = Erased> + '_ {
        self.erasures.iter().map(|(stream, version, field)| Erased {
            ledger: self.ledger.clone(),
            stream: stream.clone(),
            version: *version,
            field: field.clone(),
        })
    }

    pub(crate) fn new(append: Append) -> Result<Self, AppendError> {
        let ledger = append.ledger.to_string();
        let entries = append
            .entries
            .into_iter()
            .map(|entry| PreparedEntry::new(&ledger, entry))
            .collect::<Result<Vec<_>, _>>()?;
        let Append { now, guards, writes, erasures, jobs, .. } = append;
        let (mut streams, mut answers) = (Vec::new(), Vec::new());
        for guard in guards {
            match guard {
                Guard::Stream { stream, version } => streams.push((stream, int(version))),
                Guard::Found(answer) => answers.push(answer),
            }
        }
        let expected = expected(streams, &entries)?;
        Ok(Self { ledger, now, entries, expected, answers, writes, erasures, jobs })
    }
}

/// The version each stream must have. Versions of a stream count on by one from there.
fn expected(streams: Vec<(String, i64)>, entries: &[PreparedEntry]) -> Result<Vec<Expected>, AppendError> {
    let mut expected: Vec<Expected> = Vec::with_capacity(streams.len() + entries.len());
    // Where each of them stands by now.
    let mut last: HashMap<String, i64> = HashMap::new();
    for (stream, version) in streams {
        if last.insert(stream.clone(), version).is_none() {
            expected.push(Expected { stream, version, way: Way::Look });
        }
    }
    for entry in entries {
        let last = last.entry(entry.stream.clone()).or_insert_with(|| {
            let version = entry.version - 1;
            let way = if version == 0 { Way::Begin } else { Way::Look };
            expected.push(Expected { stream: entry.stream.clone(), version, way });
            version
        });
        // It was read twice, and somebody was quicker in between.
        if entry.version != *last + 1 {
            return Err(AppendError::Conflict);
        }
        *last = entry.version;
    }
    Ok(expected)
}

impl PreparedEntry {
    fn new(ledger: &str, entry: NewEntry) -> Result<Self, Fault> {
        let private = entry
            .private
            .into_iter()
            .map(|(field, value)| {
                // The value is committed to in its canonical form, whatever wrote it.
                let value = serde_json::from_str(&value)
                    .map_err(|error| CanonicalError::Json(error.to_string()))
                    .and_then(|value| yishi_ledger::canonical::to_string(&value))
                    .map_err(Fault::unreadable)?;
                let published = i64::from(entry.published.contains(&field));
                Ok(PreparedValue { field, salt: crate::random::<32>()?, value, published })
            })
            .collect::<Result<Vec<_>, Fault>>()?;
        let commitments = private
            .iter()
            .map(|one| (one.field.clone(), commitment(&one.salt, &one.field, &one.value)))
            .collect();
        let draft = Draft::new(&Parts {
            kind: &entry.kind,
            ledger,
            nonce: crate::random::<16>()?,
            place: entry.place.as_deref(),
            private: &commitments,
            public: &entry.public,
            role: &entry.role,
            stream: &entry.stream,
            version: entry.version,
        })
        .map_err(Fault::unreadable)?;
        Ok(Self { stream: entry.stream, version: int(entry.version), kind: entry.kind, draft, private })
    }
}

pub(crate) fn int(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
