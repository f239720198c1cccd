//! What is so of a store as a whole, whoever opens it: that its neighbourhood is invented and its
//! passwords are known to everyone. It is of no ledger.

use crate::{Db, Fault, args, query};

/// The store of a demonstration.
const DEMO: &str = "demo";

query! {
    MARK: () = "insert into mark (name) values (?1) on conflict (name) do nothing";
    MARKED: i64 = "select count(*) from mark where name = ?1";
}

impl Db {
    /// Marks it as the store of a demonstration, for good.
    pub async fn mark_as_demo(&self) -> Result<(), Fault> {
        self.execute(vec![MARK.with(args![DEMO])]).await
    }

    /// Whether it is the store of a demonstration.
    pub async fn is_demo(&self) -> Result<bool, Fault> {
        Ok(MARKED.first(self, &args![DEMO]).await?.unwrap_or_default() > 0)
    }
}
