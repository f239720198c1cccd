//! What one command brings about in streams of one ledger, with the rows that follow: entries,
//! what must not have changed, and the difference of read models. It decides nothing.

use crate::viewed::{Viewed, rows_of};
use yishi_kernel::record::{self, Record, SENT};
use yishi_kernel::{Loaded, Moment, PlaceId, Role, Stamped, StreamName, ValueAt};
use yishi_store::duty::FileUse;
use yishi_store::outbox::Job;
use yishi_store::table::TableRow as _;
use yishi_store::{Append, Fault, Guard, NewEntry, RowOf, TermsOf, Value, Write};

/// A batch of one ledger, recorded together or not at all.
#[derive(Debug)]
pub struct Batch {
    pub(crate) ledger: PlaceId,
    now: Moment,
    entries: Vec<NewEntry>,
    guards: Vec<Guard>,
    deletes: Vec<Write>,
    puts: Vec<Write>,
    erasures: Vec<(String, u64, String)>,
    jobs: Vec<Job>,
}

impl Batch {
    /// An empty one.
    #[must_use]
    pub fn new(ledger: PlaceId, now: Moment) -> Self {
        Self {
            ledger,
            now,
            entries: Vec::new(),
            guards: Vec::new(),
            deletes: Vec::new(),
            puts: Vec::new(),
            erasures: Vec::new(),
            jobs: Vec::new(),
        }
    }

    /// This must still stand so when the batch is recorded.
    pub(crate) fn guard(&mut self, guard: Guard) {
        self.guards.push(guard);
    }

    /// How many entries it brings.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it changes nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.erasures.is_empty()
    }

    /// Whether it records something in a stream of this kind.
    pub(crate) fn holds(&self, kind: &str) -> bool {
        let of = |entry: &NewEntry| entry.stream.split_once('/').is_some_and(|(front, _)| front == kind);
        self.entries.iter().any(of)
    }

    /// What the form said that it follows from, kept with its first entry of this stream.
    pub(crate) fn sent(&mut self, stream: &StreamName, said: Option<&str>) {
        let own = self.entries.iter_mut().find(|entry| entry.stream == stream.as_str());
        if let (Some(entry), Some(said)) = (own, said) {
            entry.private.insert(SENT.to_owned(), format!("\"{said}\""));
        }
    }

    /// Another batch of the same ledger, to be recorded after this one and with it.
    #[must_use]
    pub(crate) fn then(mut self, other: Batch) -> Batch {
        self.now = self.now.max(other.now);
        self.entries.extend(other.entries);
        self.guards.extend(other.guards);
        self.deletes.extend(other.deletes);
        self.puts.extend(other.puts);
        self.erasures.extend(other.erasures);
        self.jobs.extend(other.jobs);
        self
    }

    /// Records what happened in a stream, in the role it was done in.
    pub fn record<S: Viewed>(
        &mut self,
        stream: &StreamName,
        loaded: &mut Loaded<S>,
        role: Role,
        events: Vec<Stamped<S::Event>>,
    ) -> Result<(), Fault> {
        let before = Snapshot::of(self.ledger, stream, loaded);
        for event in events {
            let record = record::encode(&event).map_err(Fault::unreadable)?;
            loaded.push(&event, record.private.clone());
            if let Some(ending) = loaded.get().and_then(|state| S::ending(stream.id(), state, &event.what)) {
                self.jobs.push(ending.job(self.ledger, stream, loaded.version, self.now)?);
            }
            self.entry(stream, loaded, role, record);
        }
        self.difference(stream, before, Snapshot::of(self.ledger, stream, loaded));
        Ok(())
    }

    /// These values go.
    pub(crate) fn go(&mut self, stream: &StreamName, values: &[ValueAt]) {
        self.erasures.extend(
            values.iter().map(|value| (stream.as_str().to_owned(), value.version, value.field.clone())),
        );
    }

    /// Nothing is left of it to be recorded.
    pub(crate) fn clear(&mut self) {
        *self = Self::new(self.ledger, self.now);
    }

    /// The entry of what a stream was just taken to.
    pub(crate) fn entry<S: Viewed>(
        &mut self,
        stream: &StreamName,
        loaded: &Loaded<S>,
        role: Role,
        record: Record,
    ) {
        let published = record.published();
        self.entries.push(NewEntry {
            stream: stream.as_str().to_owned(),
            version: loaded.version,
            kind: record.kind,
            role: role.word().to_owned(),
            place: loaded.get().and_then(S::place).map(|place| place.to_string()),
            published,
            public: record.public,
            private: record.private,
        });
    }

    /// Files whose use by a stream ends with it.
    pub(crate) fn freed(&self) -> Vec<String> {
        let file = |write: &Write| match write {
            Write::Delete { table, key } if *table == FileUse::TABLE => match key.last() {
                Some(Value::Text(digest)) => Some(digest.clone()),
                _ => None,
            },
            _ => None,
        };
        self.deletes.iter().filter_map(file).collect()
    }

    pub(crate) fn difference(&mut self, stream: &StreamName, before: Snapshot, after: Snapshot) {
        for row in &before.rows {
            let gone = !after.rows.iter().any(|new| same_key(row, new));
            if gone {
                self.deletes.push(Write::Delete { table: row.table, key: row.key().to_vec() });
            }
        }
        for row in after.rows {
            if !before.rows.contains(&row) {
                self.puts.push(Write::Put { row, stream: stream.as_str().to_owned() });
            }
        }
        if let Some(terms) = after.terms.filter(|terms| Some(terms) != before.terms.as_ref()) {
            self.puts.push(Write::Terms {
                index: terms.index,
                ledger: self.ledger.0,
                doc: terms.doc,
                columns: terms.columns,
            });
        }
    }

    /// Ready to be recorded.
    #[must_use]
    pub fn into_append(self) -> Append {
        // A row may pass from one stream to another, as a merged matter's place in its
        // family does: first all that goes, then all that comes.
        let writes = self.deletes.into_iter().chain(self.puts).collect();
        Append {
            ledger: self.ledger.0,
            now: self.now.0,
            entries: self.entries,
            guards: self.guards,
            writes,
            erasures: self.erasures,
            jobs: self.jobs,
        }
    }
}

/// What a stream shows in read models.
pub(crate) struct Snapshot {
    rows: Vec<RowOf>,
    terms: Option<TermsOf>,
}

impl Snapshot {
    pub(crate) fn of<S: Viewed>(ledger: PlaceId, stream: &StreamName, loaded: &Loaded<S>) -> Self {
        let terms = loaded.get().and_then(|state| S::terms(ledger, stream.id(), state, loaded));
        Self { rows: rows_of(ledger, stream, loaded).0, terms }
    }
}

fn same_key(one: &RowOf, other: &RowOf) -> bool {
    one.table == other.table && one.key() == other.key()
}
