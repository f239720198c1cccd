//! The terms by which SQLite's FTS5 finds things: put in, found, taken out for good, and read
//! back. Which terms a thing has is not known here.

use super::{Sqlite, bound, configure, file};
use crate::table::Engine;
use crate::{Fault, SearchIndex, Value};
use rusqlite::{Connection, OpenFlags};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

impl Sqlite {
    pub(crate) async fn find(
        &self,
        index: &SearchIndex,
        ledger: Uuid,
        column: &str,
        terms: &[String],
        below: i64,
        limit: u32,
    ) -> Result<Vec<i64>, Fault> {
        let column = index.columns.iter().position(|name| *name == column).unwrap_or_default();
        // Each term in quotes is a plain word to FTS5, whatever it holds.
        let quoted: Vec<String> =
            terms.iter().map(|term| format!("\"{}\"", marked(column, &term.replace('"', "")))).collect();
        let sql = format!(
            "select rowid from {name} where {name} match ?1
             and rowid < ?4 and exists (select 1 from {of} where {of}.doc = {name}.rowid and {of}.ledger = ?3)
             order by rowid desc limit ?2",
            name = index.name,
            of = index.of.name,
        );
        let matching = quoted.join(" AND ");
        let args = [Value::from(matching), Value::Int(limit.into()), Value::from(ledger), Value::Int(below)];
        let rows = self.rows(&sql, &args).await?;
        rows.iter().map(|row| row.int(0)).collect()
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
    let sql = format!("create virtual table temp.word using fts5vocab(main, {}, instance)", index.name);
    connection.execute_batch(&sql)?;
    let mut read = connection.prepare("select doc, term from temp.word")?;
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
