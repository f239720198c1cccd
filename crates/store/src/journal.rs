//! The journal of erasures, outside the database beside the keys: which private values were
//! erased, and never what they were. A backup made before still holds them; putting it back
//! leaves out whatever stands here.

use crate::{Fault, own};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// A value that was erased: one line of `erased.jsonl`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Erased {
    /// The ledger.
    pub ledger: String,
    /// The stream of the entry that it belonged to.
    pub stream: String,
    /// The entry's version in it.
    pub version: u64,
    /// The field.
    pub field: String,
}

/// The journal in a folder.
#[derive(Clone, Debug)]
pub struct Journal(PathBuf);

impl Journal {
    /// The journal beside these keys.
    #[must_use]
    pub fn beside(keys: &Path) -> Self {
        Self(keys.join("erased.jsonl"))
    }

    /// A journal that lies somewhere else.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self(path.to_owned())
    }

    /// Notes what was erased, durably.
    pub fn append(&self, erased: &[Erased]) -> Result<(), Fault> {
        if erased.is_empty() {
            return Ok(());
        }
        let lines = erased.iter().map(|one| Ok(serde_json::to_string(one)? + "\n"));
        let text = lines.collect::<Result<String, serde_json::Error>>().map_err(Fault::unreadable)?;
        let written = || {
            if let Some(folder) = self.0.parent() {
                own::make_folder(folder)?;
            }
            // One write at the end of the file: lines of several processes do not mix.
            let mut file = own::options().create(true).append(true).open(&self.0)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()
        };
        written().map_err(|source| Fault::File { path: self.0.clone(), source })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Begins it where there is none, so that one that is missing was lost.
    pub fn begin(&self) -> Result<(), Fault> {
        let begun = own::options().create(true).append(true).open(&self.0);
        begun.map(|_| ()).map_err(|source| Fault::File { path: self.0.clone(), source })
    }

    /// All that was noted. A last line that a crash cut off is passed over.
    pub fn read(&self) -> Result<BTreeSet<Erased>, Fault> {
        let text = match std::fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(BTreeSet::new()),
            Err(source) => return Err(Fault::File { path: self.0.clone(), source }),
        };
        let wrong = |error: serde_json::Error| Fault::Noted { path: self.0.clone(), why: error.to_string() };
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        whole.lines().map(|line| serde_json::from_str(line).map_err(wrong)).collect()
    }
}
