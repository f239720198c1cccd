//! Numbered migrations of what is not derived, in one dialect, with a checksum each so that a
//! database made by an altered program is refused rather than guessed at. Tables of read
//! models are not among them: those follow from their declarations.

use crate::Fault;
use crate::blobs::digest_of;
use crate::table::Engine;

/// One step of the schema.
#[derive(Debug)]
pub(crate) struct Migration {
    /// Its number, from 1.
    pub(crate) number: i64,
    /// Its text, in SQLite's dialect.
    pub(crate) text: &'static str,
}

macro_rules! migration {
    ($number:literal, $file:literal) => {
        Migration { number: $number, text: include_str!(concat!("../migrations/", $file)) }
    };
}

/// All steps, in order.
pub(crate) static MIGRATIONS: [Migration; 7] = [
    migration!(1, "0001_ledger.sql"),
    migration!(2, "0002_people.sql"),
    migration!(3, "0003_work.sql"),
    migration!(4, "0004_setting.sql"),
    migration!(5, "0005_partner.sql"),
    migration!(6, "0006_message.sql"),
    migration!(7, "0007_inbox.sql"),
];

/// Remembers which steps were taken; the same text for both engines.
pub(crate) const REMEMBER: &str =
    "create table if not exists migration (number bigint not null primary key, checksum text not null)";

/// The steps still to take, given number and checksum of those taken.
pub(crate) fn pending(taken: &[(i64, String)]) -> Result<Vec<(&'static Migration, String)>, Fault> {
    for (number, checksum) in taken {
        let known = MIGRATIONS.iter().find(|migration| migration.number == *number);
        let Some(known) = known else {
            return Err(Fault::Migration {
                number: *number,
                why: "the database was made by a later program",
            });
        };
        if digest_of(known.text.as_bytes()) != *checksum {
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
        .map(|migration| (migration, digest_of(migration.text.as_bytes())))
        .collect())
}

/// Text in SQLite's dialect for an engine. Only lines that declare a column and those that end
/// a table differ, so a word of a comment or a name is left alone.
pub(crate) fn for_engine(text: &str, engine: Engine) -> String {
    match engine {
        Engine::Sqlite => text.to_owned(),
        Engine::Postgres => text.lines().map(|line| for_postgres(line) + "\n").collect(),
    }
}

fn for_postgres(line: &str) -> String {
    if let Some(end) = line.strip_prefix(") strict") {
        return format!("){}", end.strip_prefix(", without rowid").unwrap_or(end));
    }
    let Some(column) = line.strip_prefix("  ") else { return line.to_owned() };
    let Some((name, rest)) = column.split_once(' ') else { return line.to_owned() };
    let end = rest.find([' ', ',']).unwrap_or(rest.len());
    let kind = match &rest[..end] {
        "text" => "text collate \"C\"",
        "integer" => "bigint",
        "blob" => "bytea",
        other => other,
    };
    format!("  {name} {kind}{}", &rest[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_types_of_columns_are_translated() {
        let text = "-- text of a blob\ncreate table blob (\n  text text not null,\n  n integer,\n  primary key (text, n)\n) strict, without rowid;\n";
        let there = "-- text of a blob\ncreate table blob (\n  text text collate \"C\" not null,\n  n bigint,\n  primary key (text, n)\n);\n";
        assert_eq!(for_engine(text, Engine::Postgres), there);
        assert_eq!(for_engine(text, Engine::Sqlite), text);
    }
}
