//! What an index of terms holds of some things, for whoever asks whether that fits. Each engine
//! keeps its terms in a way of its own; here they are sets.

use crate::{Db, Fault, SearchIndex, args, sqlite};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::PlaceId;

impl Db {
    /// The terms by which an index knows some things of a ledger.
    pub async fn indexed(
        &self,
        index: &'static SearchIndex,
        ledger: PlaceId,
        docs: &BTreeSet<i64>,
    ) -> Result<BTreeMap<i64, BTreeSet<String>>, Fault> {
        if docs.is_empty() {
            return Ok(BTreeMap::new());
        }
        if let Db::Sqlite(db) = self {
            return db.indexed(index, docs.clone()).await;
        }
        let columns: Vec<String> =
            index.columns.iter().map(|column| format!("array_to_string({column}, ' ')")).collect();
        let columns = columns.join(", ");
        let sql = format!("select doc, {columns} from {} where ledger = ?1 and doc = ?2", index.name);
        let mut found = BTreeMap::new();
        for doc in docs {
            for row in self.read(&sql, &args![ledger, *doc]).await? {
                let texts = (1..=index.columns.len()).map(|n| row.text(n));
                let texts = texts.collect::<Result<Vec<_>, _>>()?;
                let terms = texts.iter().map(|text| text.split_whitespace().map(str::to_owned).collect());
                found.insert(*doc, told(&terms.collect::<Vec<_>>()));
            }
        }
        Ok(found)
    }

    /// The terms by which it would know a thing with these in its columns.
    pub fn as_indexed(
        &self,
        index: &'static SearchIndex,
        columns: &[Vec<String>],
    ) -> Result<BTreeSet<String>, Fault> {
        match self {
            Db::Sqlite(_) => sqlite::as_indexed(index, columns),
            Db::Postgres(_) => Ok(told(columns)),
        }
    }
}

/// Terms with the number of their column.
fn told(columns: &[Vec<String>]) -> BTreeSet<String> {
    let columns = columns.iter().enumerate();
    columns.flat_map(|(n, terms)| terms.iter().map(move |term| format!("{n}{term}"))).collect()
}
