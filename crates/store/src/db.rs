//! One database, two engines, one SQL text: integers, text and bytes in, rows out. Small
//! enough to read in a minute; the engines are in `sqlite.rs` and `postgres.rs`.

use crate::append::Prepared;
use crate::journal::Journal;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::table::Engine;
use crate::{Append, AppendError, Appended, Fault, Hit, SearchIndex, Sought, remembered};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;
use yishi_kernel::PlaceId;
use yishi_kernel::cell::Value;

/// How a process holds the tables of read models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hold {
    /// With others who use them.
    Shared,
    /// Alone, to make them anew.
    Alone,
}

/// A row of an answer. Whoever asks a column for what it does not hold gets [`Fault::Row`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// The values.
    #[must_use]
    pub fn values(&self) -> &[Value] {
        &self.0
    }

    /// An integer.
    pub fn int(&self, n: usize) -> Result<i64, Fault> {
        self.opt_int(n)?.ok_or(Fault::Row(n))
    }

    /// An integer or nothing.
    pub fn opt_int(&self, n: usize) -> Result<Option<i64>, Fault> {
        match self.0.get(n) {
            Some(Value::Int(int)) => Ok(Some(*int)),
            Some(Value::Null) => Ok(None),
            _ => Err(Fault::Row(n)),
        }
    }

    /// Text.
    pub fn text(&self, n: usize) -> Result<&str, Fault> {
        match self.0.get(n) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(Fault::Row(n)),
        }
    }

    /// Bytes.
    pub fn blob(&self, n: usize) -> Result<&[u8], Fault> {
        match self.0.get(n) {
            Some(Value::Blob(bytes)) => Ok(bytes),
            _ => Err(Fault::Row(n)),
        }
    }

    /// An id.
    pub fn uuid(&self, n: usize) -> Result<Uuid, Fault> {
        Uuid::parse_str(self.text(n)?).map_err(|_| Fault::Row(n))
    }
}

/// Where the data lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// A folder with an SQLite file, photos and keys.
    Directory(PathBuf),
    /// A PostgreSQL database, and a folder for the keys.
    Postgres {
        /// `postgres://…`
        url: String,
        /// The folder.
        keys: PathBuf,
    },
}

impl Location {
    /// The folder that holds the signing keys.
    #[must_use]
    pub fn keys(&self) -> PathBuf {
        match self {
            Location::Directory(dir) => dir.join("keys"),
            Location::Postgres { keys, .. } => keys.clone(),
        }
    }
}

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file.
    Sqlite(Sqlite),
    /// A server.
    Postgres(Postgres),
}

impl Db {
    /// Opens it without a look at the tables of read models.
    pub(crate) async fn connect(location: &Location) -> Result<Db, Fault> {
        Ok(match location {
            Location::Directory(dir) => Db::Sqlite(Sqlite::open(dir, Journal::beside(&location.keys()))?),
            Location::Postgres { url, .. } => {
                Db::Postgres(Postgres::open(url, Journal::beside(&location.keys())).await?)
            }
        })
    }

    /// The same database as it stands now, whatever others record meanwhile: for reading all of
    /// it. Its reads go one after the other.
    pub async fn still(&self) -> Result<Db, Fault> {
        Ok(match self {
            Db::Sqlite(db) => Db::Sqlite(db.still()?),
            Db::Postgres(db) => Db::Postgres(db.still().await?),
        })
    }

    /// Makes a page of what it reads: on SQLite in one transaction, at one moment; what it
    /// records itself, it sees.
    pub async fn view<F: Future>(&self, page: F) -> F::Output {
        match self {
            Db::Sqlite(db) => db.view(page).await,
            Db::Postgres(_) => page.await,
        }
    }

    /// What the page that is being made reads from now on is as the store stands now.
    pub fn look_anew(&self) {
        match self {
            Db::Sqlite(db) => db.look_anew(),
            Db::Postgres(_) => {}
        }
    }

    /// `sqlite` or `postgresql`.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Db::Sqlite(_) => "sqlite",
            Db::Postgres(_) => "postgresql",
        }
    }

    /// The same as a type.
    pub(crate) fn dialect(&self) -> Engine {
        match self {
            Db::Sqlite(_) => Engine::Sqlite,
            Db::Postgres(_) => Engine::Postgres,
        }
    }

    /// How many queries were sent since it was opened: what a page costs is the difference.
    #[must_use]
    pub fn asked(&self) -> u64 {
        self.counter().load(Ordering::Relaxed)
    }

    fn counter(&self) -> &AtomicU64 {
        match self {
            Db::Sqlite(db) => &db.asked,
            Db::Postgres(db) => &db.asked,
        }
    }

    /// The rows of a query written on the spot: for tests, and for looking into a store. The
    /// program's own are declared by [`query!`](crate::query!) and read by name.
    pub async fn rows(&self, sql: &'static str, args: &[Value]) -> Result<Vec<Row>, Fault> {
        self.read(sql, args).await
    }

    /// The first of these rows, if there is one.
    pub async fn row(&self, sql: &'static str, args: &[Value]) -> Result<Option<Row>, Fault> {
        Ok(self.read(sql, args).await?.into_iter().next())
    }

    /// The rows of a query. Arguments are `?1`, `?2` … The text is the program's, never what
    /// users type.
    pub(crate) async fn read(&self, sql: &str, args: &[Value]) -> Result<Vec<Row>, Fault> {
        if let Some(rows) = remembered::answer(sql, args) {
            return Ok(rows);
        }
        self.counter().fetch_add(1, Ordering::Relaxed);
        let rows = match self {
            Db::Sqlite(db) => db.rows(sql, args).await?,
            Db::Postgres(db) => db.rows(sql, args).await?,
        };
        remembered::note(sql, args, &rows);
        Ok(rows)
    }

    /// Decides many things alike: what is read twice, with the same arguments, is read once. What is
    /// decided from it is guarded as always.
    pub async fn alike<F: Future>(&self, work: F) -> F::Output {
        remembered::scope(work).await
    }

    /// Runs statements in one durable transaction: for what is not of the ledger.
    ///
    /// # Errors
    /// When one fails; then none has happened.
    pub async fn execute(&self, statements: Vec<(&'static str, Vec<Value>)>) -> Result<(), Fault> {
        self.run(statements.into_iter().map(|(sql, args)| (Cow::Borrowed(sql), args)).collect()).await
    }

    /// The same of texts that the program puts together.
    pub(crate) async fn run(&self, statements: Vec<(Cow<'static, str>, Vec<Value>)>) -> Result<(), Fault> {
        match self {
            Db::Sqlite(db) => db.execute(statements).await,
            Db::Postgres(db) => db.execute(statements).await,
        }
    }

    /// Records an append durably, or says that another one was quicker.
    pub async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let prepared = Prepared::new(append)?;
        match self {
            Db::Sqlite(db) => db.append(prepared).await,
            Db::Postgres(db) => db.append(prepared).await,
        }
    }

    /// So many of what is found by a column in some ledgers, the latest first, behind one of them.
    pub async fn find(
        &self,
        index: &'static SearchIndex,
        ledgers: &[PlaceId],
        column: &'static str,
        sought: &Sought,
        behind: Hit,
        limit: u32,
    ) -> Result<Vec<Hit>, Fault> {
        if sought.is_vain() || ledgers.is_empty() {
            return Ok(Vec::new());
        }
        self.counter().fetch_add(1, Ordering::Relaxed);
        match self {
            Db::Sqlite(db) => db.find(index, ledgers, column, sought, behind, limit).await,
            Db::Postgres(db) => db.find(index, ledgers, column, sought, behind, limit).await,
        }
    }

    /// How the engine would look that up, in its own words: for the test that it takes an index.
    pub async fn plan_of_find(
        &self,
        index: &'static SearchIndex,
        ledgers: &[PlaceId],
        column: &'static str,
        sought: &Sought,
    ) -> Result<Vec<String>, Fault> {
        match self {
            Db::Sqlite(db) => db.plan_of_find(index, ledgers, column, sought),
            Db::Postgres(db) => db.plan_of_find(index, ledgers, column, sought).await,
        }
    }

    /// How the engine would carry a statement out, in its own words, whatever it is asked for:
    /// for the test that none reads more than it should.
    pub async fn plan(&self, sql: &str) -> Result<Vec<String>, Fault> {
        match self {
            Db::Sqlite(db) => db.plan(sql),
            Db::Postgres(db) => db.plan(sql).await,
        }
    }

    /// Takes hold of the tables of read models if nobody is in the way, and says whether it did.
    pub(crate) async fn try_hold(&self, hold: Hold) -> Result<bool, Fault> {
        match self {
            Db::Sqlite(db) => db.try_hold(hold),
            Db::Postgres(db) => db.try_hold(hold).await,
        }
    }

    /// Lets go of them.
    pub(crate) async fn let_go(&self) -> Result<(), Fault> {
        match self {
            Db::Sqlite(db) => db.let_go(),
            Db::Postgres(db) => db.let_go().await,
        }
    }

    /// Puts the store in order before the program ends: its files are then whole by themselves.
    pub async fn close(&self) -> Result<(), Fault> {
        match self {
            Db::Sqlite(db) => db.close().await,
            Db::Postgres(_) => Ok(()),
        }
    }

    /// Tells a store that may lose its hold by which tables this process goes.
    pub(crate) fn go_by(&self, tables: Option<BTreeMap<String, String>>) {
        match self {
            // A lock on a file lasts as long as the process.
            Db::Sqlite(_) => {}
            Db::Postgres(db) => db.go_by(tables.map(|tables| tables.into_iter().collect())),
        }
    }
}
