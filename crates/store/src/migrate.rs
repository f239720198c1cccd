//! Numbered migrations, one text for each engine, with a checksum each so that a database
//! made by an altered program is refused rather than guessed at.

use crate::Fault;
use crate::blobs::digest_of;

/// One step of the schema.
#[derive(Debug)]
pub struct Migration {
    /// Its number, from 1.
    pub number: i64,
    /// Text for SQLite.
    pub sqlite: &'static str,
    /// Text for PostgreSQL.
    pub postgres: &'static str,
}

macro_rules! migration {
    ($number:literal, $file:literal) => {
        Migration {
            number: $number,
            sqlite: include_str!(concat!("../migrations/sqlite/", $file)),
            postgres: include_str!(concat!("../migrations/postgres/", $file)),
        }
    };
}

/// All steps, in order.
pub static MIGRATIONS: [Migration; 5] = [
    migration!(1, "0001_kernel.sql"),
    migration!(2, "0002_features.sql"),
    migration!(3, "0003_outbox.sql"),
    migration!(4, "0004_search.sql"),
    migration!(5, "0005_meetings.sql"),
];

/// Remembers which steps were taken; the same text for both engines.
pub const REMEMBER: &str =
    "create table if not exists migration (number bigint not null primary key, checksum text not null)";

/// The steps still to take, given number and checksum of those taken.
///
/// # Errors
/// When a step taken is not this program's.
pub fn pending(
    taken: &[(i64, String)],
    text: impl Fn(&Migration) -> &'static str,
) -> Result<Vec<(&'static Migration, String)>, Fault> {
    for (number, checksum) in taken {
        let known = MIGRATIONS.iter().find(|migration| migration.number == *number);
        let Some(known) = known else {
            return Err(Fault::Migration {
                number: *number,
                why: "the database was made by a later program",
            });
        };
        if digest_of(text(known).as_bytes()) != *checksum {
            return Err(Fault::Migration {
                number: *number,
                why: "the database was made by another program",
            });
        }
    }
    let is_taken = |migration: &Migration| taken.iter().any(|(number, _)| *number == migration.number);
    Ok(MIGRATIONS
        .iter()
        .filter(|migration| !is_taken(migration))
        .map(|migration| (migration, digest_of(text(migration).as_bytes())))
        .collect())
}
