//! What is asked of the ledgers themselves: how far they go, who keeps them, their latest
//! checkpoint, the entries of a stream as a chain shows them.

use crate::query::{args_and, args_and_pairs};
use crate::replay::{Fields, settle};
use crate::{Db, Fault, args, query, row};
use std::collections::BTreeMap;
use yishi_kernel::{Amendment, Moment, PlaceId, StreamName, ValueAt};
use yishi_ledger::Envelope;

row! {
    /// A ledger and where it is found.
    pub LedgerRow, from "keeper" {
        /// The id of the place that keeps it.
        ledger: PlaceId,
        /// The word in links.
        slug: String,
        /// Its name for ever.
        origin: String,
        /// The key that verifies its checkpoints.
        verifier: String,
    }
}

/// An entry of a stream as a chain shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Its number in the ledger.
    pub number: i64,
    /// Its version in the stream.
    pub version: u64,
    /// When it was recorded.
    pub at: Moment,
    /// Versioned name of what happened.
    pub kind: String,
    /// The role it was done in.
    pub role: String,
    /// What anyone may read of it.
    pub public: serde_json::Map<String, serde_json::Value>,
    /// Names of its private fields.
    pub private: Vec<String>,
    /// Of these the texts for everyone, as they read now: what was taken back is not there.
    pub published: BTreeMap<String, String>,
    /// When a text of it was corrected or taken back, if one was.
    pub reworded: Option<Moment>,
}

impl EntryRow {
    /// Whether it says what happened to values of other entries of its stream.
    #[must_use]
    pub fn amends(&self, stream: &StreamName) -> bool {
        Amendment::kind_in(stream.kind(), &self.kind).is_some()
    }

    /// The values of its stream that it corrects or takes back.
    fn changes(&self, stream: &StreamName) -> Vec<ValueAt> {
        match Amendment::kind_in(stream.kind(), &self.kind) {
            Some(Amendment::CORRECTED | Amendment::TAKEN_BACK) => {
                let values = self.public.get("values").cloned().unwrap_or_default();
                serde_json::from_value(values).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it takes a value of its stream back.
    #[must_use]
    pub fn takes_back(&self, stream: &StreamName, value: &ValueAt) -> bool {
        Amendment::kind_in(stream.kind(), &self.kind) == Some(Amendment::TAKEN_BACK)
            && self.changes(stream).contains(value)
    }

    /// What a field says that is a text for everyone.
    #[must_use]
    pub fn text(&self, field: &str) -> Option<String> {
        serde_json::from_str(self.published.get(field)?).ok()
    }
}

row! {
    /// An entry, once for each of its texts for everyone that is kept, or once without one. By
    /// itself SQLite would look through all private values of the stream.
    StoredEntry, from "event e left join private p indexed by private_published on p.ledger = e.ledger and p.stream = e.stream
         and p.version = e.version and p.published = 1" {
        stream: String = "e.stream",
        number: i64 = "e.number",
        version: u64 = "e.version",
        at: Moment = "e.at",
        envelope: String = "e.envelope",
        field: Option<String> = "p.field",
        value: Option<String> = "p.value",
    }
}

row! {
    First, from "event" {
        ledger: PlaceId,
        stream: String,
    }
}

query! {
    KEEP: () = "insert into keeper (ledger, slug, origin, verifier, path) values (?1, ?2, ?3, ?4, ?5)";
    BY_SLUG: LedgerRow => "where slug = ?1";
    BY_ID: LedgerRow => "where ledger = ?1";
    BY_IDS: LedgerRow => "where ledger in (?1, …)", scans "one row a community";
    BELOW: LedgerRow => "join (values (?1, ?2), …) v on keeper.path >= v.column1 and keeper.path < v.column2",
        scans "one row a community";
    ALL: LedgerRow => "order by ledger", scans "one row a community";
    PATH: Vec<PlaceId> = "select path from keeper where ledger = ?1";
    HEAD: i64 = "select number from head where ledger = ?1";
    CHECKPOINT: String = "select checkpoint from seal where ledger = ?1 order by size desc limit 1";
    ENTRIES: StoredEntry => "where e.ledger = ?1 and e.stream in (?2, …) order by e.stream, e.version";
    FIRST: String = "select stream from event where ledger = ?1 and number = ?2 and version = 1";
    FIRSTS: First => "where number = ?1 and version = 1 and ledger in (?2, …)";
}

/// Remembers where a ledger is found, and the place that keeps it with all above that.
///
/// # Errors
/// When the word or the origin is taken.
pub async fn keep(
    db: &Db,
    ledger: PlaceId,
    path: &[PlaceId],
    slug: &str,
    origin: &str,
    verifier: &str,
) -> Result<(), Fault> {
    db.execute(vec![KEEP.with(args![ledger, slug, origin, verifier, path.to_vec()])]).await
}

/// The ledger of a word in a link.
pub async fn ledger_by_slug(db: &Db, slug: &str) -> Result<Option<LedgerRow>, Fault> {
    BY_SLUG.first(db, &args![slug]).await
}

/// A ledger by its id.
pub async fn ledger(db: &Db, id: PlaceId) -> Result<Option<LedgerRow>, Fault> {
    BY_ID.first(db, &args![id]).await
}

/// Several ledgers by their ids, in any order.
pub async fn ledgers_of(db: &Db, ids: &[PlaceId]) -> Result<Vec<LedgerRow>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    BY_IDS.all(db, &args_and([], ids.iter().copied())).await
}

/// The ledgers at or below places of these paths, in any order; below two of them, twice.
pub async fn ledgers_below(db: &Db, paths: &[Vec<PlaceId>]) -> Result<Vec<LedgerRow>, Fault> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    BELOW.all(db, &args_and_pairs([], paths.iter().map(|path| below(path)))).await
}

/// What paths at or below a place of this path are not less than, and what they are less than:
/// a path goes on with a slash, and the next character after it is the nought.
#[must_use]
pub fn below(path: &[PlaceId]) -> (String, String) {
    let path = path.iter().map(ToString::to_string).collect::<Vec<_>>().join("/");
    (path.clone(), format!("{path}0"))
}

/// All ledgers of this installation: one for each community, street and district.
pub async fn ledgers(db: &Db) -> Result<Vec<LedgerRow>, Fault> {
    ALL.all(db, &[]).await
}

/// The places from the largest down to the one that keeps a ledger, as its line says.
pub async fn path_of(db: &Db, ledger: PlaceId) -> Result<Option<Vec<PlaceId>>, Fault> {
    PATH.first(db, &args![ledger]).await
}

/// How many entries a ledger has.
pub async fn head(db: &Db, ledger: PlaceId) -> Result<i64, Fault> {
    Ok(HEAD.first(db, &args![ledger]).await?.unwrap_or_default())
}

/// The latest signed checkpoint of a ledger.
pub async fn checkpoint(db: &Db, ledger: PlaceId) -> Result<Option<String>, Fault> {
    CHECKPOINT.first(db, &args![ledger]).await
}

/// The stream whose first entry has this number.
pub async fn stream_by_number(db: &Db, ledger: PlaceId, number: i64) -> Result<Option<StreamName>, Fault> {
    Ok(FIRST.first(db, &args![ledger, number]).await?.map(|stream| StreamName::stored(&stream)))
}

/// The same in each of some ledgers.
pub async fn streams_by_number(
    db: &Db,
    ledgers: &[PlaceId],
    number: i64,
) -> Result<Vec<(PlaceId, StreamName)>, Fault> {
    if ledgers.is_empty() {
        return Ok(Vec::new());
    }
    let found = FIRSTS.all(db, &args_and(args![number], ledgers.iter().copied())).await?;
    Ok(found.into_iter().map(|first| (first.ledger, StreamName::stored(&first.stream))).collect())
}

/// The entries of a stream, in order.
pub async fn entries_of(db: &Db, ledger: PlaceId, stream: &StreamName) -> Result<Vec<EntryRow>, Fault> {
    let mut all = entries_of_all(db, ledger, std::slice::from_ref(stream)).await?;
    Ok(all.remove(stream).unwrap_or_default())
}

/// The entries of several streams of a ledger, each in order.
pub async fn entries_of_all(
    db: &Db,
    ledger: PlaceId,
    streams: &[StreamName],
) -> Result<BTreeMap<StreamName, Vec<EntryRow>>, Fault> {
    let mut all: BTreeMap<StreamName, Vec<EntryRow>> = BTreeMap::new();
    if streams.is_empty() {
        return Ok(all);
    }
    let args = args_and(args![ledger], streams.iter().map(StreamName::as_str));
    let mut read: BTreeMap<StreamName, Vec<(StoredEntry, Envelope, Fields)>> = BTreeMap::new();
    for mut entry in ENTRIES.all(db, &args).await? {
        let text = entry.field.take().zip(entry.value.take());
        let of_stream = read.entry(StreamName::stored(&entry.stream)).or_default();
        match of_stream.last_mut() {
            Some((last, _, texts)) if last.version == entry.version => texts.extend(text),
            _ => {
                let envelope = Envelope::read(&entry.envelope).map_err(Fault::unreadable)?;
                of_stream.push((entry, envelope, text.into_iter().collect()));
            }
        }
    }
    for (stream, mut entries) in read {
        settle(entries.iter_mut().map(|(_, envelope, texts)| (&*envelope, texts)).collect());
        let row = |(entry, envelope, published): (StoredEntry, Envelope, Fields)| EntryRow {
            number: entry.number,
            version: entry.version,
            at: entry.at,
            kind: envelope.kind,
            role: envelope.role,
            public: envelope.public,
            private: envelope.private.into_keys().collect(),
            published,
            reworded: None,
        };
        let mut rows: Vec<EntryRow> = entries.into_iter().map(row).collect();
        let changes: BTreeMap<u64, Moment> = rows
            .iter()
            .flat_map(|row| row.changes(&stream).into_iter().map(|at| (at.version, row.at)))
            .collect();
        for row in &mut rows {
            row.reworded = changes.get(&row.version).copied();
        }
        all.insert(stream, rows);
    }
    Ok(all)
}
