//! The terms by which SQLite's FTS5 finds things: put in, found, taken out for good, and read
//! back. Which terms a thing has is not known here.

use super::{Sqlite, bound, configure, file};
use crate::table::Engine;
use crate::{Fault, Hit, SearchIndex, Sought, Value};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::PlaceId;

impl Sqlite {
    pub(crate) async fn find(
        &self,
        index: &SearchIndex,
        ledgers: &[PlaceId],
        column: &str,
        sought: &Sought,
        behind: Hit,
        limit: u32,
    ) -> Result<Vec<Hit>, Fault> {
        let (sql, args) = asked(index, ledgers, column, sought, behind, limit);
        let rows = self.rows(&sql, &args).await?;
        rows.iter().map(|row| Ok(Hit { doc: row.int(0)?, ledger: PlaceId(row.uuid(1)?) })).collect()
    }

    pub(crate) fn plan_of_find(
        &self,
        index: &SearchIndex,
        ledgers: &[PlaceId],
        column: &str,
        sought: &Sought,
    ) -> Result<Vec<String>, Fault> {
        self.plan(&asked(index, ledgers, column, sought, Hit::FIRST, 1).0)
    }

    /// The terms by which an index knows some things.
    pub(crate) async fn indexed(
        &self,
        index: &'static SearchIndex,
        docs: BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, BTreeSet<String>>, Fault> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let path = file(&self.folder);
        let read = tokio::task::spawn_blocking(move || {
            let connection = Connection::open_with_flags(path, flags)?;
            configure(&connection)?;
            words(&connection, index, &docs)
        });
        read.await.map_err(|_| Fault::Stopped)?
    }
}

/// The statement by which something is found. FTS5 gives what it finds in the order of its numbers,
/// one after another: what lies in another ledger is left out on the way.
fn asked(
    index: &SearchIndex,
    ledgers: &[PlaceId],
    column: &str,
    sought: &Sought,
    behind: Hit,
    limit: u32,
) -> (String, Vec<Value>) {
    let column = index.columns.iter().position(|name| *name == column).unwrap_or_default();
    let places: Vec<String> = (4..4 + ledgers.len()).map(|n| format!("?{n}")).collect();
    let sql = format!(
        "select {name}.rowid, {of}.ledger from {name} cross join {of}
         where {name} match ?1 and {name}.rowid < ?2
         and {of}.doc = {name}.rowid and {of}.ledger in ({places})
         order by {name}.rowid desc limit ?3",
        name = index.name,
        of = index.of.name,
        places = places.join(", "),
    );
    let matching = Value::from(sought.of_sqlite(|term| marked(column, term)));
    let first = [matching, Value::Int(behind.doc), Value::Int(limit.into())];
    (sql, first.into_iter().chain(ledgers.iter().map(|ledger| Value::from(ledger.0))).collect())
}

/// A term with a letter for its column: an index without details does not know columns apart.
fn marked(column: usize, term: &str) -> String {
    let letter = char::from(b'a' + u8::try_from(column).unwrap_or_default());
    format!("{letter}{term}")
}

/// The terms by which FTS5 would know a thing: it takes some characters for gaps.
pub(crate) fn as_indexed(index: &SearchIndex, columns: &[Vec<String>]) -> Result<BTreeSet<String>, Fault> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(&index.create(Engine::Sqlite))?;
    put_terms(&connection, index, 1, columns)?;
    Ok(words(&connection, index, &[1].into())?.remove(&1).unwrap_or_default())
}

/// The terms of some things of an index, by reading all that it holds.
fn words(
    connection: &Connection,
    index: &SearchIndex,
    docs: &BTreeSet<i64>,
) -> Result<BTreeMap<i64, BTreeSet<String>>, Fault> {
    let name = index.name;
    let sql = format!("create virtual table temp.{name}_words using fts5vocab(main, {name}, instance)");
    connection.execute_batch(&sql)?;
    let mut read = connection.prepare(&format!("select doc, term from temp.{name}_words"))?;
    let mut rows = read.query([])?;
    let mut found: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let doc = row.get(0)?;
        if docs.contains(&doc) {
            found.entry(doc).or_default().insert(row.get(1)?);
        }
    }
    Ok(found)
}

/// Sets the terms of a thing.
pub(super) fn put_terms(
    connection: &Connection,
    index: &SearchIndex,
    doc: i64,
    columns: &[Vec<String>],
) -> Result<(), Fault> {
    let names = index.columns.join(", ");
    let places: Vec<String> = (2..=columns.len() + 1).map(|n| format!("?{n}")).collect();
    let clear = format!("delete from {} where rowid = ?1", index.name);
    connection.prepare_cached(&clear)?.execute([doc])?;
    let sql = format!("insert into {} (rowid, {names}) values (?1, {})", index.name, places.join(", "));
    let mut values = vec![Value::Int(doc)];
    values.extend(columns.iter().enumerate().map(|(column, terms)| {
        let terms: Vec<String> = terms.iter().map(|term| marked(column, term)).collect();
        Value::Text(terms.join(" "))
    }));
    connection.prepare_cached(&sql)?.execute(bound(&values))?;
    Ok(())
}

/// Makes the index anew without what was taken out of it: until then FTS5 only marks it.
pub(super) fn forget(connection: &Connection, index: &SearchIndex) -> Result<(), Fault> {
    let sql = format!("insert into {name} ({name}) values ('optimize')", name = index.name);
    connection.prepare_cached(&sql)?.execute([])?;
    Ok(())
}
