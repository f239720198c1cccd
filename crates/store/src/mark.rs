//! Whether a store is a demonstration's: its neighbourhood is invented, and its passwords are known
//! to everyone. Its ledgers say so themselves, by a name that every checkpoint of them bears; a
//! mark says it of a store of other ledgers.

use crate::{Db, Fault, args, query};

/// The host that names the ledgers of a demonstration, and no others.
pub const DEMO_HOST: &str = "demo.yishi.local";
/// The store of a demonstration.
const DEMO: &str = "demo";

query! {
    MARK: () = "insert into mark (name) values (?1) on conflict (name) do nothing";
    MARKED: i64 = "select count(*) from mark where name = ?1";
    NAMED: i64 = "select count(*) from keeper where origin like ?1", scans "one row a community";
}

impl Db {
    /// Marks it as the store of a demonstration, for good.
    pub async fn mark_as_demo(&self) -> Result<(), Fault> {
        self.execute(vec![MARK.with(args![DEMO])]).await
    }

    /// Whether it is the store of a demonstration.
    pub async fn is_demo(&self) -> Result<bool, Fault> {
        let marked = MARKED.first(self, &args![DEMO]).await?.unwrap_or_default();
        let named = NAMED.first(self, &args![format!("{DEMO_HOST}/%")]).await?.unwrap_or_default();
        Ok(marked + named > 0)
    }
}
