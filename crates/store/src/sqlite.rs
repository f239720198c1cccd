//! SQLite: one writer thread that makes whatever is waiting durable in one transaction, and
//! readers that run where they are called, since a read takes microseconds; one that does not
//! is begun again off the threads that serve.

mod terms;
mod view;
mod writer;

use crate::append::Prepared;
use crate::db::Hold;
use crate::fault::Written;
use crate::journal::Journal;
use crate::parts::Taking;
use crate::query::Shape as _;
use crate::{AppendError, Appended, Fault, Row, Value, migrate, own, query, row, torn};
use rusqlite::ParamsFromIter;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, TransactionBehavior};
use std::borrow::Cow;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};
pub(crate) use terms::as_indexed;
use tokio::sync::{Semaphore, oneshot};
use writer::{Asked, Task, Which, Writer};

/// Most appends in one transaction.
const BATCH: usize = 256;
/// How long the writer waits for as many tasks as it had the last time.
const PATIENCE: Duration = Duration::from_millis(4);
/// How long it looks away in between.
const MOMENT: Duration = Duration::from_micros(60);
/// How long a read may hold the thread that serves the page, which others wait for.
const HERE: Duration = Duration::from_millis(5);
/// Steps of SQLite's machine between two looks at the clock: some tenths of a millisecond.
const STEPS: i32 = 4_000;
/// Slow reads at once: they take turns, so that one page asked for by many leaves a core.
const SLOW: usize = 4;
/// Pages at once that keep a connection while they are made: each has a cache of its own.
const VIEWS: usize = 8;
/// Largest write-ahead log that stays on the disk after a checkpoint, in bytes.
const LARGEST_LOG: i64 = 64 * 1024 * 1024;
/// Prepared statements kept by each connection.
const STATEMENTS: usize = 128;

/// An SQLite database. Cheap to clone.
#[derive(Clone)]
pub struct Sqlite {
    folder: Arc<PathBuf>,
    writer: mpsc::Sender<Asked>,
    readers: Readers,
    slow: Arc<Semaphore>,
    views: Arc<Semaphore>,
    pub(crate) written: Written,
    /// The only reader of one that stands still: its transaction has begun.
    still: Option<Arc<Mutex<Connection>>>,
    /// Locked while this process uses the tables, or makes them anew; free when it is gone.
    using: Arc<File>,
    pub(crate) asked: Arc<AtomicU64>,
}

/// Connections that wait for something to read.
type Readers = Arc<Mutex<Vec<Reader>>>;

/// A connection to read with.
struct Reader {
    connection: Connection,
    /// When a read ends if it is not done: microseconds since [`BEGAN`].
    until: Arc<AtomicU64>,
}

impl Reader {
    /// Reads by a connection, as long as it takes.
    fn new(mut connection: Connection) -> Result<Self, Fault> {
        let until = Arc::new(AtomicU64::new(u64::MAX));
        let ends = Arc::clone(&until);
        let over = move || micros(BEGAN.elapsed()) > ends.load(Ordering::Relaxed);
        connection.progress_handler(STEPS, Some(over))?;
        Ok(Self { connection, until })
    }

    /// Forgets the limit of the read before.
    fn as_long_as_it_takes(&self) {
        self.until.store(u64::MAX, Ordering::Relaxed);
    }
}

/// What times of reads count from.
static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// Ends a read whose page nobody waits for any more.
struct Awaited(Arc<AtomicU64>);

impl Drop for Awaited {
    fn drop(&mut self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

impl std::fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sqlite({})", self.folder.display())
    }
}

type Statements = Vec<(Cow<'static, str>, Vec<Value>)>;

row! {
    Head, from "head" {
        number: i64,
        at: i64,
    }
}

row! {
    Taken, from "migration" {
        number: i64,
        checksum: String,
    }
}

query! {
    VERSION: i64 = "select version from event where ledger = ?1 and stream = ?2 order by version desc limit 1";
    FIRST: i64 = "select number from event where ledger = ?1 and stream = ?2 and version = 1";
    FIRST_OF: i64 = "select number from event where ledger = ?1 and stream = ?2
         and substr(kind, 1, length(?3)) = ?3 order by version limit 1";
    HEAD: Head => "where ledger = ?1";
    INSERT: () = "insert into event (ledger, number, stream, version, kind, at, envelope, digest)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict (ledger, stream, version) do nothing";
    KEEP: () = "insert into private (ledger, stream, version, field, salt, value, published)
         values (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    ERASE: () = "delete from private where ledger = ?1 and stream = ?2 and version = ?3 and field = ?4";
    ADVANCE: () = "insert into head (ledger, number, at) values (?1, ?2, ?3)
         on conflict (ledger) do update set number = excluded.number, at = excluded.at";
    TAKEN: Taken => "order by number", scans "a handful of rows";
    TOOK: () = "insert into migration (number, checksum) values (?1, ?2)";
}

/// A value on its way in.
struct Bound<'a>(&'a Value);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(int) => ValueRef::Integer(*int),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
            Value::Number | Value::NumberOf(_) => {
                return Err(rusqlite::Error::ToSqlConversionFailure("a number was not filled in".into()));
            }
        }))
    }
}

fn bound(values: &[Value]) -> ParamsFromIter<impl Iterator<Item = Bound<'_>>> {
    rusqlite::params_from_iter(values.iter().map(Bound))
}

fn file(folder: &Path) -> PathBuf {
    folder.join("yishi.db")
}

/// Makes what a store's folder lacks, for its owner alone, and opens the file that is locked.
fn made(folder: &Path) -> std::io::Result<File> {
    own::make_folder(folder)?;
    for name in ["blobs", "yishi.db", "yishi.db-wal", "yishi.db-shm", "yishi.lock"] {
        own::close(&folder.join(name))?;
    }
    let using = own::options().create(true).append(true).open(folder.join("yishi.lock"))?;
    // SQLite would let everyone read it; what it writes beside it gets the same mode.
    own::make_file(&file(folder))?;
    Ok(using)
}

impl Sqlite {
    pub(crate) fn open(folder: &Path, journal: Journal) -> Result<Self, Fault> {
        let fault = |source| Fault::File { path: folder.to_owned(), source };
        let path = file(folder);
        let unusable = |fault| Fault::Unusable {
            what: path.display().to_string(),
            next: advice(&fault),
            source: Box::new(fault),
        };
        let using = made(folder).map_err(|source| unusable(fault(source)))?;
        let connection = opened(&path).map_err(unusable)?;
        let which = Which::at(&path).map_err(fault)?;
        let (sender, tasks) = mpsc::channel();
        let written = Written::default();
        let writer = Writer { connection, path, which, journal, written: written.clone() };
        std::thread::Builder::new()
            .name("yishi-writer".to_owned())
            .spawn(move || writer.write_all(&tasks))
            .map_err(fault)?;
        Ok(Self {
            folder: Arc::new(folder.to_owned()),
            writer: sender,
            readers: Arc::default(),
            slow: Arc::new(Semaphore::new(SLOW)),
            views: Arc::new(Semaphore::new(VIEWS)),
            written,
            still: None,
            using: Arc::new(using),
            asked: Arc::default(),
        })
    }

    /// Whether there is a store in a folder. What is in it is another question.
    pub(crate) fn is_made(folder: &Path) -> bool {
        file(folder).exists()
    }

    /// Takes hold of the tables if nobody is in the way, and says whether it did.
    pub(crate) fn try_hold(&self, hold: Hold) -> Result<bool, Fault> {
        let locked = match hold {
            Hold::Shared => self.using.try_lock_shared(),
            Hold::Alone => self.using.try_lock(),
        };
        match locked {
            Ok(()) => Ok(true),
            Err(TryLockError::WouldBlock) => Ok(false),
            Err(TryLockError::Error(source)) => {
                Err(Fault::File { path: self.folder.join("yishi.lock"), source })
            }
        }
    }

    /// Lets go of them.
    pub(crate) fn let_go(&self) -> Result<(), Fault> {
        self.using.unlock().map_err(|source| Fault::File { path: self.folder.join("yishi.lock"), source })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same, read through one transaction that begins now.
    pub(crate) fn still(&self) -> Result<Self, Fault> {
        // It is read from as long as it takes.
        let Reader { connection, .. } = self.reader()?;
        connection.execute_batch("begin")?;
        // The transaction stands where its first read finds the database.
        query(&connection, TAKEN.statement.text(), &[])?;
        Ok(Self { still: Some(Arc::new(Mutex::new(connection))), ..self.clone() })
    }

    /// The rows of a query. Where they take long, they are read again elsewhere, until they are
    /// there or nobody waits for them any more.
    pub(crate) async fn rows(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Fault> {
        if let Some(still) = &self.still {
            return query(&still.lock().unwrap_or_else(PoisonError::into_inner), sql, args);
        }
        let reader = self.take()?;
        reader.until.store(micros(BEGAN.elapsed() + HERE), Ordering::Relaxed);
        let rows = query(&reader.connection, sql, args);
        if !matches!(rows, Err(Fault::Ended)) {
            self.give_back(reader);
            return rows;
        }
        let _turn = self.slow.acquire().await.map_err(|_| Fault::Stopped)?;
        reader.until.store(u64::MAX, Ordering::Relaxed);
        let awaited = Awaited(Arc::clone(&reader.until));
        let (sql, args) = (sql.to_owned(), args.to_vec());
        let read = tokio::task::spawn_blocking(move || {
            let rows = query(&reader.connection, &sql, &args);
            // What it went through fills the connection's cache, and nobody else needs it.
            let shrunk = reader.connection.execute_batch("pragma shrink_memory");
            (rows.and_then(|rows| shrunk.map(|()| rows).map_err(Fault::from)), reader)
        });
        let (rows, reader) = read.await.map_err(|_| Fault::Stopped)?;
        drop(awaited);
        self.give_back(reader);
        rows
    }

    /// A connection to read with. As many come into being as there are threads reading at once.
    fn reader(&self) -> Result<Reader, Fault> {
        let waiting = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(reader) = waiting {
            reader.as_long_as_it_takes();
            return Ok(reader);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file(&self.folder), flags)?;
        configure(&connection)?;
        Reader::new(connection)
    }

    pub(crate) async fn append(&self, append: Prepared) -> Result<Appended, AppendError> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(Asked::Task(Task::Append(Box::new(append), reply))).map_err(|_| Fault::Stopped)?;
        let appended = answer.await.map_err(|_| Fault::Stopped)?;
        self.look_anew();
        appended
    }

    /// Takes an append in parts.
    pub(crate) fn take_parts(&self, taking: Taking) -> Result<(), Fault> {
        self.writer.send(Asked::Parts(taking)).map_err(|_| Fault::Stopped)
    }

    /// Writes the log back into the file, which is then whole by itself.
    pub(crate) async fn close(&self) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(Asked::Task(Task::Close(reply))).map_err(|_| Fault::Stopped)?;
        answer.await.map_err(|_| Fault::Stopped)?
    }

    pub(crate) async fn execute(&self, statements: Statements) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(Asked::Task(Task::Execute(statements, reply))).map_err(|_| Fault::Stopped)?;
        let done = answer.await.map_err(|_| Fault::Stopped)?;
        self.look_anew();
        done
    }

    pub(crate) fn plan(&self, sql: &str) -> Result<Vec<String>, Fault> {
        let reader = self.reader()?;
        let mut statement = reader.connection.prepare(&format!("explain query plan {sql}"))?;
        let count = statement.parameter_count();
        let nothing = vec![Value::Int(1); count];
        let plan =
            statement.query_map(bound(&nothing), |row| row.get::<_, String>(3))?.collect::<Result<_, _>>()?;
        Ok(plan)
    }
}

/// A text as it stands in the file. Whole texts, as all of ours are, are checked at once.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn query(connection: &Connection, sql: &str, args: &[Value]) -> Result<Vec<Row>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut answer = statement.query(bound(args))?;
    let mut rows = Vec::new();
    while let Some(row) = answer.next()? {
        let values = (0..columns)
            .map(|n| {
                Ok(match row.get_ref(n)? {
                    ValueRef::Null => Value::Null,
                    ValueRef::Integer(int) => Value::Int(int),
                    ValueRef::Text(text) => Value::Text(text_of(text)),
                    ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
                    ValueRef::Real(_) => return Err(Fault::Row(n)),
                })
            })
            .collect::<Result<_, _>>()?;
        rows.push(Row(values));
    }
    Ok(rows)
}

fn configure(connection: &Connection) -> Result<(), Fault> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // Plans that do not depend on what is asked for: otherwise SQLite compiles a prepared
    // statement anew whenever its arguments change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.execute_batch("pragma foreign_keys = on; pragma mmap_size = 0;")?;
    remember(connection, READING)
}

/// How much of the file, in KB, a connection that reads remembers: the upper parts of all trees,
/// and what a busy page comes back to.
const READING: i64 = 14_000;
/// The same of the writer, who goes to the ends of trees and seldom comes back.
const WRITING: i64 = 6_000;
/// While it takes an append in parts: what is changed and has no room is written twice.
const IN_PARTS: i64 = 14_000;

/// Sets how much of the file a connection remembers, in KB.
fn remember(connection: &Connection, most: i64) -> Result<(), Fault> {
    Ok(connection.pragma_update(None, "cache_size", -most)?)
}

/// Write-ahead log, and a sync with each commit: what was acknowledged survives a power cut.
/// What is deleted is overwritten, so that an erased value does not linger in free pages.
/// The log is brought into the file every 16 MB and not every 4: ids are random, so that a page
/// written by one entry is soon written again by another, and raising gains a fifth.
fn durable(connection: &Connection) -> Result<(), Fault> {
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; \
             pragma wal_autocheckpoint = 4000;",
    )?;
    connection.pragma_update(None, "journal_size_limit", LARGEST_LOG)?;
    let level: i64 = connection.query_row("pragma synchronous", [], |row| row.get(0))?;
    let mode: String = connection.query_row("pragma journal_mode", [], |row| row.get(0))?;
    if level != 2 || mode != "wal" {
        return Err(Fault::Unreadable(format!("synchronous={level} journal_mode={mode}: not durable")));
    }
    Ok(())
}

fn migrate(connection: &mut Connection) -> Result<(), Fault> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(migrate::REMEMBER)?;
    let taken: Vec<(i64, String)> = query(&transaction, TAKEN.statement.text(), &[])?
        .into_iter()
        .map(|row| Taken::read(&mut row.0.into_iter()).map(|taken| (taken.number, taken.checksum)))
        .collect::<Result<_, Fault>>()?;
    for (migration, checksum) in migrate::pending(&taken)? {
        transaction.execute_batch(migration.text)?;
        transaction.execute(TOOK.statement.text(), (migration.number, checksum))?;
    }
    transaction.commit()?;
    Ok(())
}

/// Opens the file to write to it.
fn opened(path: &Path) -> Result<Connection, Fault> {
    let looked = torn::damaged(path).map_err(|source| Fault::File { path: path.to_owned(), source })?;
    if let Some(frames) = looked {
        return Err(Fault::Torn(frames));
    }
    let mut connection = Connection::open(path)?;
    configure(&connection)?;
    remember(&connection, WRITING)?;
    durable(&connection)?;
    migrate(&mut connection)?;
    Ok(connection)
}

/// What helps with a file that does not open.
fn advice(fault: &Fault) -> &'static str {
    match fault {
        Fault::Migration { .. } => "start the program that made it, or a later one",
        Fault::Torn(_) => {
            "put the newest backup back with `yishi restore`; without one, move yishi.db-wal and yishi.db-shm away, which loses what was recorded last, and verify what is left"
        }
        Fault::File { .. } => {
            "see that the disk is there and the program may write to the folder, then start again"
        }
        _ => {
            "see that it is a store of this program and may be read and written; else put a backup in its place"
        }
    }
}
