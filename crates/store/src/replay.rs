//! Streams as they were recorded: loading one, and what a stored one shows in read models,
//! for whoever knows only the kind in its name. Deciding and recording is the office's business.

use crate::query::args_and_pairs;
use crate::table::Rows;
use crate::views::TermsOf;
use crate::{Db, Fault, args, query, row};
use std::collections::BTreeMap;
use yishi_kernel::record::{SENT, Subject};
use yishi_kernel::{Amendment, Loaded, PlaceId, Stamped, Stream, StreamName, ValueAt, amend, record};
use yishi_ledger::Envelope;

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
    let stored = |Entry { version, envelope }| {
        let private = private.remove(&version).unwrap_or_default();
        StoredEntry { envelope, private }
    };
    replayed(entries.into_iter().map(stored).collect())
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
    if keys.is_empty() {
        return Ok(BTreeMap::new());
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
    let mut all: BTreeMap<(PlaceId, I), Vec<StoredEntry>> = BTreeMap::new();
    for EntryOf { ledger, stream, version, envelope, .. } in entries {
        let Some(id) = names.get(&(ledger, StreamName::stored(&stream))) else { continue };
        let private = private.remove(&(ledger, stream, version)).unwrap_or_default();
        all.entry((ledger, *id)).or_default().push(StoredEntry { envelope, private });
    }
    all.into_iter().map(|(key, entries)| Ok((key, replayed(entries)?))).collect()
}

/// What becomes of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It goes.
    Goes,
    /// It goes, and this stands for it, as JSON text.
    Becomes(String),
}

/// A stream as it will be once some of its values are gone, and which those are. Whose a value
/// is, its type says. What a text was corrected to goes the way of that text.
pub async fn changed<S: Stream>(
    db: &Db,
    ledger: PlaceId,
    stream: &StreamName,
    kept: &Loaded<S>,
    fate: impl Fn(&ValueAt, Subject) -> Fate,
) -> Result<(Loaded<S>, Vec<ValueAt>), Fault> {
    let mut left = Vec::new();
    let mut gone = Vec::new();
    for entry in ENTRIES.all(db, &args![ledger, stream.as_str()]).await? {
        let of_entry = kept.private.iter().filter(|((at, _), _)| *at == entry.version);
        let mut private: Fields =
            of_entry.map(|((_, field), value)| (field.clone(), value.clone())).collect();
        let envelope = Envelope::read(&entry.envelope).map_err(Fault::unreadable)?;
        let corrects = corrected(&envelope);
        for (field, whose) in whose::<S>(&entry.envelope, private.clone())? {
            if !private.contains_key(&field) {
                continue;
            }
            let own = ValueAt { version: entry.version, field };
            let about = if own.field == TEXT { corrects.as_ref() } else { None };
            match fate(about.unwrap_or(&own), whose) {
                Fate::Stays => continue,
                Fate::Becomes(text) if about.is_none() => {
                    private.insert(own.field.clone(), text);
                }
                Fate::Goes | Fate::Becomes(_) => {
                    private.remove(&own.field);
                }
            }
            gone.push(own);
        }
        // What a form said goes with what was said by it: its digest tells whoever guesses that.
        let of_entry = gone.iter().any(|value: &ValueAt| value.version == entry.version);
        if of_entry && private.remove(SENT).is_some() {
            gone.push(ValueAt { version: entry.version, field: SENT.to_owned() });
        }
        left.push(StoredEntry { envelope: entry.envelope, private });
    }
    Ok((replayed(left)?, gone))
}

/// The field of an entry that holds what another one's text reads now.
pub(crate) const TEXT: &str = "text";

/// Which text an entry corrects, if it is such an entry.
pub(crate) fn corrected(envelope: &Envelope) -> Option<ValueAt> {
    let stream = envelope.stream.split('/').next()?;
    if Amendment::kind_in(stream, &envelope.kind) != Some(Amendment::CORRECTED) {
        return None;
    }
    let version = envelope.public.get("version")?.as_u64()?;
    Some(ValueAt { version, field: envelope.public.get("field")?.as_str()?.to_owned() })
}

/// Puts each corrected text where the old one stood, so that what follows from a stream follows
/// from what its texts say now. The entries are those of one stream, in order from the first.
pub(crate) fn settle(mut entries: Vec<(&Envelope, &mut Fields)>) {
    let corrections: Vec<(ValueAt, String)> = entries
        .iter()
        .filter_map(|(envelope, kept)| Some((corrected(envelope)?, kept.get(TEXT)?.clone())))
        .collect();
    for (ValueAt { version, field }, text) in corrections {
        let place = usize::try_from(version).ok().and_then(|version| version.checked_sub(1));
        if let Some((_, kept)) = place.and_then(|place| entries.get_mut(place)) {
            kept.insert(field, text);
        }
    }
}

/// Private fields of one entry that are kept, as JSON text.
pub type Fields = BTreeMap<String, String>;

/// What an entry of a stream says.
type Said<S> = Stamped<amend::Entry<<S as Stream>::Event>>;

/// What a stored entry says, and what is kept of its private fields.
fn read<S: Stream>(envelope: Envelope, mut kept: Fields) -> Result<(Said<S>, Fields), Fault> {
    // What the entry commits to and is no longer kept was erased.
    let private: BTreeMap<String, Option<String>> =
        envelope.private.keys().map(|field| (field.clone(), kept.get(field).cloned())).collect();
    kept.retain(|field, _| private.contains_key(field));
    let fields = record::Fields { public: envelope.public, private };
    Ok((record::entry::<S>(&envelope.kind, fields).map_err(Fault::unreadable)?, kept))
}

/// Whose the private fields of a stored entry are.
fn whose<S: Stream>(envelope: &str, kept: Fields) -> Result<BTreeMap<String, Subject>, Fault> {
    let envelope = Envelope::read(envelope).map_err(Fault::unreadable)?;
    let (Stamped { time, by, what }, _) = read::<S>(envelope, kept)?;
    let record = match what {
        amend::Entry::Own(what) => record::encode(&Stamped { time, by, what }),
        amend::Entry::Amended(what) => amend::amended::<S>(&Stamped { time, by, what }),
    };
    Ok(record.map_err(Fault::unreadable)?.whose)
}

/// Whether a private field of a stored entry of this kind of stream is a text for everyone.
///
/// # Errors
/// When the entry does not read.
pub fn is_published<S: Stream>(entry: StoredEntry, field: &str) -> Result<bool, Fault> {
    Ok(whose::<S>(&entry.envelope, entry.private)?.get(field) == Some(&Subject::Public))
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

    /// Whether a private field of a stored entry is a text for everyone.
    fn is_published(&self, entry: StoredEntry, field: &str) -> Result<bool, Fault>;
}

/// A stream as its stored entries make it.
pub fn replayed<S: Stream>(entries: Vec<StoredEntry>) -> Result<Loaded<S>, Fault> {
    let mut loaded = Loaded::<S>::default();
    let mut read_all = Vec::with_capacity(entries.len());
    for StoredEntry { envelope, private } in entries {
        read_all.push((Envelope::read(&envelope).map_err(Fault::unreadable)?, private));
    }
    settle(read_all.iter_mut().map(|(envelope, private)| (&*envelope, private)).collect());
    for (envelope, private) in read_all {
        let (entry, private) = read::<S>(envelope, private)?;
        loaded.take(entry, private);
    }
    Ok(loaded)
}
