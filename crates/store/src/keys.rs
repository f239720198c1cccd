//! The ledgers' signing keys, outside the database: one file each that only its owner may
//! read, or an environment variable. Signing itself is the ledger's business.

use crate::blobs::sync_folder;
use crate::{Fault, own};
use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use yishi_ledger::note::SigningKey;

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

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the key of a new ledger.
    pub fn make(&self, slug: &str, origin: &str) -> Result<SigningKey, Fault> {
        let path = self.path(slug);
        let fault = |source| Fault::File { path: path.clone(), source };
        let key = SigningKey::new(origin, crate::random()?).map_err(|error| wrong(slug, &error))?;
        own::make_folder(&self.folder).map_err(fault)?;
        let mut file = own::options().write(true).create_new(true).open(&path).map_err(fault)?;
        writeln!(file, "{}", key.to_secret_text()).map_err(fault)?;
        file.sync_all().map_err(fault)?;
        // The ledger outlives a power cut, so its key must too: its name and its folder's.
        self.folder.ancestors().take(2).try_for_each(sync_folder).map_err(fault)?;
        Ok(key)
    }

    /// The key of a ledger: `YISHI_KEY_<SLUG>` where set, else the file.
    pub(crate) fn get(&self, slug: &str) -> Result<SigningKey, Fault> {
        if let Some(key) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(slug) {
            return Ok(key.clone());
        }
        let name = format!("YISHI_KEY_{}", slug.to_uppercase().replace('-', "_"));
        let text = match std::env::var(name) {
            Ok(text) => text,
            Err(_) => std::fs::read_to_string(self.path(slug)).map_err(|error| wrong(slug, &error))?,
        };
        let key = SigningKey::from_secret_text(&text).map_err(|error| wrong(slug, &error))?;
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
