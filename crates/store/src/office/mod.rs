//! The office: every command a user can issue, as load → decide → append. It brings the
//! clock, fresh ids and the places' paths to the pure domain, and tries again when
//! somebody else was quicker. It decides nothing itself and renders nothing.

mod dispatch;
mod evaluation;
mod matters;
mod meetings;
mod people;
mod places;
mod topics;

pub use dispatch::{Asking, Sending};
pub use matters::{Joining, RaisedMatter, Raising, Speaker};
pub(crate) use meetings::ballot_id;
pub use meetings::{Calling, Dispatching, SignedUp, Signing, Voter};
pub use people::{Invitation, SignedIn};
pub use places::NewLedger;
pub use topics::Opening as TopicOpening;

use crate::views::{RowOf, Viewed};
use crate::{Append, AppendError, Appended, Db, Fault, Guard, Keys, NewEntry, Value, Write};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;
use yishi_domain::matters::Decision;
use yishi_domain::record;
use yishi_domain::rules::Rules;
use yishi_domain::{Loaded, Moment, PlaceId, Refusal, Role, StreamName};

/// How often a command is decided anew at once when another one was quicker.
const TRIES: usize = 5;
/// How long it is tried after that. Each time another one was quicker, something was
/// recorded: a room that votes while somebody takes the minutes comes through in moments.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it then waits between one try and the next, at most.
const PAUSE: Duration = Duration::from_millis(80);

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands where it was put: for tests and for a demo's history.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock set to a moment.
    #[must_use]
    pub fn set_to(moment: Moment) -> Self {
        Clock::Set(Arc::new(AtomicI64::new(moment.0)))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Moment {
        match self {
            Clock::System => Moment(jiff::Timestamp::now().as_microsecond()),
            // Time goes on by a microsecond with each look, so that nothing happens twice at once.
            Clock::Set(micros) => Moment(micros.fetch_add(1, Ordering::Relaxed)),
        }
    }

    /// Puts a set clock; the system's clock stays as it is.
    pub fn put(&self, moment: Moment) {
        if let Clock::Set(micros) = self {
            micros.store(moment.0, Ordering::Relaxed);
        }
    }
}

/// Why a command did not go through.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The rules say no; the user learns why.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something of ours is broken.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<yishi_domain::Denied> for Failure {
    fn from(denied: yishi_domain::Denied) -> Self {
        Failure::Refused(denied.into())
    }
}

/// Where commands are carried out.
#[derive(Clone, Debug)]
pub struct Office {
    /// The store.
    pub db: Db,
    /// The rules in force.
    pub rules: Arc<Rules>,
    /// The clock.
    pub clock: Clock,
    /// The ledgers' signing keys.
    pub keys: Arc<Keys>,
}

/// What one step of a command came to: carried out, or to be decided anew.
enum Step<T> {
    Done(T),
    Again,
}

impl Step<Appended> {
    /// The same with what the command answers.
    fn done<T>(self, answer: T) -> Step<T> {
        match self {
            Step::Done(_) => Step::Done(answer),
            Step::Again => Step::Again,
        }
    }
}

impl Office {
    /// The time.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A stream as it stands; an empty one when it does not exist.
    ///
    /// # Errors
    /// When the store fails or holds an entry this program cannot read.
    pub async fn load<S: Viewed>(&self, ledger: PlaceId, stream: &StreamName) -> Result<Loaded<S>, Fault> {
        load(&self.db, ledger, stream).await
    }

    /// Carries a command out: `step` loads, decides and appends; it is run again when its
    /// append met another one.
    async fn carry_out<T, F>(&self, mut step: impl FnMut() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<Step<T>, Failure>>,
    {
        let began = Instant::now();
        for tried in 1.. {
            if let Step::Done(done) = step().await? {
                return Ok(done);
            }
            if tried >= TRIES {
                if began.elapsed() >= PATIENCE {
                    break;
                }
                let pause = Duration::from_millis(5 << (tried - TRIES).min(4)).min(PAUSE);
                tokio::time::sleep(pause).await;
            }
        }
        Err(Fault::busy().into())
    }

    async fn append(&self, batch: Batch) -> Result<Step<Appended>, Failure> {
        match self.db.append(batch.into_append()).await {
            Ok(appended) => Ok(Step::Done(appended)),
            Err(AppendError::Conflict) => Ok(Step::Again),
            Err(AppendError::Fault(fault)) => Err(fault.into()),
        }
    }
}

/// Names derived from a form's random bytes, each for one use.
fn derived(form: &[u8; 16], purpose: &str) -> [u8; 16] {
    crate::blobs::half_of(&[form, purpose.as_bytes()].concat())
}

/// An id derived from a form's random bytes, so that a form sent twice makes the thing once.
pub fn derived_id(form: &[u8; 16], purpose: &str) -> Uuid {
    crate::blobs::id_of(&[form, purpose.as_bytes()].concat())
}

/// A stream as it stands.
///
/// # Errors
/// When the store fails or holds an entry this program cannot read.
pub async fn load<S: Viewed>(db: &Db, ledger: PlaceId, stream: &StreamName) -> Result<Loaded<S>, Fault> {
    const ENTRIES: &str =
        "select version, envelope from event where ledger = ?1 and stream = ?2 order by version";
    const PRIVATE: &str =
        "select version, field, value from private where ledger = ?1 and stream = ?2 order by version, field";
    let key = [Value::from(ledger.0), Value::from(stream.as_str())];
    let entries = db.rows(ENTRIES, &key).await?;
    let mut private: BTreeMap<u64, BTreeMap<String, String>> = BTreeMap::new();
    if !entries.is_empty() {
        for row in db.rows(PRIVATE, &key).await? {
            private
                .entry(version(row.int(0)?))
                .or_default()
                .insert(row.text(1)?.to_owned(), row.text(2)?.to_owned());
        }
    }
    let mut loaded = Loaded::<S>::default();
    for row in entries {
        let kept = private.remove(&version(row.int(0)?)).unwrap_or_default();
        push_entry(&mut loaded, row.text(1)?, kept)?;
    }
    Ok(loaded)
}

fn version(int: i64) -> u64 {
    u64::try_from(int).unwrap_or_default()
}

/// Takes a stored entry into a loaded stream.
fn push_entry<S: Viewed>(
    loaded: &mut Loaded<S>,
    envelope: &str,
    mut kept: BTreeMap<String, String>,
) -> Result<(), Fault> {
    let envelope = yishi_ledger::Envelope::read(envelope).map_err(Fault::unreadable)?;
    // What the entry commits to and is no longer kept was erased.
    let private = envelope.private.keys().map(|field| (field.clone(), kept.get(field).cloned())).collect();
    let event: S::Event =
        record::decode(&envelope.kind, envelope.public, &private).map_err(Fault::unreadable)?;
    kept.retain(|field, _| private.contains_key(field));
    loaded.push(&event, kept);
    Ok(())
}

/// What one command brings about in streams of one ledger, with the rows that follow.
pub struct Batch {
    ledger: PlaceId,
    now: Moment,
    entries: Vec<NewEntry>,
    guards: Vec<Guard>,
    deletes: Vec<Write>,
    puts: Vec<Write>,
    erasures: Vec<(String, u64, String)>,
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
        }
    }

    /// The stream must still stand at this version when the batch is recorded.
    pub fn guard(&mut self, stream: &StreamName, version: u64) {
        self.guards.push(Guard { stream: stream.as_str().to_owned(), version });
    }

    /// Records a decision in a stream.
    ///
    /// # Errors
    /// When an event cannot become an entry: a fault of this program.
    pub fn record<S: Viewed>(
        &mut self,
        stream: impl Into<StreamName>,
        loaded: &mut Loaded<S>,
        decision: Decision<S::Event>,
    ) -> Result<(), Fault> {
        let stream = stream.into();
        let before = Snapshot::of(self.ledger, &stream, loaded);
        for event in &decision.events {
            let record = record::encode(event).map_err(Fault::unreadable)?;
            let private = record.private.clone();
            loaded.push(event, private);
            self.entries.push(NewEntry {
                stream: stream.as_str().to_owned(),
                version: loaded.version,
                kind: record.kind,
                role: decision.role.word().to_owned(),
                place: loaded.state.place().map(|place| place.to_string()),
                public: record.public,
                private: record.private,
            });
        }
        self.difference(before, Snapshot::of(self.ledger, &stream, loaded));
        Ok(())
    }

    /// Erases private values of a stream; its rows are written anew without them.
    fn erase<S: Viewed>(&mut self, stream: &StreamName, kept: &Loaded<S>, left: &Loaded<S>) {
        for (version, field) in kept.private.keys().filter(|key| !left.private.contains_key(key)) {
            self.erasures.push((stream.as_str().to_owned(), *version, field.clone()));
        }
        self.difference(Snapshot::of(self.ledger, stream, kept), Snapshot::of(self.ledger, stream, left));
    }

    fn difference(&mut self, before: Snapshot, after: Snapshot) {
        for row in &before.rows {
            let gone = !after.rows.iter().any(|new| same_key(row, new));
            if gone {
                let key = row.values[..row.table.key].to_vec();
                self.deletes.push(Write::Delete { table: row.table, key });
            }
        }
        for row in after.rows {
            if !before.rows.contains(&row) {
                self.puts.push(Write::Put { table: row.table, values: row.values });
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

    fn into_append(self) -> Append {
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
            jobs: Vec::new(),
        }
    }
}

/// What a stream shows in read models.
struct Snapshot {
    rows: Vec<RowOf>,
    terms: Option<crate::views::TermsOf>,
}

impl Snapshot {
    fn of<S: Viewed>(ledger: PlaceId, stream: &StreamName, loaded: &Loaded<S>) -> Self {
        if loaded.version == 0 {
            return Self { rows: Vec::new(), terms: None };
        }
        Self { rows: S::rows(ledger, stream.id(), loaded), terms: S::terms(stream.id(), loaded) }
    }
}

fn same_key(one: &RowOf, other: &RowOf) -> bool {
    std::ptr::eq(one.table, other.table) && one.values[..one.table.key] == other.values[..other.table.key]
}

/// One event by the system itself, before there is anyone to ask.
fn founded<E>(events: Vec<E>) -> Decision<E> {
    Decision { role: Role::Administrator, events }
}
