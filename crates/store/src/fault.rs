//! What can break on our side. A user sees only that something did; the log has the rest.

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
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL failed.
    #[error("postgresql: {0:?}")]
    Postgres(#[from] tokio_postgres::Error),
    /// No connection to PostgreSQL was to be had.
    #[error("postgresql: {0}")]
    Pool(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: std::path::PathBuf,
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

impl Fault {
    /// A stored entry does not read.
    pub fn unreadable(error: impl std::fmt::Display) -> Self {
        Fault::Unreadable(error.to_string())
    }
}
