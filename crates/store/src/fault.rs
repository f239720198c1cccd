//! What can break on our side. A user sees only that something did; the log has the rest.

use std::error::Error;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_postgres::error::SqlState;

/// Something of ours is broken: the store does not answer, a key or a file is missing, what is
/// stored does not read. Whoever asked for it can do nothing about it but try again later, so
/// what returns one says no more about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A stream that was to begin is there already.
    #[error("the stream {0} has begun already")]
    Exists(String),
    /// SQLite failed.
    #[error("sqlite: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// PostgreSQL failed.
    #[error("postgresql: {}", told(.0))]
    Postgres(#[source] tokio_postgres::Error),
    /// No connection to PostgreSQL was to be had.
    #[error("postgresql: {0}")]
    Pool(String),
    /// There is no room for what was to be written.
    #[error("the disk is full: {0}; make room, and it goes on by itself")]
    Full(String),
    /// The file that is written to is no longer where it was.
    #[error(
        "{0} was moved or deleted under the running program, so nothing is recorded; stop it and put the file back"
    )]
    Gone(PathBuf),
    /// What was to be written last was not.
    #[error("nothing could be written the last time: {0}")]
    NotWritten(String),
    /// The disk, or a limit of the process, is in the way.
    #[error("{0}; see what the system says of the disk, and how long a file of the program may be")]
    Disk(String),
    /// The log beside the database lacks what had been synced.
    #[error("its log was damaged after it was synced: only the first {0} frames read")]
    Torn(u64),
    /// A read was ended before it was done.
    #[error("a read was ended: nobody waited for it any more")]
    Ended,
    /// The store cannot be used as it is.
    #[error("cannot open {what}: {source}; {next}")]
    Unusable {
        /// Which: a file, or a database and where it is.
        what: String,
        /// Why.
        source: Box<Fault>,
        /// What to do.
        next: &'static str,
    },
    /// What many met at once.
    #[error(transparent)]
    Met(Arc<Fault>),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A list beside the keys does not read.
    #[error("{path} does not read: {why}; put it back from a backup, or move it away if it is lost")]
    Noted {
        /// Which.
        path: std::path::PathBuf,
        /// Why.
        why: String,
    },
    /// A backup cannot be written or read.
    #[error("{0}")]
    Backup(String),
    /// A signing key is missing, does not read, or is another ledger's.
    #[error("the signing key of {slug}: {why}; put it back into the keys folder or set YISHI_KEY_<SLUG>")]
    Key {
        /// Of which ledger.
        slug: String,
        /// Why.
        why: String,
    },
    /// The key is missing or another one with which secrets in the database are sealed.
    #[error(
        "keys/second.steps.key: {0}; put it back, else those with a second step of signing in need a spare code or a new link"
    )]
    Sealing(String),
    /// A column holds something else than the program expects.
    #[error("{row}: column {column} holds something else than expected")]
    Column {
        /// Of which table or row.
        row: &'static str,
        /// Which.
        column: &'static str,
    },
    /// The same of a statement that was not declared.
    #[error("column {0} has another type than expected")]
    Row(usize),
    /// A stored entry does not read.
    #[error("a stored entry does not read: {0}")]
    Unreadable(String),
    /// Others were quicker again and again.
    #[error("too many changes at once; try again")]
    Busy,
    /// The database was made by another program version.
    #[error("migration {number}: {why}")]
    Migration {
        /// Which.
        number: i64,
        /// Why.
        why: &'static str,
    },
    /// Others use the store, so that its tables cannot be made anew.
    #[error("other processes use this store, whose tables must be made anew; stop them and start again")]
    Served,
    /// Another program made the tables anew while this one had lost sight of the server.
    #[error("another program has made the tables of this store anew; start the same program everywhere")]
    Superseded,
    /// Another process makes the tables anew.
    #[error("another process makes the tables of this store anew; wait until it is done, or stop it")]
    Remade,
    /// The operating system has no randomness to give.
    #[error("no randomness from the operating system")]
    Random,
    /// The writer has stopped.
    #[error("the writer has stopped; see the log for why")]
    Stopped,
}

/// Who writes at the same time as another process, or what stands already, is told so.
const QUICKER: [SqlState; 3] =
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED, SqlState::UNIQUE_VIOLATION];

/// Who waits for a lock, a statement or a connection is told so after a while.
const TOO_LONG: [SqlState; 2] = [SqlState::LOCK_NOT_AVAILABLE, SqlState::QUERY_CANCELED];

impl Fault {
    /// A stored entry does not read.
    pub fn unreadable(error: impl std::fmt::Display) -> Self {
        Fault::Unreadable(error.to_string())
    }

    /// Whether somebody else was quicker, so that it is decided anew: another process wrote to the
    /// same stream, or what must be unique is there already.
    pub(crate) fn is_conflict(&self) -> bool {
        match self {
            Fault::Exists(_) => true,
            Fault::Sqlite(rusqlite::Error::SqliteFailure(code, _)) => {
                code.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
            }
            Fault::Postgres(error) => error.code().is_some_and(|code| QUICKER.contains(code)),
            _ => false,
        }
    }

    /// Whether whatever was to be written meets it, whoever wanted it.
    #[must_use]
    pub fn is_everyones(&self) -> bool {
        use rusqlite::ErrorCode::{
            CannotOpen, DatabaseCorrupt, FileLockingProtocolFailed, NotADatabase, OutOfMemory,
            PermissionDenied, ReadOnly,
        };
        match self {
            Fault::Gone(_) | Fault::NotWritten(_) | Fault::Disk(_) | Fault::File { .. } => true,
            Fault::Sqlite(error) => {
                error.sqlite_error_code().is_some_and(|code| {
                    matches!(
                        code,
                        CannotOpen
                            | DatabaseCorrupt
                            | FileLockingProtocolFailed
                            | NotADatabase
                            | OutOfMemory
                            | PermissionDenied
                            | ReadOnly
                    )
                }) || self.passes()
            }
            Fault::Met(fault) => fault.is_everyones(),
            _ => self.passes(),
        }
    }

    /// Whether it goes away by itself, or as soon as somebody makes room: what was asked for may
    /// be tried again.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Fault::Busy | Fault::Pool(_) | Fault::Full(_) | Fault::NotWritten(_) | Fault::Ended => true,
            Fault::Sqlite(error) => error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy),
            Fault::Postgres(error) => {
                let told = error.code().is_some_and(|code| TOO_LONG.contains(code) || is_leaving(code));
                broke_off(error) || told
            }
            Fault::File { source, .. } => source.kind() == std::io::ErrorKind::StorageFull,
            Fault::Met(fault) => fault.passes(),
            _ => false,
        }
    }
}

/// How writing went the last time, whoever wrote: for whoever asks whether the store is well.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written(Arc<Mutex<Option<String>>>);

impl Written {
    /// Notes how it went: what only one writer met says nothing about the store.
    pub fn note(&self, fault: Option<&Fault>) {
        let met = match fault {
            None => None,
            Some(fault) if fault.is_everyones() => Some(fault.to_string()),
            Some(_) => return,
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = met;
    }

    /// Whether what was last to be written was.
    pub fn is_well(&self) -> Result<(), Fault> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            None => Ok(()),
            Some(why) => Err(Fault::NotWritten(why.clone())),
        }
    }
}

/// Whether it was the connection that failed, and not what was asked over it.
pub(crate) fn broke_off(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>())
}

/// Whether a server says that it, or this connection of it, is about to go.
fn is_leaving(code: &SqlState) -> bool {
    let leaving = [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW];
    leaving.contains(code) || *code == SqlState::TOO_MANY_CONNECTIONS
}

/// An error with all that it comes from, each once.
#[must_use]
pub fn told(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        next = error.source();
    }
    text
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Fault::Full(error.to_string()),
            Some(rusqlite::ErrorCode::SystemIoFailure) => Fault::Disk(error.to_string()),
            Some(rusqlite::ErrorCode::OperationInterrupted) => Fault::Ended,
            _ => Fault::Sqlite(error),
        }
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(code) if *code == SqlState::DISK_FULL => Fault::Full(told(&error)),
            _ => Fault::Postgres(error),
        }
    }
}
