//! Compares tables of read models with what the entries say, without writing anything: each row
//! is digested, and the digests of a table's rows are added up, in whatever order they come. A
//! rebuild would write other tables exactly where the sums differ.

use crate::duty::Duty;
use crate::ledgers::ledgers;
use crate::replay::{Fields, StoredEntry};
use crate::streams::Streams;
use crate::table::{RowOf, Rows, TableRow as _};
use crate::views::Derived;
use crate::{Db, Fault, Row, Table, Value, Wrong, args, query, row};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use yishi_kernel::{PlaceId, StreamName};

/// Rows read at once.
const READ: i64 = 2_000;

/// The rows of a table: how many, and their digests added up.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    digests: [u64; 4],
}

impl Sum {
    fn add(&mut self, values: &[Value]) {
        self.rows += 1;
        let mut hash = Sha256::new();
        values.iter().for_each(|value| digest_into(&mut hash, value));
        for (sum, bytes) in self.digests.iter_mut().zip(hash.finalize().chunks_exact(8)) {
            *sum = sum.wrapping_add(bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)));
        }
    }
}

/// A value as it goes into the digest of its table, the same on both engines.
pub(crate) fn digest_into(hash: &mut Sha256, value: &Value) {
    hash.update(match value {
        Value::Null | Value::Number | Value::NumberOf(_) => "-\t".to_owned(),
        Value::Int(int) => format!("{int}\t"),
        Value::Text(value) => format!("{value:?}\t"),
        Value::Blob(bytes) => format!("{bytes:?}\t"),
    });
}

/// Which tables say otherwise than the entries, in a store that stands still.
pub async fn compare(db: &Db, derived: &Derived) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    let mut counted: BTreeMap<&str, u64> = BTreeMap::new();
    for row in ledgers(db).await? {
        let mut said: BTreeMap<&str, Sum> = BTreeMap::new();
        let mut streams = Streams::of(db, derived, row.ledger);
        while let Some(some) = streams.next().await? {
            for showing in some {
                for RowOf { table, values } in showing.shows.into_iter().flat_map(|shows| shows.rows.0) {
                    let row = RowOf { table, values }.numbered(&showing.entries);
                    said.entry(table.name).or_default().add(&row.values);
                }
            }
        }
        for table in derived.tables() {
            let there = sum(db, table, &row.ledger.to_string()).await?;
            *counted.entry(table.name).or_default() += there.rows;
            if there != said.get(table.name).copied().unwrap_or_default() {
                wrong.push(Wrong::Table { origin: row.origin.clone(), table: table.name });
            }
        }
    }
    // Rows that say they are of a ledger that nobody keeps.
    for table in derived.tables() {
        let all = db.read(&format!("select count(*) from {}", table.name), &[]).await?;
        let all = all.first().map_or(Ok(0), |row| row.int(0))?.unsigned_abs();
        if all != counted.get(table.name).copied().unwrap_or_default() {
            wrong.push(Wrong::Table { origin: "no ledger that is kept".to_owned(), table: table.name });
        }
    }
    Ok(wrong)
}

row! {
    /// How private values of one field are marked, and one entry that has it.
    Marked, from "private p join event e
         on e.ledger = p.ledger and e.stream = p.stream and e.version = p.version" {
        kind: String = "e.kind",
        field: String = "p.field",
        published: i64 = "p.published",
        number: i64 = "min(e.number)",
    }
}

row! {
    Sample, from "event" {
        stream: String,
        envelope: String,
    }
}

query! {
    MARKED: Marked => "where p.ledger = ?1 group by e.kind, p.field, p.published",
        scans "whoever verifies looks at all of it";
    SAMPLE: Sample => "where ledger = ?1 and number = ?2";
    BETWEEN: Duty => "where ledger = ?1 and stream > ?2 and stream <= ?3 order by stream, n";
    AFTER: Duty => "where ledger = ?1 and stream > ?2 order by stream, n limit 1";
}

/// Which private values are marked otherwise than their types say, so that everyone would read
/// what is private. Fields of one kind are all of one type.
pub async fn marks(db: &Db, derived: &Derived) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    for row in ledgers(db).await? {
        for Marked { kind, field, published, number } in MARKED.all(db, &args![row.ledger]).await? {
            let Some(Sample { stream, envelope }) = SAMPLE.first(db, &args![row.ledger, number]).await?
            else {
                continue;
            };
            let name = StreamName::stored(&stream);
            let entry = StoredEntry { envelope, private: Fields::new() };
            let mut open = false;
            for shown in (derived.streams)().into_iter().filter(|shown| shown.kind() == name.kind()) {
                open |= shown.is_published(entry.clone(), &field)?;
            }
            if published != i64::from(open) {
                wrong.push(Wrong::Marked { origin: row.origin.clone(), kind, field });
            }
        }
    }
    Ok(wrong)
}

/// What was compared, and the first that differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many streams.
    pub streams: u64,
    /// The first stream whose rows are not what its entries say.
    pub differs: Option<String>,
}

/// Compares what waits in a ledger with what its streams say waits, some streams at a time, and
/// names the first that differs.
pub async fn duties(db: &Db, derived: &Derived, ledger: PlaceId) -> Result<Compared, Fault> {
    let (mut compared, mut done) = (Compared::default(), String::new());
    let mut streams = Streams::of(db, derived, ledger);
    while let Some(some) = streams.next().await? {
        let Some(last) = some.last().map(|showing| showing.stream.clone()) else { continue };
        let mut stored: BTreeMap<String, Vec<RowOf>> = BTreeMap::new();
        for duty in BETWEEN.all(db, &args![ledger, &done, &last]).await? {
            stored.entry(duty.stream.clone()).or_default().extend(Rows::of(duty).0);
        }
        for showing in some {
            compared.streams += 1;
            let rows = showing.shows.into_iter().flat_map(|shows| shows.rows.0);
            let waits = rows.filter(|row| row.table.name == Duty::TABLE.name);
            let said: Vec<RowOf> = waits.map(|row| row.numbered(&showing.entries)).collect();
            if stored.remove(&showing.stream).unwrap_or_default() != said {
                compared.differs.get_or_insert(showing.stream);
            }
        }
        // What waits in a stream that is not there.
        if let Some(stray) = stored.into_keys().next() {
            compared.differs.get_or_insert(stray);
        }
        done = last;
    }
    if let Some(stray) = AFTER.first(db, &args![ledger, &done]).await? {
        compared.differs.get_or_insert(stray.stream);
    }
    Ok(compared)
}

/// The rows of a table that are of one ledger.
async fn sum(db: &Db, table: &'static Table, ledger: &str) -> Result<Sum, Fault> {
    let names = table.names();
    let (columns, key) = (names.join(", "), names[..table.key].join(", "));
    // The ledger is first in every key.
    let of_ledger = format!("select {columns} from {} where {} = ?2", table.name, names[0]);
    let places: Vec<String> = (3..=table.key + 2).map(|n| format!("?{n}")).collect();
    let first = format!("{of_ledger} order by {key} limit ?1");
    let further = format!("{of_ledger} and ({key}) > ({}) order by {key} limit ?1", places.join(", "));
    let mut sum = Sum::default();
    let mut rows: Vec<Row> = db.read(&first, &args![READ, ledger]).await?;
    while let Some(last) = rows.last() {
        let key = last.values()[..table.key].iter().cloned();
        let after: Vec<Value> = args![READ, ledger].into_iter().chain(key).collect();
        rows.iter().for_each(|row| sum.add(row.values()));
        rows = db.read(&further, &after).await?;
    }
    Ok(sum)
}
