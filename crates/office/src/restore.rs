//! Putting a backup back: into a place beside, where it is made whole and verified, and only then
//! into the place of what was there, which is kept. What was erased since stays erased. Reading
//! the file is the store's business.

use crate::background::sweep_unused;
use crate::{Clock, DERIVED, Office};
use std::collections::BTreeSet;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use yishi_kernel::Moment;
use yishi_store::backup::{self, About, Passphrase, Read};
use yishi_store::journal::Journal;
use yishi_store::ledgers::ledgers;
use yishi_store::noted::Noted;
use yishi_store::verify::{Known, Verified};
use yishi_store::{Fault, Keys, Location, SECRETS, Wrong, random_word, rebuild};

/// What is put back, and how.
#[derive(Debug)]
pub struct Restoring<'a> {
    /// The backup.
    pub file: &'a Path,
    /// Where to.
    pub to: &'a Location,
    /// Opens its keys.
    pub passphrase: Option<&'a Passphrase>,
    /// The journal of erasures, where it does not lie beside the keys that are there.
    pub erased: Option<&'a Path>,
    /// What is put up with.
    pub accepting: &'a [Accept],
    /// The moment.
    pub now: Moment,
}

/// What somebody puts up with, in so many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// That the backup should have been destroyed by now.
    Expired,
    /// That what was recorded after it is lost.
    Older,
}

/// What was put back.
#[derive(Debug)]
pub struct Restored {
    /// What the backup says of itself.
    pub about: About,
    /// Its ledgers, which verified.
    pub ledgers: Vec<Verified>,
    /// How many values were not put back, since they were erased.
    pub left_out: u64,
    /// Where what was there before lies now.
    pub before: Option<PathBuf>,
    /// What is wrong with the keys.
    pub keys: Vec<Fault>,
}

/// Why nothing was put back; what was there is there.
#[derive(Debug, thiserror::Error)]
pub enum NotRestored {
    /// Something failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// It does not verify.
    #[error("the backup is NOT SOUND, and nothing was replaced: {}", lines(.0))]
    Unsound(Vec<Wrong>),
    /// It should have been destroyed.
    #[error("the backup expired on {}; to put it back all the same, say `--accept expired`", .0.minute())]
    Expired(Moment),
    /// There was more when it was lost.
    #[error("what was recorded after {} would be lost: {}. Is there a newer backup? If not, say `--accept older`", .0.minute(), .1.join(", "))]
    Older(Moment, Vec<String>),
    /// The program runs.
    #[error("{0} is in use; stop the program first")]
    InUse(PathBuf),
    /// A link to nothing.
    #[error("{0} is a link that leads nowhere; make the folder that it leads to, or take the link away")]
    Astray(PathBuf),
    /// A database with something in it.
    #[error("the database holds ledgers already; make an empty one (createdb) and put the backup into that")]
    Occupied,
}

fn lines(wrong: &[Wrong]) -> String {
    wrong.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Puts a backup back.
///
/// # Errors
/// When it is damaged, expired or older than what is there, or does not verify.
pub async fn restore(asked: Restoring<'_>) -> Result<Restored, NotRestored> {
    let to = real(asked.to)?;
    let asked = Restoring { to: &to, ..asked };
    let about = backup::about(asked.file)?;
    if about.expires < asked.now && !asked.accepting.contains(&Accept::Expired) {
        return Err(NotRestored::Expired(about.expires));
    }
    let there = Keys::in_folder(asked.to.keys());
    let noted = there.noted()?;
    let lost = lost(&about, &noted)?;
    if !lost.is_empty() && !asked.accepting.contains(&Accept::Older) {
        return Err(NotRestored::Older(about.made, lost));
    }
    let mut known = of(&about)?;
    // What was sealed before the backup was made holds for it, too.
    if lost.is_empty() {
        known.noted(noted)?;
    }
    let mut journal = there.journal().read()?;
    if let Some(path) = asked.erased {
        if !path.exists() {
            return Err(Fault::Backup(format!("{} is not there", path.display())).into());
        }
        journal.extend(Journal::at(path).read()?);
    }
    let stage = Stage::beside(asked.to)?;
    let done = stage.fill(&asked, journal, known, &there).await;
    match done {
        Ok((mut restored, office)) => {
            drop(office);
            restored.before = stage.take_its_place(asked.to, &there, asked.now)?;
            Ok(restored)
        }
        Err(not) => {
            stage.clear();
            Err(not)
        }
    }
}

/// What a backup says of its ledgers, to verify it by.
fn of(about: &About) -> Result<Known, Fault> {
    let mut known = Known::default();
    known.noted(about.ledgers.iter().map(|held| held.noted.clone()).collect())?;
    Ok(known)
}

/// What was sealed, beside the keys that are there, and is not in the backup.
fn lost(about: &About, noted: &[Noted]) -> Result<Vec<String>, Fault> {
    let mut lost = Vec::new();
    for one in noted {
        let held = about.ledgers.iter().find(|held| held.noted.origin == one.origin);
        let Some(held) = held else {
            lost.push(format!("all of {}", one.origin));
            continue;
        };
        let further = one.sealed()?.saturating_sub(held.entries);
        if further > 0 {
            lost.push(format!("{further} entries of {}", one.origin));
        }
    }
    Ok(lost)
}

/// The place beside, where a store is made whole.
struct Stage {
    location: Location,
    folder: PathBuf,
    /// Kept until the new store is in its place: nobody opens the old one meanwhile.
    _lock: Option<File>,
}

impl Stage {
    fn beside(to: &Location) -> Result<Self, NotRestored> {
        let word = random_word(6)?;
        Ok(match to {
            Location::Directory(dir) => {
                let folder = named(dir, &format!("restoring-{word}"));
                Self { location: Location::Directory(folder.clone()), folder, _lock: lock(dir)? }
            }
            Location::Postgres { url, keys } => {
                let folder = named(keys, &format!("restoring-{word}"));
                let location = Location::Postgres { url: url.clone(), keys: folder.clone() };
                Self { location, folder, _lock: None }
            }
        })
    }

    /// Makes the store whole and verifies it.
    async fn fill(
        &self,
        asked: &Restoring<'_>,
        journal: BTreeSet<yishi_store::journal::Erased>,
        mut known: Known,
        there: &Keys,
    ) -> Result<(Restored, Office), NotRestored> {
        let office = Office::open(&self.location, Clock::System).await?;
        let db = &office.db;
        if !ledgers(db).await?.is_empty() {
            return Err(NotRestored::Occupied);
        }
        let Read { about, keys, erased, left_out } =
            backup::read(asked.file, db, journal, asked.passphrase).await?;
        rebuild::rebuild(db, &DERIVED).await?;
        // Files of what was erased since.
        sweep_unused(db, SystemTime::now() + Duration::from_secs(1)).await?;
        let own = Keys::in_folder(self.folder_of_keys());
        let slugs = ledgers(db).await?.into_iter().map(|row| row.slug);
        for name in slugs.chain([SECRETS.to_owned()]) {
            match keys.get(&name) {
                Some(text) => own.put(&name, text)?,
                None => own.take(&name, there)?,
            }
        }
        own.begin()?;
        own.journal().append(&erased.iter().cloned().collect::<Vec<_>>())?;
        known.erased.extend(erased);
        let report = office.verify(known).await?;
        // The last second before the backup was under no checkpoint yet.
        let is_wrong = |wrong: &Wrong| !matches!(wrong, Wrong::Unsealed { .. });
        let wrong: Vec<Wrong> = report.wrong.into_iter().filter(is_wrong).collect();
        if !wrong.is_empty() {
            return Err(NotRestored::Unsound(wrong));
        }
        let keys = office.wrong_keys().await?;
        office.behind().await?;
        for row in ledgers(db).await? {
            if keys.iter().all(|fault| !matches!(fault, Fault::Key { slug, .. } if *slug == row.slug)) {
                yishi_store::sealer::seal(db, &office.keys, &row, asked.now).await?;
            }
        }
        Ok((Restored { about, ledgers: report.ledgers, left_out, before: None, keys }, office))
    }

    fn folder_of_keys(&self) -> PathBuf {
        self.location.keys()
    }

    /// Puts the new store in the place of the old one, which is kept under another name.
    fn take_its_place(
        &self,
        to: &Location,
        there: &Keys,
        now: Moment,
    ) -> Result<Option<PathBuf>, NotRestored> {
        let aside = format!("before-{}", now.0 / 1_000_000);
        let fault = |source| Fault::File { path: self.folder.clone(), source };
        match to {
            Location::Directory(dir) => {
                let before = dir.exists().then(|| named(dir, &aside));
                if let Some(before) = &before {
                    std::fs::rename(dir, before).map_err(fault)?;
                }
                std::fs::rename(&self.folder, dir).map_err(fault)?;
                Ok(before)
            }
            Location::Postgres { .. } => {
                there.join(&Keys::in_folder(self.folder.clone()), &aside)?;
                self.clear();
                Ok(None)
            }
        }
    }

    /// Takes away what did not become a store.
    fn clear(&self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, folder = %self.folder.display(), "it can be deleted");
        }
    }
}

/// Where a store lies in truth: the new one takes the place of the folder that a link leads to,
/// and not of the link, which may lead to another disk on purpose.
fn real(to: &Location) -> Result<Location, NotRestored> {
    let lead = |dir: &Path| match dir.is_symlink() {
        true => std::fs::canonicalize(dir).map_err(|_| NotRestored::Astray(dir.to_owned())),
        false => Ok(dir.to_owned()),
    };
    Ok(match to {
        Location::Directory(dir) => Location::Directory(lead(dir)?),
        Location::Postgres { url, keys } => Location::Postgres { url: url.clone(), keys: lead(keys)? },
    })
}

/// A name beside a folder.
fn named(folder: &Path, what: &str) -> PathBuf {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    folder.with_file_name(format!("{name}.{what}"))
}

/// That no program uses a store; nobody can open it while this is held.
fn lock(dir: &Path) -> Result<Option<File>, NotRestored> {
    let path = dir.join("yishi.lock");
    if !path.exists() {
        return Ok(None);
    }
    let fault = |source| Fault::File { path: path.clone(), source };
    let file = File::options().append(true).open(&path).map_err(fault)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(NotRestored::InUse(dir.to_owned())),
        Err(TryLockError::Error(source)) => Err(fault(source).into()),
    }
}
