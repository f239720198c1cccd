//! Streams as they were recorded: loading one, and what a stored one shows in read models,
//! for whoever knows only the kind in its name. Deciding and recording is the office's business.

use crate::query::args_and_pairs;
use crate::table::Rows;
use crate::views::TermsOf;
use crate::{Db, Fault, args, query, row};
use std::collections::BTreeMap;
use yishi_kernel::record::Subject;
use yishi_kernel::{Loaded, PlaceId, Stamped, Stream, StreamName, record};

row! {
    /// An entry of a stream.
    pub(crate) Entry, from "event" {
        /// Its version.
        version: u64,
        /// Its envelope.
        envelope: String,
    }
}

row! {
    /// What is kept of a private field.
    pub(crate) Kept, from "private" {
        /// The entry's version.
        version: u64,
        /// The field.
        field: String,
        /// Its value, as JSON text.
        value: String,
    }
}

row! {
    EntryOf, from "event" {
        ledger: PlaceId,
        stream: String,
        version: u64,
        number: i64,
        envelope: String,
    }
}

row! {
    KeptOf, from "private" {
        ledger: PlaceId,
        stream: String,
        version: u64,
        field: String,
        value: String,
    }
}

query! {
    pub(crate) ENTRIES: Entry => "where ledger = ?1 and stream = ?2 order by version";
    PRIVATE: Kept => "where ledger = ?1 and stream = ?2 order by version, field";
    ENTRIES_OF: EntryOf => "where (ledger, stream) in (values (?1, ?2), …)";
    PRIVATE_OF: KeptOf => "where (ledger, stream) in (values (?1, ?2), …)";
}

/// A stream as it stands; an empty one when it does not exist.
pub async fn load<S: Stream>(db: &Db, ledger: PlaceId, stream: &StreamName) -> Result<Loaded<S>, Fault> {
    let key = args![ledger, stream.as_str()];
    let entries = ENTRIES.all(db, &key).await?;
    let mut private: BTreeMap<u64, Fields> = BTreeMap::new();
    if !entries.is_empty() {
        for Kept { version, field, value } in PRIVATE.all(db, &key).await? {
            private.entry(version).or_default().insert(field, value);
        }
    }
    let mut loaded = Loaded::<S>::default();
    for entry in entries {
        push(&mut loaded, &entry.envelope, private.remove(&entry.version).unwrap_or_default())?;
    }
    Ok(loaded)
}

/// Several streams as they stand, by ledger and id, in as many queries as one; those that do
/// not exist are left out.
pub async fn load_all<S: Stream, I: Copy + Ord + Into<StreamName>>(
    db: &Db,
    keys: &[(PlaceId, I)],
) -> Result<BTreeMap<(PlaceId, I), Loaded<S>>, Fault> {
    load_before(db, keys, i64::MAX).await
}

/// The same as they stood before the entry of a number in their ledger.
pub async fn load_before<S: Stream, I: Copy + Ord + Into<StreamName>>(
    db: &Db,
    keys: &[(PlaceId, I)],
    number: i64,
) -> Result<BTreeMap<(PlaceId, I), Loaded<S>>, Fault> {
    let mut all = BTreeMap::new();
    if keys.is_empty() {
        return Ok(all);
    }
    let names: BTreeMap<(PlaceId, StreamName), I> =
        keys.iter().map(|(ledger, id)| ((*ledger, (*id).into()), *id)).collect();
    let args = args_and_pairs([], names.keys().map(|(ledger, stream)| (*ledger, stream.as_str())));
    let mut private: BTreeMap<(PlaceId, String, u64), Fields> = BTreeMap::new();
    for kept in PRIVATE_OF.all(db, &args).await? {
        let fields = private.entry((kept.ledger, kept.stream, kept.version)).or_default();
        fields.insert(kept.field, kept.value);
    }
    let mut entries = ENTRIES_OF.all(db, &args).await?;
    entries.retain(|entry| entry.number < number);
    entries.sort_by_key(|entry| entry.version);
    for EntryOf { ledger, stream, version, envelope, .. } in entries {
        let Some(id) = names.get(&(ledger, StreamName::stored(&stream))) else { continue };
        let kept = private.remove(&(ledger, stream, version)).unwrap_or_default();
        push(all.entry((ledger, *id)).or_default(), &envelope, kept)?;
    }
    Ok(all)
}

/// The same without what belongs to some subjects: as it will be once that is erased, and
/// which values those are, by version and field.
pub async fn without<S: Stream>(
    db: &Db,
    ledger: PlaceId,
    stream: &StreamName,
    kept: &Loaded<S>,
    subjects: &[Subject],
) -> Result<(Loaded<S>, Vec<(u64, String)>), Fault> {
    let mut loaded = Loaded::<S>::default();
    let mut erased = Vec::new();
    for entry in ENTRIES.all(db, &args![ledger, stream.as_str()]).await? {
        let of_entry = kept.private.iter().filter(|((at, _), _)| *at == entry.version);
        let all: Fields = of_entry.map(|((_, field), value)| (field.clone(), value.clone())).collect();
        // Whose a value is, its type says.
        let (event, _) = read::<S>(&entry.envelope, all.clone())?;
        let whose = record::encode(&event).map_err(Fault::unreadable)?.whose;
        let goes = |field: &String| whose.get(field).is_some_and(|subject| subjects.contains(subject));
        erased.extend(all.keys().filter(|field| goes(field)).map(|field| (entry.version, field.clone())));
        let left = all.into_iter().filter(|(field, _)| !goes(field)).collect();
        push(&mut loaded, &entry.envelope, left)?;
    }
    Ok((loaded, erased))
}

/// Private fields of one entry that are kept, as JSON text.
pub type Fields = BTreeMap<String, String>;

/// Takes a stored entry into a loaded stream.
fn push<S: Stream>(loaded: &mut Loaded<S>, envelope: &str, kept: Fields) -> Result<(), Fault> {
    let (event, kept) = read::<S>(envelope, kept)?;
    loaded.push(&event, kept);
    Ok(())
}

/// The event of a stored entry, and what is kept of its private fields.
fn read<S: Stream>(envelope: &str, mut kept: Fields) -> Result<(Stamped<S::Event>, Fields), Fault> {
    let envelope = yishi_ledger::Envelope::read(envelope).map_err(Fault::unreadable)?;
    // What the entry commits to and is no longer kept was erased.
    let private: BTreeMap<String, Option<String>> =
        envelope.private.keys().map(|field| (field.clone(), kept.get(field).cloned())).collect();
    kept.retain(|field, _| private.contains_key(field));
    let fields = record::Fields { public: envelope.public, private };
    Ok((record::decode::<S>(&envelope.kind, fields).map_err(Fault::unreadable)?, kept))
}

/// A stored entry: its envelope and what is kept of its private fields.
#[derive(Clone, Debug)]
pub struct StoredEntry {
    /// The envelope.
    pub envelope: String,
    /// Private fields.
    pub private: Fields,
}

/// What a stream shows in read models.
#[derive(Clone, Debug, Default)]
pub struct Shows {
    /// Its rows.
    pub rows: Rows,
    /// The terms it is found by.
    pub terms: Option<TermsOf>,
}

/// A kind of stream, for whoever has only its name: one line in a list of them.
pub trait Shown: Sync {
    /// The first part of its streams' names.
    fn kind(&self) -> &'static str;

    /// What a stored one shows.
    fn show(&self, ledger: PlaceId, stream: &StreamName, entries: Vec<StoredEntry>) -> Result<Shows, Fault>;
}

/// A stream as its stored entries make it.
pub fn replayed<S: Stream>(entries: Vec<StoredEntry>) -> Result<Loaded<S>, Fault> {
    let mut loaded = Loaded::<S>::default();
    for entry in entries {
        push(&mut loaded, &entry.envelope, entry.private)?;
    }
    Ok(loaded)
}
