//! How PostgreSQL finds things by their terms: arrays with GIN, planned for what is asked for. Which
//! terms a thing has is not known here.

use super::Postgres;
use crate::{Fault, Hit, SearchIndex, Sought};
use tokio_postgres::types::ToSql;
use yishi_kernel::PlaceId;

impl Postgres {
    pub(crate) async fn find(
        &self,
        index: &SearchIndex,
        ledgers: &[PlaceId],
        column: &str,
        sought: &Sought,
        behind: Hit,
        limit: u32,
    ) -> Result<Vec<Hit>, Fault> {
        let (sql, terms) = find_sql(index, ledgers, column, sought);
        let connection = self.connection().await?;
        // Planned for what is asked for: how rare a term is decides the way.
        let statement = connection.prepare(&sql).await?;
        let (ledgers, last) = (texts(ledgers), behind.ledger.to_string());
        let limit = i64::from(limit);
        let mut args: Vec<&(dyn ToSql + Sync)> = vec![&ledgers, &limit, &behind.doc, &last];
        args.extend(terms.iter().map(|terms| terms as &(dyn ToSql + Sync)));
        let rows = connection.query(&statement, &args).await?;
        let hit = |row: &tokio_postgres::Row| {
            let ledger: &str = row.get(1);
            Ok(Hit { doc: row.get(0), ledger: ledger.parse().map_err(Fault::unreadable)? })
        };
        rows.iter().map(hit).collect()
    }

    pub(crate) async fn plan_of_find(
        &self,
        index: &SearchIndex,
        ledgers: &[PlaceId],
        column: &str,
        sought: &Sought,
    ) -> Result<Vec<String>, Fault> {
        let (sql, terms) = find_sql(index, ledgers, column, sought);
        let mut connection = self.connection().await?;
        let transaction = connection.transaction().await?;
        // Among few rows it takes any way: here it shows whether there is one by an index.
        transaction.batch_execute("set local enable_seqscan = off").await?;
        let statement = transaction.prepare(&format!("explain (costs off) {sql}")).await?;
        let (ledgers, last) = (texts(ledgers), Hit::FIRST.ledger.to_string());
        let mut args: Vec<&(dyn ToSql + Sync)> = vec![&ledgers, &1_i64, &Hit::FIRST.doc, &last];
        args.extend(terms.iter().map(|terms| terms as &(dyn ToSql + Sync)));
        let rows = transaction.query(&statement, &args).await?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }
}

/// The statement by which something is found, and the terms it asks for.
fn find_sql(
    index: &SearchIndex,
    ledgers: &[PlaceId],
    column: &str,
    sought: &Sought,
) -> (String, Vec<Vec<String>>) {
    let (condition, terms) = sought.of_postgres(column, 4);
    // One ledger is read in the order of its key.
    let of_ledger = match ledgers {
        [_] => "ledger = ($1::text[])[1]",
        _ => "ledger = any($1::text[])",
    };
    let sql = format!(
        "select doc, ledger from {} where {of_ledger} and doc <= $3 and (doc, ledger) < ($3, $4) and {condition}
         order by doc desc, ledger desc limit $2",
        index.name
    );
    (sql, terms)
}

fn texts(ledgers: &[PlaceId]) -> Vec<String> {
    ledgers.iter().map(ToString::to_string).collect()
}
