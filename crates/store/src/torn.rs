//! Whether SQLite's write-ahead log was damaged where it had been synced. SQLite takes a log up to
//! the first frame that does not check and says nothing of what lay behind it, since that is what
//! a power cut leaves; here what was acknowledged is told from what was only under way. It is asked
//! before SQLite opens the file, which wipes the traces. Nothing is mended.
//!
//! Two things tell them apart. A later transaction is begun only when the one before it was synced,
//! so frames that follow a committed one show that nothing before them was under way. And the index
//! beside the log (`-shm`) counts a frame only once it was synced, which is the surer way; but it
//! lives in memory, so that it counts only until the machine is started anew.

use std::fs::File;
use std::io::{ErrorKind, Read, Result};
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Bytes before the first frame, and before the page of each.
const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;
/// What SQLite writes by itself, where the log's head does not tell.
const USUAL_PAGE: usize = 4_096;
/// The version of both forms; it has not changed since 2010.
const VERSION: u32 = 3_007_000;
/// The index's head, which stands there twice; how much was brought into the file stands behind.
const INDEX: usize = 48;
/// How often it is looked at, since others may be writing: damage stays where it is.
const LOOKS: usize = 3;
/// How long to look away in between.
const MOMENT: Duration = Duration::from_millis(20);

/// How many frames of the log beside this database read, where more were synced.
pub(crate) fn damaged(database: &Path) -> Result<Option<u64>> {
    let index = match File::open(beside(database, "-shm")) {
        Ok(file) => Some(file),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let found = looked(database, index.as_ref());
    // Closing it would take the locks from whoever in this process has the database open.
    std::mem::forget(index);
    found
}

fn looked(database: &Path, index: Option<&File>) -> Result<Option<u64>> {
    let mut found = look(database, index)?;
    for _ in 1..LOOKS {
        if found.is_none() {
            break;
        }
        std::thread::sleep(MOMENT);
        let again = look(database, index)?;
        found = again.filter(|_| again == found);
    }
    Ok(found)
}

fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(end);
    name.into()
}

fn look(database: &Path, index: Option<&File>) -> Result<Option<u64>> {
    let synced = index.map(Synced::read).transpose()?.flatten();
    let log = match File::open(beside(database, "-wal")) {
        Ok(file) => Log::read(&mut std::io::BufReader::new(file))?,
        Err(error) if error.kind() == ErrorKind::NotFound => Log::default(),
        Err(error) => return Err(error),
    };
    let damaged = match (synced, log.salts) {
        (Some(synced), Some(salts)) if synced.salts == salts => log.committed < synced.frames,
        // One that was begun anew since is another one.
        (Some(_), None) => true,
        _ => log.hole,
    };
    Ok(damaged.then_some(log.committed))
}

/// What the index says was synced.
struct Synced {
    frames: u64,
    salts: [u8; 8],
}

impl Synced {
    /// Nothing where it is of before the machine was started, or all of the log was brought into
    /// the file.
    fn read(index: &File) -> Result<Option<Self>> {
        let written = index.metadata()?.modified()?;
        let mut bytes = [0; 2 * INDEX + 4];
        match index.read_exact_at(&mut bytes, 0) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
            read => read?,
        }
        let (head, copy) = (&bytes[..INDEX], &bytes[INDEX..2 * INDEX]);
        let own = |at| word(&bytes, at, u32::from_ne_bytes);
        let whole = head == copy
            && own(0) == VERSION
            && head[12] == 1
            && summed(&head[..40], (0, 0), u32::from_ne_bytes) == (own(40), own(44));
        let (frames, in_file) = (own(16), own(2 * INDEX));
        let counts = whole && in_file < frames && started().is_some_and(|started| written >= started);
        let mut salts = [0; 8];
        salts.copy_from_slice(&head[32..40]);
        Ok(counts.then_some(Self { frames: frames.into(), salts }))
    }
}

/// When the machine was started, where the kernel says so.
fn started() -> Option<SystemTime> {
    let text = std::fs::read_to_string("/proc/stat").ok()?;
    let seconds = text.lines().find_map(|line| line.strip_prefix("btime "))?.trim().parse().ok()?;
    Some(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// A log as far as it reads.
#[derive(Default)]
struct Log {
    /// What its frames carry; nothing where its head does not read.
    salts: Option<[u8; 8]>,
    /// Frames up to the last one that was committed and reads.
    committed: u64,
    /// Whether a later transaction lies behind one that does not read.
    hole: bool,
}

impl Log {
    fn read(from: &mut impl Read) -> Result<Self> {
        let mut head = [0; HEAD];
        if !filled(from, &mut head)? {
            return Ok(Self::default());
        }
        let big = word(&head, 0, u32::from_be_bytes) & 1 == 1;
        let order = if big { u32::from_be_bytes } else { u32::from_le_bytes };
        let be = |bytes: &[u8], at| word(bytes, at, u32::from_be_bytes);
        let sound = be(&head, 0) >> 1 == 0x377f_0682 >> 1
            && be(&head, 4) == VERSION
            && summed(&head[..24], (0, 0), order) == (be(&head, 24), be(&head, 28));
        let page = if sound { be(&head, 8) as usize } else { USUAL_PAGE };
        let mut log = Self::default();
        let mut salts = [0; 8];
        salts.copy_from_slice(&head[16..24]);
        log.salts = sound.then_some(salts);
        let mut frame = vec![0; FRAME_HEAD + page];
        // Whether all read so far, and what stands in the frame before.
        let (mut whole, mut before, mut ended) = (sound, (be(&head, 24), be(&head, 28)), false);
        for number in 1.. {
            if !filled(from, &mut frame)? {
                break;
            }
            if !sound && number == 1 {
                // What the head says of them may be what is damaged.
                salts.copy_from_slice(&frame[8..16]);
            }
            let ours = frame[8..16] == salts;
            let sum = summed(&frame[FRAME_HEAD..], summed(&frame[..8], before, order), order);
            before = (be(&frame, 16), be(&frame, 20));
            let reads = ours && sum == before;
            if !whole && ended && reads {
                log.hole = true;
                break;
            }
            whole &= reads;
            ended = ours && be(&frame, 4) != 0;
            if whole && ended {
                log.committed = number;
            }
        }
        Ok(log)
    }
}

/// Fills a buffer, or says that there was not so much.
fn filled(from: &mut impl Read, buffer: &mut [u8]) -> Result<bool> {
    match from.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn word(bytes: &[u8], at: usize, order: fn([u8; 4]) -> u32) -> u32 {
    let found = bytes.get(at..at + 4).and_then(|four| four.try_into().ok());
    found.map_or(0, order)
}

/// SQLite's checksum of some bytes, going on from another one.
fn summed(bytes: &[u8], (mut a, mut b): (u32, u32), order: fn([u8; 4]) -> u32) -> (u32, u32) {
    for two in bytes.chunks_exact(8) {
        let [one, other] = [0, 4].map(|at| word(two, at, order));
        a = a.wrapping_add(one).wrapping_add(b);
        b = b.wrapping_add(other).wrapping_add(a);
    }
    (a, b)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use rusqlite::Connection;
    use std::fs;
    use tempfile::TempDir;

    /// A database with so many transactions in its log, as a killed program leaves it.
    fn left(transactions: i64) -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (at_work, left) = (folder.path().join("at-work"), folder.path().join("left"));
        let connection = Connection::open(&at_work).unwrap();
        connection
            .execute_batch("pragma journal_mode = wal; pragma wal_autocheckpoint = 0; create table t (x)")
            .unwrap();
        connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())).unwrap();
        for n in 0..transactions {
            connection.execute("insert into t values (zeroblob(?1))", [3_000 * n]).unwrap();
        }
        for end in ["", "-wal", "-shm"] {
            fs::copy(beside(&at_work, end), beside(&left, end)).unwrap();
        }
        (folder, left)
    }

    fn log(database: &Path) -> Vec<u8> {
        fs::read(beside(database, "-wal")).unwrap()
    }

    /// The same of a database that nobody has open.
    fn damaged(database: &Path) -> Result<Option<u64>> {
        look(database, File::open(beside(database, "-shm")).ok().as_ref())
    }

    fn write(database: &Path, log: &[u8]) {
        fs::write(beside(database, "-wal"), log).unwrap();
    }

    #[test]
    fn a_log_that_is_whole_or_torn_behind_its_last_frame_is_not_damaged() {
        let (_folder, database) = left(9);
        let whole = log(&database);
        assert_eq!(damaged(&database).unwrap(), None);
        let head = &whole[HEAD..HEAD + FRAME_HEAD];
        for torn in [&b"x"[..], &[7; 9_000], head, &whole[HEAD..HEAD + 9_000], &[0; 50_000]] {
            write(&database, &[&whole, torn].concat());
            assert_eq!(damaged(&database).unwrap(), None, "{} bytes behind it", torn.len());
        }
        assert_eq!(damaged(&database.with_file_name("nothing")).unwrap(), None);
    }

    #[test]
    fn a_log_that_lacks_what_was_synced_is_damaged() {
        let (_folder, database) = left(9);
        let whole = log(&database);
        for end in (0..whole.len()).step_by(997).chain([whole.len() - 1]) {
            write(&database, &whole[..end]);
            assert!(damaged(&database).unwrap().is_some(), "cut at {end}");
        }
        for at in (0..whole.len()).step_by(499).chain(0..HEAD + FRAME_HEAD) {
            let mut other = whole.clone();
            other[at] ^= 1 << (at % 8);
            write(&database, &other);
            assert!(damaged(&database).unwrap().is_some(), "byte {at}");
        }
        fs::remove_file(beside(&database, "-wal")).unwrap();
        assert_eq!(damaged(&database).unwrap(), Some(0));
    }

    /// Without an index that counts, what a power cut leaves is no damage.
    #[test]
    fn after_a_power_cut_only_damage_that_it_cannot_leave_is_told() {
        let (_folder, database) = left(9);
        let whole = log(&database);
        let index = File::options().write(true).open(beside(&database, "-shm")).unwrap();
        index.set_modified(UNIX_EPOCH + Duration::from_secs(1)).unwrap();
        let frame = FRAME_HEAD + USUAL_PAGE;
        for end in [0, 20, HEAD + 3, whole.len() - frame, whole.len() - 1] {
            write(&database, &whole[..end]);
            assert_eq!(damaged(&database).unwrap(), None, "cut at {end}");
        }
        // Of the last transaction any frame may be missing, and of no other.
        let wrong = |at: usize| {
            let mut other = whole.clone();
            other[at] ^= 8;
            write(&database, &other);
            damaged(&database).unwrap().is_some()
        };
        assert!(!wrong(whole.len() - 1) && !wrong(whole.len() - 2 * frame));
        assert!(wrong(HEAD + 2 * frame) && wrong(5) && wrong(whole.len() / 2));
    }

    #[test]
    fn a_log_that_was_brought_in_or_begun_anew_is_not_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("at-work");
        let connection = Connection::open(&database).unwrap();
        connection.execute_batch("pragma journal_mode = wal; create table t (x)").unwrap();
        for how in ["passive", "restart", "truncate"] {
            for n in 0..5 {
                connection.execute("insert into t values (zeroblob(?1))", [3_000 * n]).unwrap();
                assert_eq!(super::damaged(&database).unwrap(), None);
            }
            connection.query_row(&format!("pragma wal_checkpoint({how})"), [], |_| Ok(())).unwrap();
            assert_eq!(super::damaged(&database).unwrap(), None, "{how}");
        }
    }

    #[test]
    fn whoever_writes_meanwhile_looks_like_no_damage() {
        let folder = tempfile::tempdir().unwrap();
        let database = folder.path().join("at-work");
        let connection = Connection::open(&database).unwrap();
        connection
            .execute_batch("pragma journal_mode = wal; pragma wal_autocheckpoint = 50; create table t (x)")
            .unwrap();
        let writing = std::thread::spawn(move || {
            for n in 0..600 {
                connection.execute("insert into t values (zeroblob(?1))", [400 * (n % 60)]).unwrap();
            }
        });
        let index = File::open(beside(&database, "-shm")).unwrap();
        while !writing.is_finished() {
            assert_eq!(looked(&database, Some(&index)).unwrap(), None);
        }
        writing.join().unwrap();
        drop(index);
    }
}
