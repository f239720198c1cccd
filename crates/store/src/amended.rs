//! Streams of which values were erased, corrected or taken back, as they lie in the store: what
//! their entries say of values, and which values are kept. For those who ask whether that fits;
//! nothing is decided here.

use crate::replay::{Fields, StoredEntry, TEXT, corrected, settle};
use crate::{Db, Fault, args, query, row};
use std::collections::BTreeMap;
use yishi_kernel::{Amendment, PlaceId, StreamName, ValueAt};
pub use yishi_ledger::Envelope;
use yishi_ledger::commitment;

/// Streams found at once.
const READ: i64 = 500;

row! {
    Entry, from "event" {
        envelope: String,
    }
}

row! {
    KeptRow, from "private" {
        version: u64,
        field: String,
        salt: Vec<u8>,
        value: String,
        published: i64,
    }
}

query! {
    STREAMS: String = "select distinct stream from event where ledger = ?1 and stream > ?2
         and (kind like '%.' || ?4 or kind like '%.' || ?5 or kind like '%.' || ?6)
         order by stream limit ?3";
    ENTRIES: Entry => "where ledger = ?1 and stream = ?2 order by version";
    KEPT: KeptRow => "where ledger = ?1 and stream = ?2 order by version, field";
}

/// A value that is kept.
#[derive(Clone, Debug)]
struct Kept {
    salt: Vec<u8>,
    value: String,
    published: bool,
}

/// A value that an entry says is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Which.
    pub value: ValueAt,
    /// The version of the entry that says so.
    pub by: u64,
}

/// A stream with what its entries say of values, and the values that are kept of it.
#[derive(Clone, Debug)]
pub struct Amended {
    stored: Vec<StoredEntry>,
    entries: Vec<Envelope>,
    kept: BTreeMap<(u64, String), Kept>,
}

/// The streams of a ledger of which values were erased, corrected or taken back, some at a time;
/// `after` is the last of those before.
pub async fn streams(db: &Db, ledger: PlaceId, after: &str) -> Result<Vec<StreamName>, Fault> {
    let [erased, corrected, taken_back] = [0, 1, 2].map(|n| Amendment::KINDS[n]);
    let found = STREAMS.all(db, &args![ledger, after, READ, erased, corrected, taken_back]).await?;
    Ok(found.iter().map(|stream| StreamName::stored(stream)).collect())
}

impl Amended {
    /// A stream as it lies there.
    pub async fn load(db: &Db, ledger: PlaceId, stream: &StreamName) -> Result<Self, Fault> {
        let key = args![ledger, stream.as_str()];
        let mut stored: Vec<StoredEntry> = Vec::new();
        let mut entries = Vec::new();
        for Entry { envelope } in ENTRIES.all(db, &key).await? {
            entries.push(Envelope::read(&envelope).map_err(Fault::unreadable)?);
            stored.push(StoredEntry { envelope, private: Fields::new() });
        }
        let mut kept = BTreeMap::new();
        for KeptRow { version, field, salt, value, published } in KEPT.all(db, &key).await? {
            if let Some(of_entry) = index(version).and_then(|at| stored.get_mut(at)) {
                of_entry.private.insert(field.clone(), value.clone());
            }
            kept.insert((version, field), Kept { salt, value, published: published != 0 });
        }
        Ok(Self { stored, entries, kept })
    }

    /// Its entries with what is kept of each, as they are replayed.
    #[must_use]
    pub fn stored(&self) -> Vec<StoredEntry> {
        self.stored.clone()
    }

    /// Its entries, in order.
    #[must_use]
    pub fn entries(&self) -> &[Envelope] {
        &self.entries
    }

    /// Whether a value is kept where it stood.
    #[must_use]
    pub fn keeps(&self, value: &ValueAt) -> bool {
        self.kept.contains_key(&(value.version, value.field.clone()))
    }

    /// Whether an entry before another one committed to a value.
    #[must_use]
    pub fn committed(&self, value: &ValueAt, before: u64) -> bool {
        let entry = self.entry(value.version).filter(|entry| entry.version < before);
        entry.is_some_and(|entry| entry.private.contains_key(&value.field))
    }

    /// All that its entries say is gone, in their order.
    #[must_use]
    pub fn gone(&self) -> Vec<Gone> {
        let of_entry = |entry: &Envelope| {
            Amendment::kind_in(entry.stream.split('/').next()?, &entry.kind)?;
            let values: Vec<ValueAt> = serde_json::from_value(entry.public.get("values")?.clone()).ok()?;
            let by = entry.version;
            Some(values.into_iter().map(move |value| Gone { value, by }))
        };
        self.entries.iter().filter_map(of_entry).flatten().collect()
    }

    /// The text that a value is or was: that of the entry that it corrects, or itself.
    #[must_use]
    pub fn text_of(&self, value: &ValueAt) -> ValueAt {
        let about = self.entry(value.version).and_then(corrected).filter(|_| value.field == TEXT);
        about.unwrap_or_else(|| value.clone())
    }

    /// The texts for everyone as they are served: by where each stood first.
    #[must_use]
    pub fn served(&self) -> BTreeMap<ValueAt, String> {
        let mut fields: Vec<Fields> = vec![Fields::new(); self.entries.len()];
        for ((version, field), kept) in self.kept.iter().filter(|(_, kept)| kept.published) {
            if let Some(of_entry) = index(*version).and_then(|at| fields.get_mut(at)) {
                of_entry.insert(field.clone(), kept.value.clone());
            }
        }
        settle(self.entries.iter().zip(&mut fields).collect());
        let named = self.entries.iter().zip(fields).flat_map(|(entry, fields)| {
            let at = |field| ValueAt { version: entry.version, field };
            fields.into_iter().map(move |(field, value)| (at(field), value))
        });
        named.collect()
    }

    /// Whether what is served of a text is the one that the newest commitment is about, with
    /// the salt that lies beside it.
    #[must_use]
    pub fn is_newest(&self, text: &ValueAt, served: &str) -> bool {
        let newest = self.newest(text);
        let said = self.entry(newest.version).and_then(|entry| entry.private.get(&newest.field));
        let kept = self.kept.get(&(newest.version, newest.field.clone()));
        let salt = kept.and_then(|kept| kept.salt.as_slice().try_into().ok());
        salt.is_some_and(|salt: &[u8; 32]| said == Some(&commitment(salt, &newest.field, served)))
    }

    /// Where the newest reading of a text stands.
    #[must_use]
    pub fn newest(&self, text: &ValueAt) -> ValueAt {
        let corrects = |entry: &&Envelope| corrected(entry).as_ref() == Some(text);
        let last = self.entries.iter().rev().find(corrects);
        last.map_or_else(|| text.clone(), |entry| ValueAt { version: entry.version, field: TEXT.to_owned() })
    }

    fn entry(&self, version: u64) -> Option<&Envelope> {
        self.entries.get(index(version)?)
    }
}

/// Where the entry of a version stands among those of its stream.
fn index(version: u64) -> Option<usize> {
    usize::try_from(version).ok()?.checked_sub(1)
}
