//! Where some words stand in a store: for tests that nothing is left of what was erased.

use std::path::{Path, PathBuf};
use yishi_store::{Db, Value};

/// The tables and columns of a database in which some words stand, by searching all of them.
///
/// # Panics
/// When the store fails.
pub async fn standing(db: &Db, words: &str) -> Vec<String> {
    const SQLITE: &str = "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c
         where m.type = 'table'";
    const POSTGRES: &str = "select table_name::text, column_name::text from information_schema.columns
         where table_schema = 'public'";
    let (columns, holds) = match db {
        Db::Sqlite(_) => (SQLITE, "instr(hex(COLUMN), ?2) > 0 or instr(COLUMN, ?1) > 0"),
        Db::Postgres(_) => (POSTGRES, "strpos(COLUMN::text, ?1) > 0 or strpos(upper(COLUMN::text), ?2) > 0"),
    };
    let hex: String = words.bytes().map(|byte| format!("{byte:02X}")).collect();
    let mut found = Vec::new();
    for row in db.rows(columns, &[]).await.unwrap() {
        let (table, column) = (row.text(0).unwrap(), format!("\"{}\"", row.text(1).unwrap()));
        let sql = format!("select count(*) from {table} where {}", holds.replace("COLUMN", &column));
        // A test may put SQL together once for each column.
        let count = db.row(sql.leak(), &[Value::from(words), Value::from(hex.as_str())]).await.unwrap();
        if count.unwrap().int(0).unwrap() > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// The files of a store in which some words stand: the database, its log, photos and whatever else
/// lies there.
///
/// # Panics
/// When a file cannot be read.
#[must_use]
pub fn holding(folder: &Path, words: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let named = path.to_string_lossy().replace('/', "").contains(words);
            let bytes = std::fs::read(&path).unwrap();
            if named || bytes.windows(words.len()).any(|some| some == words.as_bytes()) {
                found.push(path);
            }
        }
    }
    found
}
