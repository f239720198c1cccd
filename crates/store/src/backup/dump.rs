//! Tables as lines of JSON, row by row and in the order of their keys: the same on both engines.
//! Which tables there are is asked of the migrations, so that a new one is in every backup unless
//! it is left out here.

use crate::migrate::MIGRATIONS;
use crate::{Db, Fault, Row, Value, args};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use rusqlite::Connection;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Rows read at once, and in one part of the backup.
const READ: i64 = 5_000;

/// Tables that a backup does not hold: what the program makes by itself, files, which stand in
/// the backup as files, and what must not come back: who was signed in, links of calendars that
/// were ended since, and backups.
const LEFT_OUT: [&str; 9] =
    ["backup", "blob", "calendar_link", "follower", "half_session", "lease", "remake", "session", "view"];

/// A table that a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dumped {
    pub(super) name: String,
    columns: Vec<String>,
    key: Vec<String>,
}

/// All of them.
pub(super) fn tables() -> Result<Vec<Dumped>, Fault> {
    let memory = Connection::open_in_memory()?;
    for migration in &MIGRATIONS {
        memory.execute_batch(migration.text)?;
    }
    let mut names: Vec<String> = Vec::new();
    memory.pragma_query(None, "table_list", |row| {
        names.push(row.get("name")?);
        Ok(())
    })?;
    names.sort();
    let held = |name: &String| !name.starts_with("sqlite_") && !LEFT_OUT.contains(&name.as_str());
    names.into_iter().filter(held).map(|name| columns(&memory, name)).collect()
}

fn columns(memory: &Connection, name: String) -> Result<Dumped, Fault> {
    let mut rows: Vec<(String, i64)> = Vec::new();
    memory.pragma(None, "table_info", &name, |row| {
        rows.push((row.get("name")?, row.get("pk")?));
        Ok(())
    })?;
    let mut key: Vec<&(String, i64)> = rows.iter().filter(|(_, place)| *place > 0).collect();
    key.sort_by_key(|(_, place)| *place);
    let key = key.into_iter().map(|(name, _)| name.clone()).collect();
    Ok(Dumped { name, columns: rows.into_iter().map(|(name, _)| name).collect(), key })
}

impl Dumped {
    /// Rows after a key, as many as are read at once.
    pub(super) async fn rows(&self, db: &Db, after: Option<&Row>) -> Result<Vec<Row>, Fault> {
        let (columns, key) = (self.columns.join(", "), self.key.join(", "));
        let places: Vec<String> = (2..=self.key.len() + 1).map(|n| format!("?{n}")).collect();
        let further = match after {
            Some(_) => format!("where ({key}) > ({})", places.join(", ")),
            None => String::new(),
        };
        let sql = format!("select {columns} from {} {further} order by {key} limit ?1", self.name);
        let after = after.map(|row| self.key_of(row)).unwrap_or_default();
        db.read(&sql, &args![READ].into_iter().chain(after).collect::<Vec<_>>()).await
    }

    fn key_of(&self, row: &Row) -> Vec<Value> {
        let named = |name: &String| self.columns.iter().zip(row.values()).find(|(column, _)| *column == name);
        self.key.iter().filter_map(named).map(|(_, value)| value.clone()).collect()
    }

    /// A value of a row by its column.
    pub(super) fn value<'a>(&self, row: &'a [Value], column: &str) -> Option<&'a Value> {
        self.columns.iter().zip(row).find(|(name, _)| *name == column).map(|(_, value)| value)
    }

    /// What puts rows in; put together once for each table, of which there are a dozen.
    pub(super) fn insert(&self) -> &'static str {
        static KNOWN: Mutex<BTreeMap<String, &'static str>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(self.name.clone()).or_insert_with(|| {
            let places: Vec<String> = (1..=self.columns.len()).map(|n| format!("?{n}")).collect();
            let (columns, places) = (self.columns.join(", "), places.join(", "));
            format!("insert into {} ({columns}) values ({places})", self.name).leak()
        })
    }

    /// A line of a backup as a row of this table.
    pub(super) fn read(&self, line: &str) -> Result<Vec<Value>, Fault> {
        let wrong = || Fault::Backup(format!("a row of {} does not read", self.name));
        let row: Vec<Json> = serde_json::from_str(line).map_err(|_| wrong())?;
        if row.len() != self.columns.len() {
            return Err(wrong());
        }
        row.into_iter().map(|value| read_value(value).ok_or_else(wrong)).collect()
    }
}

/// A row as a line of a backup.
pub(super) fn line(row: &Row) -> String {
    let json = |value: &Value| match value {
        Value::Null | Value::Number | Value::NumberOf(_) => Json::Null,
        Value::Int(int) => json!(int),
        Value::Text(text) => json!(text),
        Value::Blob(bytes) => json!({ "bytes": BASE64_STANDARD.encode(bytes) }),
    };
    Json::from_iter(row.values().iter().map(json)).to_string() + "\n"
}

fn read_value(value: Json) -> Option<Value> {
    Some(match value {
        Json::Null => Value::Null,
        Json::Number(number) => Value::Int(number.as_i64()?),
        Json::String(text) => Value::Text(text),
        Json::Object(object) => Value::Blob(BASE64_STANDARD.decode(object.get("bytes")?.as_str()?).ok()?),
        Json::Bool(_) | Json::Array(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_table_is_held_or_left_out_by_name() {
        let names: Vec<String> = tables().unwrap().into_iter().map(|table| table.name).collect();
        for name in ["event", "private", "head", "seal", "keeper", "credential", "outbox", "cursor"] {
            assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
        }
        assert!(LEFT_OUT.iter().all(|name| !names.iter().any(|one| one == name)));
        assert!(tables().unwrap().iter().all(|table| !table.key.is_empty()));
    }

    #[test]
    fn a_row_comes_back_as_it_was() {
        let event = tables().unwrap().into_iter().find(|table| table.name == "head").unwrap();
        let row = Row(vec![Value::from("账\n\"本"), Value::Int(i64::MIN), Value::Blob(vec![0, 255, 10])]);
        assert_eq!(event.read(line(&row).trim_end()).unwrap(), row.0);
        assert_eq!(event.key_of(&row), [Value::from("账\n\"本")]);
        for wrong in ["[]", "[1,2]", "[1,2,true]", "[1,2,1.5]", "{}", "[1,2,{\"bytes\":\"?\"}]"] {
            assert!(event.read(wrong).is_err(), "{wrong}");
        }
    }
}
