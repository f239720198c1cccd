//! What many appends leave of each row of a read model: the last of each key counts, and all rows
//! of a table go out in one statement. What appends are is not known here.

use super::{args_of, bound, dollars};
use crate::append::Write;
use crate::table::fill;
use crate::{Fault, SearchIndex, Table, Value};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use tokio_postgres::types::ToSql;
use yishi_kernel::cell::Kind;

/// Numbers of entries, by stream and which of its entries is meant.
pub(super) type Numbers<'a> = HashMap<(&'a str, Option<&'a str>), i64>;

/// The rows of one table by key: what each is to be, nothing when it is to go.
pub(super) struct RowsOf<'a> {
    table: &'static Table,
    rows: BTreeMap<&'a [Value], Option<Cow<'a, [Value]>>>,
}

/// The terms of one index by ledger and number.
struct TermsOf<'a> {
    index: &'static SearchIndex,
    docs: BTreeMap<(String, i64), &'a [Vec<String>]>,
}

/// What many writes leave of each row: the last one of each key counts.
#[derive(Default)]
pub(super) struct Changes<'a> {
    pub rows: BTreeMap<&'static str, RowsOf<'a>>,
    terms: BTreeMap<&'static str, TermsOf<'a>>,
}

impl<'a> Changes<'a> {
    pub fn add(&mut self, write: &'a Write, numbers: &Numbers<'_>) -> Result<(), Fault> {
        let mut set = |table: &'static Table, key: &'a [Value], row: Option<Cow<'a, [Value]>>| {
            let of = self.rows.entry(table.name).or_insert_with(|| RowsOf { table, rows: BTreeMap::new() });
            of.rows.insert(key, row);
        };
        match write {
            Write::Put { row, stream } if row.wants().next().is_some() => {
                let mut values = row.values.clone();
                for wanted in row.wants() {
                    if !numbers.contains_key(&(stream.as_str(), wanted)) {
                        return Err(Fault::unreadable(format!(
                            "{stream} lacks the entry that its number is of"
                        )));
                    }
                }
                fill(&mut values, |wanted| numbers.get(&(stream.as_str(), wanted)).copied());
                set(row.table, row.key(), Some(Cow::Owned(values)));
            }
            Write::Put { row, .. } => set(row.table, row.key(), Some(Cow::Borrowed(&row.values))),
            Write::Delete { table, key } => set(table, key, None),
            Write::Terms { index, ledger, doc, columns } => {
                let of =
                    self.terms.entry(index.name).or_insert_with(|| TermsOf { index, docs: BTreeMap::new() });
                of.docs.insert((ledger.to_string(), *doc), columns);
            }
        }
        Ok(())
    }

    pub async fn run(&self, transaction: &deadpool_postgres::Transaction<'_>) -> Result<(), Fault> {
        for RowsOf { table, rows } in self.rows.values() {
            let gone: Vec<&[Value]> =
                rows.iter().filter(|(_, row)| row.is_none()).map(|(key, _)| *key).collect();
            for key in gone {
                let delete = transaction.prepare_cached(&dollars(&table.delete_sql())).await?;
                transaction.execute(&delete, &args_of(&bound(key))).await?;
            }
            let there: Vec<&[Value]> = rows.values().filter_map(Option::as_deref).collect();
            if there.is_empty() {
                continue;
            }
            let arrays: Vec<Box<dyn ToSql + Sync + Send>> =
                table.columns.iter().enumerate().map(|(n, column)| array(&there, n, column.kind)).collect();
            let casts: Vec<String> = table
                .columns
                .iter()
                .enumerate()
                .map(|(n, column)| match column.kind {
                    Kind::Int | Kind::Number => format!("${}::bigint[]", n + 1),
                    Kind::Text => format!("${}::text[]", n + 1),
                    Kind::Bytes => format!("${}::bytea[]", n + 1),
                })
                .collect();
            let sql = table.put_sql(&format!("select * from unnest({})", casts.join(", ")));
            let put = transaction.prepare_cached(&sql).await?;
            let args: Vec<&(dyn ToSql + Sync)> =
                arrays.iter().map(|array| &**array as &(dyn ToSql + Sync)).collect();
            transaction.execute(&put, &args).await?;
        }
        for TermsOf { index, docs } in self.terms.values() {
            let ledgers: Vec<&str> = docs.keys().map(|(ledger, _)| ledger.as_str()).collect();
            let numbers: Vec<i64> = docs.keys().map(|(_, doc)| *doc).collect();
            let columns: Vec<Vec<String>> = (0..index.columns.len())
                .map(|n| docs.values().map(|columns| columns[n].join(" ")).collect())
                .collect();
            let names = index.columns.join(", ");
            let split: Vec<String> =
                (0..columns.len()).map(|n| format!("string_to_array(c{n}, ' ')")).collect();
            let source: Vec<String> = (0..columns.len()).map(|n| format!("${}::text[]", n + 3)).collect();
            let alias: Vec<String> = (0..columns.len()).map(|n| format!("c{n}")).collect();
            let set: Vec<String> =
                index.columns.iter().map(|name| format!("{name} = excluded.{name}")).collect();
            let sql = format!(
                "insert into {} (ledger, doc, {names}) select l, d, {} from unnest($1::text[], $2::bigint[], {}) as u(l, d, {}) on conflict (ledger, doc) do update set {}",
                index.name,
                split.join(", "),
                source.join(", "),
                alias.join(", "),
                set.join(", ")
            );
            let put = transaction.prepare_cached(&sql).await?;
            let mut args: Vec<&(dyn ToSql + Sync)> = vec![&ledgers, &numbers];
            args.extend(columns.iter().map(|column| column as &(dyn ToSql + Sync)));
            transaction.execute(&put, &args).await?;
        }
        Ok(())
    }
}

fn array(rows: &[&[Value]], n: usize, kind: Kind) -> Box<dyn ToSql + Sync + Send> {
    match kind {
        Kind::Int | Kind::Number => Box::new(
            rows.iter()
                .map(|row| match &row[n] {
                    Value::Int(int) => Some(*int),
                    _ => None,
                })
                .collect::<Vec<Option<i64>>>(),
        ),
        Kind::Text => Box::new(
            rows.iter()
                .map(|row| match &row[n] {
                    Value::Text(text) => Some(text.clone()),
                    _ => None,
                })
                .collect::<Vec<Option<String>>>(),
        ),
        Kind::Bytes => Box::new(
            rows.iter()
                .map(|row| match &row[n] {
                    Value::Blob(bytes) => Some(bytes.clone()),
                    _ => None,
                })
                .collect::<Vec<Option<Vec<u8>>>>(),
        ),
    }
}
