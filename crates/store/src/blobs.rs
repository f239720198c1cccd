//! Files by their content: photos and rule packs, named by SHA-256. What refers to them is
//! in the ledger; what they show is not known here.

use crate::duty::used_after;
use crate::{Db, Fault, Wrong, args, own, query};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use uuid::Uuid;

query! {
    // Put again, it is as young as if it were new: whoever puts it is about to use it.
    PUT: () = "insert into blob (digest, bytes, at) values (?1, ?2, ?3)
         on conflict (digest) do update set at = excluded.at";
    OLD: String = "select digest from blob where at < ?1 order by at, digest limit ?2";
    DROP: () = "delete from blob where digest = ?1 and at < ?2";
    BYTES: Vec<u8> = "select bytes from blob where digest = ?1";
}

/// SHA-256.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    yishi_ledger::Digest::of(&[bytes]).0
}

/// The first half of SHA-256: names what it was made of.
#[must_use]
pub fn half_of(bytes: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&sha256(bytes)[..16]);
    half
}

/// An id made of bytes: version 8 of UUIDs is for such.
#[must_use]
pub fn id_of(bytes: &[u8]) -> Uuid {
    uuid::Builder::from_custom_bytes(half_of(bytes)).into_uuid()
}

/// SHA-256 in hex.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> String {
    yishi_ledger::Digest::of(&[bytes]).to_string()
}

impl Db {
    /// Keeps a file durably and returns its name.
    pub async fn put_blob(&self, bytes: Vec<u8>) -> Result<String, Fault> {
        let digest = digest_of(&bytes);
        match self {
            Db::Sqlite(db) => {
                let path = path_of(db.folder(), &digest);
                let written = tokio::task::spawn_blocking(move || write_once(&path, &bytes));
                written.await.map_err(|_| Fault::Stopped)??;
            }
            Db::Postgres(_) => {
                self.execute(vec![PUT.with(args![&digest, bytes, micros(SystemTime::now())])]).await?;
            }
        }
        Ok(digest)
    }

    /// A file by its name.
    pub async fn blob(&self, digest: &str) -> Result<Option<Vec<u8>>, Fault> {
        if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        match self {
            Db::Sqlite(db) => {
                let path = path_of(db.folder(), digest);
                match tokio::fs::read(&path).await {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                    Err(source) => Err(Fault::File { path, source }),
                }
            }
            Db::Postgres(_) => BYTES.first(self, &args![digest]).await,
        }
    }
}

impl Db {
    /// Files that nobody has put for a while, the oldest first as far as that is known.
    pub async fn old_blobs(&self, before: SystemTime, limit: usize) -> Result<Vec<String>, Fault> {
        match self {
            Db::Sqlite(db) => {
                let folder = db.folder().join("blobs");
                let listed = tokio::task::spawn_blocking(move || old_in(&folder, before, limit));
                listed.await.map_err(|_| Fault::Stopped)?
            }
            Db::Postgres(_) => {
                OLD.all(self, &args![micros(before), i64::try_from(limit).unwrap_or(i64::MAX)]).await
            }
        }
    }

    /// Drops a file, unless somebody has put it since.
    pub async fn drop_blob(&self, digest: &str, before: SystemTime) -> Result<(), Fault> {
        match self {
            Db::Sqlite(db) => {
                let path = path_of(db.folder(), digest);
                let dropped = tokio::task::spawn_blocking(move || drop_old(&path, before));
                dropped.await.map_err(|_| Fault::Stopped)?
            }
            Db::Postgres(_) => self.execute(vec![DROP.with(args![digest, micros(before)])]).await,
        }
    }
}

/// Files looked at in one go.
const READ: i64 = 500;

/// Files that something uses and that are gone, or hold something else than their name says.
pub async fn wrong_files(db: &Db) -> Result<Vec<Wrong>, Fault> {
    let mut wrong = Vec::new();
    let mut last = String::new();
    loop {
        let some = used_after(db, &last, READ).await?;
        let Some(end) = some.last().cloned() else { return Ok(wrong) };
        for digest in some {
            let why = match db.blob(&digest).await? {
                Some(bytes) if digest_of(&bytes) == digest => continue,
                Some(_) => "altered: it is another file than the one that was put",
                None => "gone",
            };
            wrong.push(Wrong::File { digest, why });
        }
        last = end;
    }
}

fn micros(time: SystemTime) -> i64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_micros()).unwrap_or(i64::MAX)
}

fn is_old(path: &Path, before: SystemTime) -> std::io::Result<bool> {
    Ok(path.metadata()?.modified()? < before)
}

fn old_in(folder: &Path, before: SystemTime, limit: usize) -> Result<Vec<String>, Fault> {
    let fault = |source| Fault::File { path: folder.to_owned(), source };
    let mut found = Vec::new();
    if !folder.exists() {
        return Ok(found);
    }
    for front in std::fs::read_dir(folder).map_err(fault)? {
        let front = front.map_err(fault)?;
        for file in std::fs::read_dir(front.path()).map_err(fault)? {
            let file = file.map_err(fault)?;
            let digest = format!("{}{}", front.file_name().display(), file.file_name().display());
            // What is being written beside has a longer name.
            if digest.len() == 64 && is_old(&file.path(), before).map_err(fault)? {
                found.push(digest);
                if found.len() == limit {
                    return Ok(found);
                }
            }
        }
    }
    Ok(found)
}

fn drop_old(path: &Path, before: SystemTime) -> Result<(), Fault> {
    let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    let dropped = is_old(path, before).and_then(|old| if old { std::fs::remove_file(path) } else { Ok(()) });
    match dropped {
        Err(error) if !gone(&error) => Err(Fault::File { path: path.to_owned(), source: error }),
        _ => Ok(()),
    }
}

fn path_of(folder: &Path, digest: &str) -> PathBuf {
    folder.join("blobs").join(&digest[..2]).join(&digest[2..])
}

/// Writes beside, syncs, renames, syncs the folders: there after a crash, or not at all.
fn write_once(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let fault = |source| Fault::File { path: path.to_owned(), source };
    // `DIR/blobs/ab/…`: what makes the file findable is in three folders.
    let mut folders = path.ancestors().skip(1).take(3);
    if !path.exists() {
        let folder = path.parent().unwrap_or(Path::new("."));
        own::make_folder(folder).map_err(fault)?;
        let unique = crate::random_word(8)?;
        let beside = path.with_extension(unique);
        let mut file = own::options().write(true).create_new(true).open(&beside).map_err(fault)?;
        file.write_all(bytes).map_err(fault)?;
        file.sync_all().map_err(fault)?;
        std::fs::rename(&beside, path).map_err(fault)?;
    }
    // Put again, it is as young as if it were new: whoever puts it is about to use it.
    std::fs::File::open(path).and_then(|file| file.set_modified(SystemTime::now())).map_err(fault)?;
    // Also when it was there already: whoever wrote it may not have come this far.
    folders.try_for_each(sync_folder).map_err(fault)
}

/// Makes the names in a folder durable; syncing a file does not do that.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    // The parent of a relative path's first part has no name.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    std::fs::File::open(folder)?.sync_all()
}
