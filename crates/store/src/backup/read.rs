//! Reading a backup into a store that is empty: every part is held against its digest, and what
//! was erased since does not come back. Tables of read models are made afterwards, by the caller.

use super::sealed::{Passphrase, SealedKeys};
use super::{ABOUT, About, DIGESTS, Digests, ERASED, FILES, FORM, KEYS, TABLES, dump};
use crate::journal::Erased;
use crate::{Db, Fault, Value, blobs};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

/// A part that stands in memory while it is read may be so long, in bytes: rows have entries of
/// some kilobytes, photos some megabytes.
const LONGEST: u64 = 512 << 20;

/// What came out of a backup.
#[derive(Debug)]
pub struct Read {
    /// What it says of itself.
    pub about: About,
    /// The keys by their ledgers' words, where there were any and the passphrase was given.
    pub keys: BTreeMap<String, String>,
    /// The values that were erased, by the backup's journal and the one that was given.
    pub erased: BTreeSet<Erased>,
    /// How many values the backup still held that were erased since.
    pub left_out: u64,
}

/// Reads what a backup says of itself, and nothing else.
pub fn about(path: &Path) -> Result<About, Fault> {
    let mut parts = parts(path)?;
    let mut entries = parts.entries().map_err(|source| fault(path, source))?;
    match next(path, &mut entries)? {
        Some((name, bytes)) if name == ABOUT => read_about(&bytes),
        _ => Err(Fault::Backup(format!("{} is no backup of this program", path.display()))),
    }
}

/// Reads a backup into an empty store. What the journal names does not come back.
pub async fn read(
    path: &Path,
    db: &Db,
    journal: BTreeSet<Erased>,
    passphrase: Option<&Passphrase>,
) -> Result<Read, Fault> {
    let tables = dump::tables()?;
    let mut reading = Read { about: about(path)?, keys: BTreeMap::new(), erased: journal, left_out: 0 };
    let mut digests = Digests::default();
    let mut said = None;
    let mut parts = parts(path)?;
    let mut entries = parts.entries().map_err(|source| fault(path, source))?;
    while let Some((name, bytes)) = next(path, &mut entries)? {
        if said.is_some() {
            return Err(Fault::Backup(format!("{name} stands after the end of the backup")));
        }
        if name == DIGESTS {
            said = Some(serde_json::from_slice::<Digests>(&bytes).map_err(|_| damaged(&name))?);
            continue;
        }
        if let Some(digest) = name.strip_prefix(FILES) {
            if blobs::digest_of(&bytes) != digest {
                return Err(damaged(&name));
            }
            db.put_blob(bytes).await?;
            continue;
        }
        digests.0.insert(name.clone(), blobs::digest_of(&bytes));
        let text = || String::from_utf8(bytes.clone()).map_err(|_| damaged(&name));
        match name.as_str() {
            ABOUT => {}
            KEYS => {
                let sealed: SealedKeys = serde_json::from_slice(&bytes).map_err(|_| damaged(&name))?;
                if let Some(passphrase) = passphrase {
                    reading.keys = sealed.open(passphrase)?;
                }
            }
            ERASED => {
                for line in text()?.lines() {
                    reading.erased.insert(serde_json::from_str(line).map_err(|_| damaged(&name))?);
                }
            }
            _ => {
                let of = name.strip_prefix(TABLES).and_then(|rest| rest.split('/').next());
                let Some(table) = of.and_then(|of| tables.iter().find(|table| table.name == of)) else {
                    return Err(Fault::Backup(format!(
                        "{name} is nothing that this program knows; restore with the program that made it, {}",
                        reading.about.program
                    )));
                };
                reading.left_out += put(db, table, &text()?, &reading.erased).await?;
            }
        }
    }
    match said {
        Some(said) if said == digests => Ok(reading),
        Some(said) => {
            let all = said.0.keys().chain(digests.0.keys());
            let wrong = all.into_iter().find(|name| said.0.get(*name) != digests.0.get(*name));
            Err(damaged(wrong.map_or(DIGESTS, String::as_str)))
        }
        None => Err(Fault::Backup("the backup has no end: it was cut off".to_owned())),
    }
}

/// Puts rows in, but for those of erased values, which it counts.
async fn put(db: &Db, table: &dump::Dumped, lines: &str, erased: &BTreeSet<Erased>) -> Result<u64, Fault> {
    let mut statements = Vec::new();
    let mut left_out = 0;
    for line in lines.lines() {
        let row = table.read(line)?;
        if table.name == "private" && is_erased(table, &row, erased) {
            left_out += 1;
        } else {
            statements.push((table.insert(), row));
        }
    }
    db.execute(statements).await?;
    Ok(left_out)
}

fn is_erased(table: &dump::Dumped, row: &[Value], erased: &BTreeSet<Erased>) -> bool {
    let text = |column| match table.value(row, column) {
        Some(Value::Text(text)) => text.clone(),
        _ => String::new(),
    };
    let version = match table.value(row, "version") {
        Some(Value::Int(version)) => version.unsigned_abs(),
        _ => 0,
    };
    erased.contains(&Erased { ledger: text("ledger"), stream: text("stream"), version, field: text("field") })
}

fn read_about(bytes: &[u8]) -> Result<About, Fault> {
    let about: About = serde_json::from_slice(bytes).map_err(|_| damaged(ABOUT))?;
    if about.form == FORM {
        return Ok(about);
    }
    Err(Fault::Backup(format!(
        "the backup has form {}, and this program reads form {FORM}; restore with program {}",
        about.form, about.program
    )))
}

fn damaged(part: &str) -> Fault {
    Fault::Backup(format!("the backup is damaged at {part}; take another copy of it, or the one before"))
}

fn fault(path: &Path, source: std::io::Error) -> Fault {
    Fault::File { path: path.to_owned(), source }
}

type Archive = tar::Archive<BufReader<File>>;

fn parts(path: &Path) -> Result<Archive, Fault> {
    Ok(tar::Archive::new(BufReader::new(File::open(path).map_err(|source| fault(path, source))?)))
}

/// The next part: its name and what is in it.
fn next(
    path: &Path,
    entries: &mut tar::Entries<'_, BufReader<File>>,
) -> Result<Option<(String, Vec<u8>)>, Fault> {
    let Some(entry) = entries.next() else { return Ok(None) };
    let mut entry = entry.map_err(|_| Fault::Backup("the file is no backup, or was cut off".to_owned()))?;
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    if entry.size() > LONGEST {
        return Err(damaged(&name));
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(|source| fault(path, source))?;
    if bytes.len() as u64 != entry.size() {
        return Err(Fault::Backup(format!("the backup was cut off in {name}")));
    }
    Ok(Some((name, bytes)))
}
