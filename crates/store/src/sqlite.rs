//! SQLite: one writer thread that makes whatever is waiting durable in one transaction, and
//! readers that run where they are called, since a read takes microseconds; one that does not
//! is begun again off the threads that serve.

mod terms;
mod view;

use crate::append::{Answer, Expected, Prepared, PreparedValue, Way, Write};
use crate::db::Hold;
use crate::fault::Written;
use crate::journal::{Erased, Journal};
use crate::query::Shape as _;
use crate::table::{Wanted, fill};
use crate::{AppendError, Appended, Fault, Row, Value, migrate, own, query, row, torn};
use rusqlite::ParamsFromIter;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, TransactionBehavior};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, mpsc};
use std::time::{Duration, Instant};
pub(crate) use terms::as_indexed;
use terms::{forget, put_terms};
use tokio::sync::{Semaphore, oneshot};
use yishi_ledger::entry_digest;

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
    writer: mpsc::Sender<Task>,
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

enum Task {
    Append(Box<Prepared>, oneshot::Sender<Result<Appended, AppendError>>),
    Execute(Statements, oneshot::Sender<Result<(), Fault>>),
    Close(oneshot::Sender<Result<(), Fault>>),
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
        let read = tokio::task::spawn_blocking(move || (query(&reader.connection, &sql, &args), reader));
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
        self.writer.send(Task::Append(Box::new(append), reply)).map_err(|_| Fault::Stopped)?;
        let appended = answer.await.map_err(|_| Fault::Stopped)?;
        self.look_anew();
        appended
    }

    /// Writes the log back into the file, which is then whole by itself.
    pub(crate) async fn close(&self) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(Task::Close(reply)).map_err(|_| Fault::Stopped)?;
        answer.await.map_err(|_| Fault::Stopped)?
    }

    pub(crate) async fn execute(&self, statements: Statements) -> Result<(), Fault> {
        let (reply, answer) = oneshot::channel();
        self.writer.send(Task::Execute(statements, reply)).map_err(|_| Fault::Stopped)?;
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
    connection
        .execute_batch("pragma foreign_keys = on; pragma cache_size = -14000; pragma mmap_size = 0;")?;
    Ok(())
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

/// Which file it is, whatever it is called: moved away or deleted, what is written to it is lost.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Which(u64, u64);

impl Which {
    fn at(path: &Path) -> std::io::Result<Self> {
        use std::os::unix::fs::MetadataExt as _;
        path.metadata().map(|data| Self(data.dev(), data.ino()))
    }
}

/// The one that writes.
struct Writer {
    connection: Connection,
    path: PathBuf,
    which: Which,
    journal: Journal,
    written: Written,
}

impl Writer {
    /// Takes what is waiting, makes it durable at once, answers.
    fn write_all(mut self, tasks: &mpsc::Receiver<Task>) {
        let mut expected = 1;
        while let Ok(first) = tasks.recv() {
            let mut batch = vec![first];
            // Those just answered are about to come back: a moment's patience saves a sync for
            // each. Somebody alone never waits.
            let patience = Instant::now() + PATIENCE;
            while batch.len() < BATCH {
                match tasks.try_recv() {
                    Ok(task) => batch.push(task),
                    // Asleep for a moment, not until the next task: being woken for each of them
                    // would cost more than the sync that is saved.
                    Err(_) if batch.len() < expected && Instant::now() < patience => {
                        std::thread::sleep(MOMENT);
                    }
                    Err(_) => break,
                }
            }
            // Half of them: while one half is written, the other can get ready.
            expected = batch.len().div_ceil(2);
            let Err((batch, fault)) = self.write(batch) else { continue };
            // Nothing of the batch has happened. Where one of it is to blame, only that one
            // fails; where the store is, all would fail again.
            if batch.len() == 1 || fault.is_everyones() {
                fail(batch, fault);
                continue;
            }
            let mut rest = batch.into_iter();
            while let Some(task) = rest.next() {
                let Err((mut tasks, fault)) = self.write(vec![task]) else { continue };
                if fault.is_everyones() {
                    tasks.extend(rest.by_ref());
                }
                fail(tasks, fault);
            }
        }
    }

    /// One transaction over a batch. On failure the batch comes back with why, and nothing of
    /// it has happened.
    fn write(&mut self, batch: Vec<Task>) -> Result<(), (Vec<Task>, Fault)> {
        let results = self.try_write(&batch);
        self.written.note(results.as_ref().err());
        let results = match results {
            Ok(results) => results,
            Err(fault) => {
                tracing::warn!(%fault, tasks = batch.len(), "a batch of writes failed and was rolled back");
                return Err((batch, fault));
            }
        };
        let erased = erased(&batch, &results);
        let closing = batch.iter().any(|task| matches!(task, Task::Close(_)));
        if closing || !erased.is_empty() {
            empty_log(&self.connection);
        }
        note(&self.journal, &erased);
        // Durable now: only now may anyone be told.
        for (task, result) in batch.into_iter().zip(results) {
            // Whoever asked may be gone; what was written stays.
            match task {
                Task::Append(_, reply) => drop(reply.send(result.unwrap_or(Err(Fault::Stopped.into())))),
                Task::Execute(_, reply) | Task::Close(reply) => drop(reply.send(Ok(()))),
            }
        }
        Ok(())
    }

    /// What became of each append; nothing for what is no append.
    fn try_write(&mut self, batch: &[Task]) -> Result<Vec<Option<Result<Appended, AppendError>>>, Fault> {
        let mut results = Vec::with_capacity(batch.len());
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut heads = HashMap::new();
        for task in batch {
            results.push(match task {
                Task::Append(append, _) => match apply(&transaction, &mut heads, append) {
                    Err(AppendError::Fault(fault)) => return Err(fault),
                    result => Some(result),
                },
                Task::Execute(statements, _) => {
                    run(&transaction, statements)?;
                    None
                }
                Task::Close(_) => None,
            });
        }
        for (ledger, (number, at)) in &heads {
            transaction.prepare_cached(ADVANCE.statement.text())?.execute((ledger, number, at))?;
        }
        if Which::at(&self.path).ok() != Some(self.which) {
            return Err(Fault::Gone(self.path.clone()));
        }
        transaction.commit()?;
        Ok(results)
    }
}

/// Tells all of them why nothing of it has happened.
fn fail(tasks: Vec<Task>, fault: Fault) {
    let fault = Arc::new(fault);
    for task in tasks {
        // Whoever asked may be gone.
        match task {
            Task::Append(_, reply) => drop(reply.send(Err(as_conflict(&fault)))),
            Task::Execute(_, reply) | Task::Close(reply) => {
                drop(reply.send(Err(Fault::Met(Arc::clone(&fault)))));
            }
        }
    }
}

/// What must be unique and is there already: somebody was quicker, decide anew.
fn as_conflict(fault: &Arc<Fault>) -> AppendError {
    match &**fault {
        Fault::Exists(_) => AppendError::Conflict,
        Fault::Sqlite(rusqlite::Error::SqliteFailure(code, _))
            if code.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE =>
        {
            AppendError::Conflict
        }
        _ => AppendError::Fault(Fault::Met(Arc::clone(fault))),
    }
}

/// What the appends of a batch erased.
fn erased(batch: &[Task], results: &[Option<Result<Appended, AppendError>>]) -> Vec<Erased> {
    let done = batch.iter().zip(results).filter_map(|(task, result)| match (task, result) {
        (Task::Append(append, _), Some(Ok(_))) => Some(append.erased()),
        _ => None,
    });
    done.flatten().collect()
}

/// Notes what was erased, before anybody is told that it was.
fn note(journal: &Journal, erased: &[Erased]) {
    if let Err(fault) = journal.append(erased) {
        tracing::error!(%fault, values = erased.len(), "what was erased is not noted: a backup made before would bring it back");
    }
}

/// Writes the log back and empties it: it holds pages from before an erasure, and a file that
/// is copied without it lacks what is in it. A reader may be in the way; then the next checkpoint
/// does it.
fn empty_log(connection: &Connection) {
    let done = connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, i64>(0));
    if !matches!(done, Ok(0)) {
        tracing::warn!(?done, "the write-ahead log could not be emptied");
    }
}

fn run(connection: &Connection, statements: &Statements) -> Result<(), Fault> {
    for (sql, args) in statements {
        let args = bound(args);
        match sql {
            Cow::Borrowed(sql) => connection.prepare_cached(sql)?.execute(args)?,
            // Put together for once: not worth keeping.
            Cow::Owned(sql) => connection.prepare(sql)?.execute(args)?,
        };
    }
    Ok(())
}

/// Next number and last time of each ledger, as this transaction leaves them.
type Heads = HashMap<String, (i64, i64)>;

/// Records one append. A conflict is found before anything of it is written.
fn apply(connection: &Connection, heads: &mut Heads, append: &Prepared) -> Result<Appended, AppendError> {
    let sqlite = |error: rusqlite::Error| AppendError::Fault(error.into());
    let mut version = connection.prepare_cached(VERSION.statement.text()).map_err(sqlite)?;
    // A stream that is to begin is not looked up: the entry that would begin it a second time
    // is refused.
    for Expected { stream, version: expected, .. } in
        append.expected.iter().filter(|expected| expected.way == Way::Look)
    {
        let mut rows = version.query((&append.ledger, stream)).map_err(sqlite)?;
        let stands = match rows.next().map_err(sqlite)? {
            Some(row) => row.get::<_, i64>(0).map_err(sqlite)?,
            None => 0,
        };
        if stands != *expected {
            return Err(AppendError::Conflict);
        }
    }
    for Answer { sql, args, rows } in &append.answers {
        if query(connection, sql, args)? != *rows {
            return Err(AppendError::Conflict);
        }
    }
    record(connection, heads, append).map_err(AppendError::Fault)?.ok_or(AppendError::Conflict)
}

/// Nothing when the first entry's stream is there already; then nothing is written either.
fn record(connection: &Connection, heads: &mut Heads, append: &Prepared) -> Result<Option<Appended>, Fault> {
    let head = match heads.get_mut(&append.ledger) {
        Some(head) => head,
        None => {
            let rows = query(connection, HEAD.statement.text(), &[Value::from(append.ledger.as_str())])?;
            let head = match rows.into_iter().next() {
                Some(row) => Head::read(&mut row.0.into_iter()).map(|head| (head.number, head.at))?,
                None => (0, 0),
            };
            heads.entry(append.ledger.clone()).or_insert(head)
        }
    };
    let at = append.now.max(head.1);
    let first = head.0;
    let mut insert = connection.prepare_cached(INSERT.statement.text())?;
    let mut keep = connection.prepare_cached(KEEP.statement.text())?;
    for entry in &append.entries {
        let number = head.0;
        let envelope = entry.draft.seal(at, u64::try_from(number).unwrap_or_default());
        let digest = entry_digest(&envelope);
        let written = insert.execute((
            &append.ledger,
            number,
            &entry.stream,
            entry.version,
            &entry.kind,
            at,
            &envelope,
            &digest.0[..],
        ))?;
        if written == 0 {
            // Past the first entry the whole transaction has to go.
            return if number == first { Ok(None) } else { Err(Fault::Exists(entry.stream.clone())) };
        }
        for PreparedValue { field, salt, value, published } in &entry.private {
            keep.execute((&append.ledger, &entry.stream, entry.version, field, &salt[..], value, published))?;
        }
        *head = (number + 1, at);
    }
    for (stream, version, field) in &append.erasures {
        connection.prepare_cached(ERASE.statement.text())?.execute((
            &append.ledger,
            stream,
            crate::append::int(*version),
            field,
        ))?;
    }
    let numbers = Numbers { append, first, begun: OnceCell::new() };
    for change in &append.writes {
        write_row(connection, &numbers, change)?;
        if let (Write::Terms { index, .. }, false) = (change, append.erasures.is_empty()) {
            forget(connection, index)?;
        }
    }
    for job in &append.jobs {
        let (sql, values) = crate::outbox::add(job);
        connection.prepare_cached(sql)?.execute(bound(&values))?;
    }
    Ok(Some(Appended { first: u64::try_from(first).unwrap_or_default(), at }))
}

/// Numbers of streams' first entries: of those that begin in this append, and of others.
struct Numbers<'a> {
    append: &'a Prepared,
    first: i64,
    begun: OnceCell<HashMap<&'a str, i64>>,
}

impl Numbers<'_> {
    fn of(&self, connection: &Connection, stream: &str, wanted: Wanted) -> Result<i64, Fault> {
        if let Some(kind) = wanted {
            // Also where it is an entry of this append, which stands there by now.
            let mut find = connection.prepare_cached(FIRST_OF.statement.text())?;
            let front = format!("{kind}.");
            return Ok(find.query_row((&self.append.ledger, stream, &front), |row| row.get(0))?);
        }
        let begun = self.begun.get_or_init(|| {
            let numbered = self.append.entries.iter().zip(self.first..);
            let first = numbered.filter(|(entry, _)| entry.version == 1);
            first.map(|(entry, number)| (entry.stream.as_str(), number)).collect()
        });
        if let Some(number) = begun.get(stream) {
            return Ok(*number);
        }
        let mut find = connection.prepare_cached(FIRST.statement.text())?;
        Ok(find.query_row((&self.append.ledger, stream), |row| row.get(0))?)
    }
}

fn write_row(connection: &Connection, numbers: &Numbers<'_>, change: &Write) -> Result<(), Fault> {
    match change {
        Write::Put { row, stream } => {
            let mut put = connection.prepare_cached(row.table.put_values_sql())?;
            let mut known = HashMap::new();
            for wanted in row.wants() {
                known.insert(wanted, numbers.of(connection, stream, wanted)?);
            }
            if known.is_empty() {
                put.execute(bound(&row.values))?;
            } else {
                let mut values = row.values.clone();
                fill(&mut values, |wanted| known.get(&wanted).copied());
                put.execute(bound(&values))?;
            }
        }
        Write::Delete { table, key } => {
            connection.prepare_cached(&table.delete_sql())?.execute(bound(key))?;
        }
        Write::Terms { index, doc, columns, .. } => put_terms(connection, index, *doc, columns)?,
    }
    Ok(())
}
