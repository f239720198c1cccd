//! The ledgers' signing keys, outside the database: one file each that only its owner may
//! read, or an environment variable; and the key that secrets in the database are sealed with.
//! Signing itself is the ledger's business, sealing that of `sealing`.

use crate::blobs::sync_folder;
use crate::journal::Journal;
use crate::ledgers::LedgerRow;
use crate::{Fault, own};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use yishi_ledger::note::SigningKey;

/// The name of the key that secrets in the database are sealed with. No ledger's word holds a dot.
pub const SECRETS: &str = "second.steps";

/// A folder of keys.
#[derive(Clone)]
pub struct Keys {
    folder: PathBuf,
    /// Those read before.
    read: Arc<Mutex<HashMap<String, SigningKey>>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Keys").field(&self.folder).finish()
    }
}

impl Keys {
    /// Keys in a folder, which is made when the first key is.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder, read: Arc::default() }
    }

    /// Makes the key of a new ledger.
    pub fn make(&self, slug: &str, origin: &str) -> Result<SigningKey, Fault> {
        let key = SigningKey::new(origin, crate::random()?).map_err(|error| wrong(slug, &error))?;
        self.put(slug, &key.to_secret_text())?;
        Ok(key)
    }

    /// Puts a key into the folder, where none of that name is.
    pub fn put(&self, slug: &str, text: &str) -> Result<(), Fault> {
        let path = self.path(slug);
        let fault = |source| Fault::File { path: path.clone(), source };
        own::make_folder(&self.folder).map_err(fault)?;
        let mut file = own::options().write(true).create_new(true).open(&path).map_err(fault)?;
        writeln!(file, "{}", text.trim_end()).map_err(fault)?;
        file.sync_all().map_err(fault)?;
        // The ledger outlives a power cut, so its key must too: its name and its folder's.
        self.folder.ancestors().take(2).try_for_each(sync_folder).map_err(fault)
    }

    /// Takes a key over from another folder, if it is there and is not here.
    pub fn take(&self, slug: &str, from: &Keys) -> Result<(), Fault> {
        if self.path(slug).exists() {
            return Ok(());
        }
        match std::fs::read_to_string(from.path(slug)) {
            Ok(text) => self.put(slug, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(source) => Err(Fault::File { path: from.path(slug), source }),
        }
    }

    /// Takes over what lies in the folder of a store that was put back: keys that are not here,
    /// erasures, and how far each ledger goes, in the place of what was noted here before.
    pub fn join(&self, of: &Keys, aside: &str) -> Result<(), Fault> {
        let fault = |source| Fault::File { path: of.folder.clone(), source };
        for file in std::fs::read_dir(&of.folder).map_err(fault)? {
            let name = file.map_err(fault)?.file_name().to_string_lossy().into_owned();
            if let Some(slug) = name.strip_suffix(".key") {
                self.lay_aside(slug, of, aside)?;
                self.take(slug, of)?;
            }
        }
        let here = self.journal().read()?;
        let further = of.journal().read()?.into_iter().filter(|one| !here.contains(one));
        self.journal().append(&further.collect::<Vec<_>>())?;
        self.note_anew(&of.noted()?, aside)
    }

    /// Makes room for the key with which the secrets of the store were sealed that was put back:
    /// another one opens none of them. It is kept under another name.
    fn lay_aside(&self, slug: &str, of: &Keys, aside: &str) -> Result<(), Fault> {
        let here = self.text(slug)?;
        if slug != SECRETS || here.is_none() || here == of.text(slug)? {
            return Ok(());
        }
        let path = self.path(slug);
        let fault = |source| Fault::File { path: path.clone(), source };
        std::fs::rename(&path, self.folder.join(format!("{slug}.{aside}"))).map_err(fault)
    }

    /// What stands in the file of a key, if there is one.
    pub(crate) fn text(&self, slug: &str) -> Result<Option<String>, Fault> {
        match std::fs::read_to_string(self.path(slug)) {
            Ok(text) => Ok(Some(text.trim_end().to_owned())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Fault::File { path: self.path(slug), source }),
        }
    }

    /// Makes the folder, with a journal in which nothing stands yet.
    pub fn begin(&self) -> Result<(), Fault> {
        own::make_folder(&self.folder).map_err(|source| Fault::File { path: self.folder.clone(), source })?;
        self.journal().begin()
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The journal of erasures, which lies beside them.
    #[must_use]
    pub fn journal(&self) -> Journal {
        Journal::beside(&self.folder)
    }

    /// What is wrong with the keys of these ledgers, one by one.
    #[must_use]
    pub fn wrong(&self, ledgers: &[LedgerRow]) -> Vec<Fault> {
        ledgers.iter().filter_map(|row| self.of(row).err()).collect()
    }

    /// Those of these ledgers in whose place another one's key lies, each with the name of that.
    #[must_use]
    pub fn others<'a>(&self, ledgers: &'a [LedgerRow]) -> Vec<(&'a LedgerRow, String)> {
        let other = |row: &LedgerRow| {
            let key = SigningKey::from_secret_text(&self.given(&row.slug).ok()?).ok()?;
            (key.verifier().to_string() != row.verifier).then(|| key.name().to_owned())
        };
        ledgers.iter().filter_map(|row| Some((row, other(row)?))).collect()
    }

    /// Whether any ledger's key lies here: a copy of a store may be verified without.
    #[must_use]
    pub fn are_kept(&self, ledgers: &[LedgerRow]) -> bool {
        ledgers.iter().any(|row| self.path(&row.slug).exists())
    }

    /// The text of a key: `YISHI_KEY_<SLUG>` where set, else the file.
    fn given(&self, slug: &str) -> std::io::Result<String> {
        let name = format!("YISHI_KEY_{}", slug.to_uppercase().replace('-', "_"));
        std::env::var(name).or_else(|_| std::fs::read_to_string(self.path(slug)))
    }

    /// The key of a ledger: `YISHI_KEY_<SLUG>` where set, else the file. Another ledger's key is
    /// never given: one checkpoint signed with it, and the ledger would not verify any more.
    pub(crate) fn of(&self, row: &LedgerRow) -> Result<SigningKey, Fault> {
        let known = |key: &SigningKey| key.verifier().to_string() == row.verifier;
        let slug = row.slug.as_str();
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(slug).cloned();
        if let Some(key) = read.filter(known) {
            return Ok(key);
        }
        let text = self.given(slug).map_err(|error| wrong(slug, &error))?;
        let key = SigningKey::from_secret_text(&text).map_err(|error| wrong(slug, &error))?;
        if !known(&key) {
            return Err(wrong(
                slug,
                &format!("it is a key of {}, and not the one of this ledger", key.name()),
            ));
        }
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(slug.to_owned(), key.clone());
        Ok(key)
    }

    fn path(&self, slug: &str) -> PathBuf {
        self.folder.join(format!("{slug}.key"))
    }
}

fn wrong(slug: &str, why: &dyn std::fmt::Display) -> Fault {
    Fault::Key { slug: slug.to_owned(), why: why.to_string() }
}
