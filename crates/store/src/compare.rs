//! Holds what waits against what the streams say waits, page by page, so that a store of any
//! size is read once and never held. Nothing is changed here.

use crate::duty::Duty;
use crate::rebuild::{self, Scanned};
use crate::replay::StoredEntry;
use crate::table::{RowOf, Rows, TableRow as _};
use crate::views::Derived;
use crate::{Db, Fault, args, query};
use std::collections::BTreeMap;
use yishi_kernel::{PlaceId, StreamName};

/// Entries read at once.
const READ: usize = 2_000;

query! {
    BETWEEN: Duty => "where ledger = ?1 and stream > ?2 and stream <= ?3 order by stream, n";
    AFTER: Duty => "where ledger = ?1 and stream > ?2 order by stream, n limit 1";
}

/// What was compared, and the first that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many streams.
    pub streams: u64,
    /// The first stream whose rows are not what its entries say.
    pub differs: Option<String>,
}

/// Compares what waits in a ledger with what its streams say waits.
pub async fn duties(db: &Db, derived: &Derived, ledger: PlaceId) -> Result<Compared, Fault> {
    let mut compared = Compared::default();
    let mut read: Vec<Scanned> = Vec::new();
    let mut done = String::new();
    loop {
        let (stream, version) = read.last().map_or((done.as_str(), i64::MAX), |last| {
            (last.stream.as_str(), i64::try_from(last.version).unwrap_or(i64::MAX))
        });
        let page = rebuild::SCAN.all(db, &args![ledger, stream, version, READ as i64]).await?;
        let end = page.len() < READ;
        read.extend(page);
        // The last stream may go on on the next page.
        let last = read.last().map(|last| last.stream.clone());
        let whole = read.iter().filter(|entry| end || Some(&entry.stream) != last.as_ref()).count();
        let rest = read.split_off(whole);
        if let Some(last) = read.last().map(|entry| entry.stream.clone()) {
            let mut stored: BTreeMap<String, Vec<RowOf>> = BTreeMap::new();
            for duty in BETWEEN.all(db, &args![ledger, &done, &last]).await? {
                stored.entry(duty.stream.clone()).or_default().extend(Rows::of(duty).0);
            }
            let mut kept = rebuild::kept(db, ledger, &read).await?;
            for entries in read.chunk_by(|one, other| one.stream == other.stream) {
                let said = said(derived, ledger, entries, &mut kept)?;
                compared.streams += 1;
                let name = entries.first().map(|entry| entry.stream.clone()).unwrap_or_default();
                if stored.remove(&name).unwrap_or_default() != said {
                    compared.differs.get_or_insert(name);
                }
            }
            // What waits in a stream that is not there.
            if let Some(stray) = stored.into_keys().next() {
                compared.differs.get_or_insert(stray);
            }
            done = last;
        }
        read = rest;
        if end {
            break;
        }
    }
    if let Some(stray) = AFTER.first(db, &args![ledger, &done]).await? {
        compared.differs.get_or_insert(stray.stream);
    }
    Ok(compared)
}

/// The rows of what waits in a stream, as its entries say.
fn said(
    derived: &Derived,
    ledger: PlaceId,
    entries: &[Scanned],
    kept: &mut BTreeMap<(String, u64), crate::replay::Fields>,
) -> Result<Vec<RowOf>, Fault> {
    let Some(first) = entries.first() else { return Ok(Vec::new()) };
    let stream = StreamName::stored(&first.stream);
    let unknown = || Fault::unreadable(format!("a stream of unknown kind {}", stream.kind()));
    let shown =
        (derived.streams)().into_iter().find(|shown| shown.kind() == stream.kind()).ok_or_else(unknown)?;
    let stored = |entry: &Scanned| StoredEntry {
        envelope: entry.envelope.clone(),
        private: kept.remove(&(entry.stream.clone(), entry.version)).unwrap_or_default(),
    };
    let rows = shown.show(ledger, &stream, entries.iter().map(stored).collect())?.rows.0;
    let waits = rows.into_iter().filter(|row| row.table.name == Duty::TABLE.name);
    Ok(waits.map(|row| row.numbered(first.number)).collect())
}
