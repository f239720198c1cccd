//! Writing a backup: what the store holds at one moment, while others go on recording. The file
//! has another name until it is whole and on the disk.

use super::sealed::{Passphrase, SealedKeys};
use super::{ABOUT, About, DIGESTS, Digests, ERASED, FILES, FORM, Held, KEYS, Made, TABLES, dump};
use crate::duty::used_after;
use crate::keys::SECRETS;
use crate::ledgers::{checkpoint, head, ledgers};
use crate::noted::Noted;
use crate::sealer::root_at;
use crate::{Db, Fault, Keys, blobs, own};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use yishi_kernel::Moment;

/// Files looked up at once.
const READ: i64 = 500;

/// What kind of backup is wanted.
#[derive(Debug)]
pub struct Wanted {
    /// The moment that it is made.
    pub now: Moment,
    /// After how many days it should be destroyed.
    pub days: u32,
    /// What the keys are sealed with; without it they are left out.
    pub keys: Option<Passphrase>,
}

/// Writes a backup of a store to a file that is not there yet.
pub async fn write(db: &Db, keys: &Keys, to: &Path, wanted: &Wanted) -> Result<Made, Fault> {
    if to.exists() {
        return Err(Fault::Backup(format!(
            "{} is there already; give the backup another name",
            to.display()
        )));
    }
    let beside = PathBuf::from(format!("{}.partial", to.display()));
    let still = db.still().await?;
    let fault = |source| Fault::File { path: beside.clone(), source };
    let file = own::options().write(true).create(true).truncate(true).open(&beside).map_err(fault)?;
    let mut archive = Archive {
        tar: tar::Builder::new(BufWriter::new(file)),
        path: beside.clone(),
        digests: Digests::default(),
        made: wanted.now,
    };
    let expires = wanted.now.plus_seconds(i64::from(wanted.days) * 86_400);
    archive.json(ABOUT, &about(&still, wanted.now, expires).await?)?;
    if let Some(passphrase) = &wanted.keys {
        let mut all = BTreeMap::new();
        for row in ledgers(&still).await? {
            all.insert(row.slug.clone(), keys.of(&row)?.to_secret_text());
        }
        if let Some(text) = keys.text(SECRETS)? {
            all.insert(SECRETS.to_owned(), text);
        }
        archive.json(KEYS, &SealedKeys::seal(&all, passphrase)?)?;
    }
    let erased = keys.journal().read()?;
    let lines = erased.iter().map(|one| Ok(serde_json::to_string(one)? + "\n"));
    let lines = lines.collect::<Result<String, serde_json::Error>>().map_err(Fault::unreadable)?;
    archive.part(ERASED, lines.as_bytes())?;
    for table in dump::tables()? {
        let mut rows = table.rows(&still, None).await?;
        for n in 1.. {
            let Some(last) = rows.last() else { break };
            let lines: String = rows.iter().map(dump::line).collect();
            archive.part(&format!("{TABLES}{}/{n:08}.jsonl", table.name), lines.as_bytes())?;
            rows = table.rows(&still, Some(last)).await?;
        }
    }
    let mut last = String::new();
    loop {
        let some = used_after(&still, &last, READ).await?;
        let Some(end) = some.last().cloned() else { break };
        for digest in some {
            // One that is gone was erased since: the journal says so, or verifying does.
            if let Some(bytes) = still.blob(&digest).await? {
                archive.file(&format!("{FILES}{digest}"), &bytes)?;
            }
        }
        last = end;
    }
    let size = archive.end()?;
    std::fs::rename(&beside, to).map_err(fault)?;
    blobs::sync_folder(to.parent().unwrap_or(Path::new("."))).map_err(fault)?;
    let file = to.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Made { at: wanted.now, size, expires, file })
}

async fn about(db: &Db, made: Moment, expires: Moment) -> Result<About, Fault> {
    let mut held = Vec::new();
    for row in ledgers(db).await? {
        let entries = head(db, row.ledger).await?.unsigned_abs();
        let root = root_at(db, row.ledger, entries).await?;
        let root = root.ok_or_else(|| Fault::Backup(format!("{} lacks entries; verify it", row.origin)))?;
        let noted = Noted::of(&row, checkpoint(db, row.ledger).await?);
        held.push(Held { slug: row.slug, noted, entries, root: root.to_base64() });
    }
    let (program, engine) = (env!("CARGO_PKG_VERSION").to_owned(), db.engine().to_owned());
    Ok(About { form: FORM, made, expires, program, engine, ledgers: held })
}

/// The file under way.
struct Archive {
    tar: tar::Builder<BufWriter<File>>,
    path: PathBuf,
    digests: Digests,
    made: Moment,
}

impl Archive {
    /// A part whose digest is noted.
    fn part(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.digests.0.insert(name.to_owned(), blobs::digest_of(bytes));
        self.file(name, bytes)
    }

    fn json(&mut self, name: &str, what: &impl Serialize) -> Result<(), Fault> {
        self.part(name, &serde_json::to_vec_pretty(what).map_err(Fault::unreadable)?)
    }

    /// A part whose name is its digest.
    fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(self.made.0 / 1_000_000).unwrap_or_default());
        let put = self.tar.append_data(&mut header, name, bytes);
        put.map_err(|source| Fault::File { path: self.path.clone(), source })
    }

    /// Ends the file with the digests of its parts, and says how long it is.
    fn end(mut self) -> Result<u64, Fault> {
        let digests = serde_json::to_vec_pretty(&self.digests).map_err(Fault::unreadable)?;
        self.file(DIGESTS, &digests)?;
        let path = self.path;
        let fault = |source| Fault::File { path: path.clone(), source };
        let file = self.tar.into_inner().map_err(fault)?;
        let file = file.into_inner().map_err(|error| fault(error.into_error()))?;
        file.sync_all().map_err(fault)?;
        Ok(file.metadata().map_err(fault)?.len())
    }
}
