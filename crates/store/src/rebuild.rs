//! Makes tables of read models anew from the ledgers, by the same functions as in appends:
//! those declared otherwise than the store has them before it is used, and all of them on
//! demand. Each is filled beside the one in use, ledger by ledger, and takes its place
//! together with its digest; what was filled when the process ended is not filled again.
//! Also digests the tables, so that a rebuilt store can be shown to be the same.

use crate::append::Append;
use crate::compare::digest_into;
use crate::ledgers::ledgers;
use crate::replay::Shows;
use crate::streams::{Showing, Streams};
use crate::table::{RowOf, View};
use crate::upkeep::{self, made};
use crate::views::Derived;
use crate::{AppendError, Db, Fault, Table, Value, Write, args, query, row};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use yishi_kernel::PlaceId;

/// Rows digested at once.
const DIGESTED: i64 = 2_000;
/// How long a rebuild waits for other processes to stop.
const PATIENCE: Duration = Duration::from_secs(30);

row! {
    /// How far a table has come that is being made: begun, where the ledger is empty.
    Progress, from "remake" {
        name: String,
        ledger: String,
        digest: String,
    }
}

query! {
    PROGRESS: Progress => "order by name, ledger", scans "a row for each ledger, and none after a rebuild";
    DONE: () = "insert into remake (name, ledger, digest) values (?1, ?2, ?3)";
    CLEAR: () = "delete from remake where name = ?1";
    MADE: () = "insert into view (name, digest) values (?1, ?2) on conflict (name) do update set digest = excluded.digest";
    GONE: () = "delete from view where name = ?1";
    NONE_MADE: () = "delete from view", scans "one row a table";
}

/// Makes all tables of read models anew. Returns how many streams were read. If the process
/// ends in between, whoever opens the store next goes on.
///
/// # Errors
/// When others use the store.
pub async fn rebuild(db: &Db, derived: &Derived) -> Result<u64, Fault> {
    let remade = async {
        upkeep::alone(db, PATIENCE).await?;
        sweep(db).await?;
        db.execute(vec![NONE_MADE.with([])]).await?;
        remake(db, derived).await
    };
    let remade = remade.await;
    // Also where it failed: this process goes on with others.
    db.let_go().await?;
    upkeep::serve(db, derived, PATIENCE).await?;
    remade
}

/// Drops what was begun and never came into use. Whoever uses the tables as they are may
/// record and erase, and what was begun before would not know.
pub(crate) async fn sweep(db: &Db) -> Result<(), Fault> {
    let begun: BTreeSet<String> = PROGRESS.all(db, &[]).await?.into_iter().map(|row| row.name).collect();
    for name in begun {
        db.run(vec![drop_table(&next(&name)), owned(CLEAR.with(args![&name]))]).await?;
    }
    Ok(())
}

/// Makes those tables anew whose declaration is another than the store's, and drops those
/// that are declared no more. The caller holds the tables alone.
pub(crate) async fn remake(db: &Db, derived: &Derived) -> Result<u64, Fault> {
    let made = made(db).await?;
    let stale: Vec<View> =
        derived.views().filter(|view| made.get(view.name()) != Some(&view.digest())).collect();
    let done = begin(db, &stale).await?;
    let ledgers = ledgers(db).await?;
    let mut told = Told { began: Instant::now(), last: Instant::now(), streams: 0 };
    for (n, row) in ledgers.iter().enumerate() {
        let ledger = row.ledger.to_string();
        let waiting: Vec<View> = stale
            .iter()
            .filter(|view| !done.contains(&(view.name().to_owned(), ledger.clone())))
            .copied()
            .collect();
        if waiting.is_empty() {
            continue;
        }
        fill(db, derived, &waiting, row.ledger, &mut told).await?;
        let marks =
            waiting.iter().map(|view| owned(DONE.with(args![view.name(), row.ledger, view.digest()])));
        db.run(marks.collect()).await?;
        tracing::info!(
            ledger = row.slug,
            done = n + 1,
            of = ledgers.len(),
            "a ledger stands in the new tables"
        );
    }
    let gone = made.keys().filter(|name| derived.views().all(|view| view.name() != name.as_str()));
    swap(db, &stale, gone).await?;
    Ok(told.streams)
}

/// How often whoever looks on is told how far it has come.
const TELL: Duration = Duration::from_secs(5);

/// How far it has come.
struct Told {
    began: Instant,
    last: Instant,
    streams: u64,
}

impl Told {
    fn further(&mut self, streams: u64) {
        self.streams += streams;
        if self.last.elapsed() >= TELL {
            self.last = Instant::now();
            let seconds = self.began.elapsed().as_secs();
            // Nothing is served meanwhile, so it is said at the level that everybody sees.
            tracing::warn!(streams = self.streams, seconds, "tables are being made anew");
        }
    }
}

/// Makes the tables to be filled, unless an earlier process did. Returns which of them hold
/// which ledger already.
async fn begin(db: &Db, stale: &[View]) -> Result<BTreeSet<(String, String)>, Fault> {
    let mut progress = PROGRESS.all(db, &[]).await?;
    let engine = db.dialect();
    let mut statements = Vec::new();
    let begun: BTreeSet<String> = progress.iter().map(|row| row.name.clone()).collect();
    let wanted: BTreeMap<&str, String> = stale.iter().map(|view| (view.name(), view.digest())).collect();
    // What was begun for another declaration is of no use.
    progress.retain(|row| wanted.get(row.name.as_str()) == Some(&row.digest));
    let fits: BTreeSet<&str> = progress.iter().map(|row| row.name.as_str()).collect();
    for name in begun.iter().filter(|name| !fits.contains(name.as_str())) {
        statements.extend([drop_table(&next(name)), owned(CLEAR.with(args![name]))]);
    }
    for view in stale.iter().filter(|view| !fits.contains(view.name())) {
        statements.push(drop_table(&next(view.name())));
        statements.extend(view.create_next(engine).map(sql));
        statements.push(owned(DONE.with(args![view.name(), "", view.digest()])));
    }
    db.run(statements).await?;
    Ok(progress.into_iter().map(|row| (row.name, row.ledger)).collect())
}

/// All that was filled takes the place of what was in use, in one transaction.
async fn swap(db: &Db, stale: &[View], gone: impl Iterator<Item = &String>) -> Result<(), Fault> {
    let engine = db.dialect();
    let mut statements = Vec::new();
    for view in stale {
        let name = view.name();
        statements.push(drop_table(name));
        statements.push(sql(format!("alter table {} rename to {name}", next(name))));
        statements.extend(view.create_indexes(engine).into_iter().map(sql));
        statements.push(owned(MADE.with(args![name, view.digest()])));
        statements.push(owned(CLEAR.with(args![name])));
    }
    for name in gone {
        statements.extend([drop_table(name), owned(GONE.with(args![name]))]);
    }
    db.run(statements).await
}

type Sql = (Cow<'static, str>, Vec<Value>);

fn owned((sql, args): (&'static str, Vec<Value>)) -> Sql {
    (Cow::Borrowed(sql), args)
}

fn sql(text: String) -> Sql {
    (Cow::Owned(text), Vec::new())
}

fn drop_table(name: &str) -> Sql {
    sql(format!("drop table if exists {name}"))
}

/// The name a table has until it is in use.
fn next(name: &str) -> String {
    format!("{name}_next")
}

/// Fills the tables with what one ledger's streams show. Filling twice fills once.
async fn fill(
    db: &Db,
    derived: &Derived,
    views: &[View],
    ledger: PlaceId,
    told: &mut Told,
) -> Result<(), Fault> {
    let mut streams = Streams::of(db, derived, ledger);
    while let Some(some) = streams.next().await? {
        let count = some.len() as u64;
        let mut writes = Vec::new();
        for showing in some {
            add(views, ledger, showing, &mut writes);
        }
        write(db, ledger, writes).await?;
        told.further(count);
    }
    Ok(())
}

/// Adds what a stream shows in the tables.
fn add(views: &[View], ledger: PlaceId, showing: Showing, writes: &mut Vec<Write>) {
    let made = |name: &str| views.iter().any(|view| view.name() == name);
    let Showing { stream, entries, shows } = showing;
    for Shows { rows, terms } in shows {
        for RowOf { table, values } in rows.0 {
            if let Some(table) = table.next.filter(|_| made(table.name)) {
                let row = RowOf { table, values }.numbered(&entries);
                writes.push(Write::Put { row, stream: stream.clone() });
            }
        }
        if let Some(terms) = terms.filter(|terms| made(terms.index.name))
            && let Some(index) = terms.index.next
        {
            writes.push(Write::Terms { index, ledger: ledger.0, doc: terms.doc, columns: terms.columns });
        }
    }
}

async fn write(db: &Db, ledger: PlaceId, writes: Vec<Write>) -> Result<(), Fault> {
    if writes.is_empty() {
        return Ok(());
    }
    let append = Append {
        ledger: ledger.0,
        now: 0,
        entries: Vec::new(),
        guards: Vec::new(),
        writes,
        erasures: Vec::new(),
        jobs: Vec::new(),
    };
    match db.append(append).await {
        Ok(_) => Ok(()),
        Err(AppendError::Fault(fault)) => Err(fault),
        Err(AppendError::Conflict) => Err(Fault::Busy),
    }
}

/// A digest of each read-model table, the same on both engines.
pub async fn digests(db: &Db, derived: &Derived) -> Result<Vec<(&'static str, String)>, Fault> {
    let mut digests = Vec::new();
    for table in derived.tables() {
        digests.push((table.name, digest(db, table).await?));
    }
    Ok(digests)
}

async fn digest(db: &Db, table: &'static Table) -> Result<String, Fault> {
    let names = table.names();
    let (columns, key) = (names.join(", "), names[..table.key].join(", "));
    let places: Vec<String> = (2..=table.key + 1).map(|n| format!("?{n}")).collect();
    let select = format!("select {columns} from {}", table.name);
    let first = format!("{select} order by {key} limit ?1");
    let further = format!("{select} where ({key}) > ({}) order by {key} limit ?1", places.join(", "));
    let mut hash = Sha256::new();
    let mut rows = db.read(&first, &args![DIGESTED]).await?;
    while let Some(last) = rows.last() {
        let after: Vec<Value> =
            [Value::Int(DIGESTED)].into_iter().chain(last.values()[..table.key].iter().cloned()).collect();
        for row in &rows {
            row.values().iter().for_each(|value| digest_into(&mut hash, value));
            hash.update("\n");
        }
        rows = db.read(&further, &after).await?;
    }
    Ok(yishi_ledger::Digest(hash.finalize().into()).to_string())
}
