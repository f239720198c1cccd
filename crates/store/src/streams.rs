//! All streams of a ledger, some at a time and in order, each with what it shows in tables: for
//! making tables anew and for comparing them. What becomes of it is not known here.

use crate::replay::{Fields, Shows, StoredEntry};
use crate::views::Derived;
use crate::{Db, Fault, args, query, row};
use std::collections::BTreeMap;
use yishi_kernel::{PlaceId, StreamName};

/// Entries read at once.
const READ: usize = 2_000;

row! {
    Scanned, from "event" {
        stream: String,
        version: u64,
        number: i64,
        kind: String,
        envelope: String,
    }
}

row! {
    Kept, from "private" {
        stream: String,
        version: u64,
        field: String,
        value: String,
    }
}

query! {
    SCAN: Scanned => "where ledger = ?1 and (stream, version) > (?2, ?3) order by stream, version limit ?4";
    KEPT: Kept => "where ledger = ?1 and stream >= ?2 and stream <= ?3 order by stream, version, field";
}

/// A stream and what it shows.
pub(crate) struct Showing {
    /// Its name.
    pub(crate) stream: String,
    /// The kinds and numbers of its entries, in order.
    pub(crate) entries: Vec<(String, i64)>,
    /// What kinds of streams of that name show.
    pub(crate) shows: Vec<Shows>,
}

/// The streams of a ledger.
pub(crate) struct Streams<'a> {
    db: &'a Db,
    derived: &'a Derived,
    ledger: PlaceId,
    /// Entries of a stream that may go on on the next page.
    read: Vec<Scanned>,
    rest: Rest,
}

/// Whether there are entries that were not read yet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Some,
    None,
}

impl<'a> Streams<'a> {
    pub(crate) fn of(db: &'a Db, derived: &'a Derived, ledger: PlaceId) -> Self {
        Self { db, derived, ledger, read: Vec::new(), rest: Rest::Some }
    }

    /// The next of them; nothing at the end.
    pub(crate) async fn next(&mut self) -> Result<Option<Vec<Showing>>, Fault> {
        if self.rest == Rest::None {
            return Ok(None);
        }
        let (stream, version) = self.read.last().map_or(("", 0), |last| (last.stream.as_str(), last.version));
        let page = SCAN.all(self.db, &args![self.ledger, stream, version, READ as i64]).await?;
        let end = page.len() < READ;
        self.read.extend(page);
        // The last stream may go on on the next page.
        let last = self.read.last().map(|last| last.stream.clone());
        let whole = self.read.iter().filter(|entry| end || Some(&entry.stream) != last.as_ref()).count();
        let rest = self.read.split_off(whole);
        let entries = std::mem::replace(&mut self.read, rest);
        if end {
            self.rest = Rest::None;
        }
        let mut kept = self.kept(&entries).await?;
        let streams = entries.chunk_by(|one, other| one.stream == other.stream);
        streams.map(|entries| self.show(entries, &mut kept)).collect::<Result<_, _>>().map(Some)
    }

    /// Private values that are kept of these entries, by stream and version.
    async fn kept(&self, entries: &[Scanned]) -> Result<BTreeMap<(String, u64), Fields>, Fault> {
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return Ok(BTreeMap::new()) };
        let mut kept: BTreeMap<_, Fields> = BTreeMap::new();
        for row in KEPT.all(self.db, &args![self.ledger, &first.stream, &last.stream]).await? {
            kept.entry((row.stream, row.version)).or_default().insert(row.field, row.value);
        }
        Ok(kept)
    }

    /// What a stream's entries show.
    fn show(
        &self,
        entries: &[Scanned],
        kept: &mut BTreeMap<(String, u64), Fields>,
    ) -> Result<Showing, Fault> {
        let name = entries.first().map(|first| first.stream.clone()).unwrap_or_default();
        let numbered = entries.iter().map(|entry| (entry.kind.clone(), entry.number)).collect();
        let stream = StreamName::stored(&name);
        let of_kind: Vec<_> =
            (self.derived.streams)().into_iter().filter(|shown| shown.kind() == stream.kind()).collect();
        if of_kind.is_empty() {
            return Err(Fault::unreadable(format!("a stream of unknown kind {}", stream.kind())));
        }
        let stored: Vec<StoredEntry> = entries
            .iter()
            .map(|entry| StoredEntry {
                envelope: entry.envelope.clone(),
                private: kept.remove(&(entry.stream.clone(), entry.version)).unwrap_or_default(),
            })
            .collect();
        let show = of_kind.iter().map(|shown| shown.show(self.ledger, &stream, stored.clone()));
        Ok(Showing { stream: name, entries: numbered, shows: show.collect::<Result<_, _>>()? })
    }
}
