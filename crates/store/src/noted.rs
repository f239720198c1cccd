//! What is kept of the ledgers outside the database, beside their keys: which there are, the key
//! of each and the last checkpoint that was signed. Whoever puts an older database in the place
//! of this one, empties it or takes a ledger out of it is found out at the next start. It proves
//! nothing to others: they keep checkpoints of their own.

use crate::ledgers::{self, LedgerRow};
use crate::sealer::root_at;
use crate::wrong::Wrong;
use crate::{Db, Fault, Keys, blobs, own};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::note::VerifierKey;

/// A ledger as it was sealed last: one line of `ledgers.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// Its name for ever.
    pub origin: String,
    /// The key that verifies its checkpoints.
    pub verifier: String,
    /// The last checkpoint that was signed; nothing before the first.
    pub checkpoint: Option<String>,
}

impl Noted {
    /// A ledger with its last checkpoint.
    #[must_use]
    pub fn of(row: &LedgerRow, checkpoint: Option<String>) -> Self {
        Self { origin: row.origin.clone(), verifier: row.verifier.clone(), checkpoint }
    }

    /// How many entries are under its checkpoint.
    pub fn sealed(&self) -> Result<u64, Fault> {
        let Some(note) = &self.checkpoint else { return Ok(0) };
        let key: VerifierKey = self.verifier.parse().map_err(Fault::unreadable)?;
        Ok(Checkpoint::open(note, &key).map_err(Fault::unreadable)?.size)
    }
}

impl Keys {
    /// The ledgers as they were sealed last; none where nothing was noted yet.
    pub fn noted(&self) -> Result<Vec<Noted>, Fault> {
        let path = self.noted_at();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(Fault::File { path, source }),
        };
        let read = |line| {
            serde_json::from_str(line)
                .map_err(|error| Fault::Noted { path: path.clone(), why: error.to_string() })
        };
        text.lines().filter(|line| !line.is_empty()).map(read).collect()
    }

    /// Notes these ledgers, beside those that are noted already.
    pub fn note(&self, news: &[Noted]) -> Result<(), Fault> {
        if news.is_empty() {
            return Ok(());
        }
        let fault = |source| Fault::File { path: self.noted_at(), source };
        own::make_folder(self.folder()).map_err(fault)?;
        // Another process may note another ledger just now.
        let lock = own::options().create(true).append(true).open(self.folder().join("ledgers.lock"));
        let lock = lock.map_err(fault)?;
        lock.lock().map_err(fault)?;
        let mut all: BTreeMap<String, Noted> =
            self.noted()?.into_iter().map(|one| (one.origin.clone(), one)).collect();
        all.extend(news.iter().map(|one| (one.origin.clone(), one.clone())));
        let lines = all.values().map(serde_json::to_string).collect::<Result<Vec<_>, _>>();
        let text = lines.map_err(Fault::unreadable)?.join("\n") + "\n";
        self.write_noted(&text).map_err(fault)
    }

    /// Written beside and renamed: the old list is there, or the new one.
    fn write_noted(&self, text: &str) -> std::io::Result<()> {
        let beside = self.noted_at().with_extension("new");
        let mut file = own::options().write(true).create(true).truncate(true).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, self.noted_at())?;
        blobs::sync_folder(self.folder())
    }

    /// Puts the list aside and begins a new one: for a store that was put back from a backup.
    pub(crate) fn note_anew(&self, all: &[Noted], aside: &str) -> Result<(), Fault> {
        let path = self.noted_at();
        if path.exists() {
            std::fs::rename(&path, path.with_extension(aside))
                .map_err(|source| Fault::File { path, source })?;
        }
        self.note(all)
    }

    /// Where they are noted.
    #[must_use]
    pub fn noted_at(&self) -> PathBuf {
        self.folder().join("ledgers.jsonl")
    }
}

/// What a store lacks of what was noted: a ledger, its end, or its history. Quicker than
/// verifying, since it trusts what the store says of its own tree.
pub async fn behind(db: &Db, keys: &Keys) -> Result<Vec<Wrong>, Fault> {
    let rows = ledgers::ledgers(db).await?;
    let mut wrong = Vec::new();
    for noted in keys.noted()? {
        let Some(row) = rows.iter().find(|row| row.origin == noted.origin) else {
            wrong.push(Wrong::Gone { origin: noted.origin });
            continue;
        };
        if row.verifier != noted.verifier {
            wrong.push(Wrong::Key { origin: noted.origin });
            continue;
        }
        let Some(note) = &noted.checkpoint else { continue };
        let origin = noted.origin.clone();
        let key: VerifierKey = noted.verifier.parse().map_err(Fault::unreadable)?;
        let checkpoint = match Checkpoint::open(note, &key) {
            Ok(checkpoint) => checkpoint,
            Err(error) => {
                wrong.push(Wrong::Unopened { origin, why: error.to_string() });
                continue;
            }
        };
        let has = ledgers::head(db, row.ledger).await?.unsigned_abs();
        if has < checkpoint.size {
            wrong.push(Wrong::Behind { origin, has, had: checkpoint.size });
        } else if root_at(db, row.ledger, checkpoint.size).await? != Some(checkpoint.root) {
            wrong.push(Wrong::History { origin, size: checkpoint.size });
        }
    }
    Ok(wrong)
}

/// Notes what a store has that was not noted: ledgers of a store from before this was done, or
/// whose list was lost.
pub async fn note_missing(db: &Db, keys: &Keys) -> Result<(), Fault> {
    let noted = keys.noted()?;
    let mut missing = Vec::new();
    for row in ledgers::ledgers(db).await? {
        if noted.iter().all(|one| one.origin != row.origin) {
            missing.push(Noted::of(&row, ledgers::checkpoint(db, row.ledger).await?));
        }
    }
    keys.note(&missing)
}
