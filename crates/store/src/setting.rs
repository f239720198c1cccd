//! What is set for the store as a whole, and holds until it is set otherwise: the address under
//! which people reach the program. It is no entry: it says how one machine is reached, and moves
//! with the machine.

use crate::{Db, Fault, args, query};

/// The address under which people reach the program.
const ADDRESS: &str = "public-address";

query! {
    KEEP: () = "insert into setting (name, value) values (?1, ?2) on conflict (name) do update set value = excluded.value";
    KEPT: String = "select value from setting where name = ?1";
}

impl Db {
    /// Keeps the address under which people reach the program.
    pub async fn keep_address(&self, address: &str) -> Result<(), Fault> {
        self.execute(vec![KEEP.with(args![ADDRESS, address])]).await
    }

    /// The address that was kept, if one was.
    pub async fn address(&self) -> Result<Option<String>, Fault> {
        KEPT.first(self, &args![ADDRESS]).await
    }
}
