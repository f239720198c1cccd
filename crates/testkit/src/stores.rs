//! Offices on fresh stores: SQLite in a temporary folder, and PostgreSQL where it is
//! installed. Where it is not, tests say so loudly, and fail under `YISHI_REQUIRE_PG=1`.

use crate::postgres::Database;
use crate::{Neighbourhood, neighbourhood};
use std::path::Path;
use tempfile::TempDir;
use yishi_kernel::Moment;
use yishi_office::{Clock, DERIVED, Office};
use yishi_store::{Db, Fault, Location, Value, rebuild};

/// Where the clock of every test store is set first: 4 May 2026, 9:00 in China.
pub const START: Moment = Moment(1_777_856_400_000_000);

/// An office on a store of its own, gone when this is dropped.
#[derive(Debug)]
pub struct TestStore {
    /// The office; its clock is set to [`START`].
    pub office: Office,
    /// The database on PostgreSQL.
    pub database: Option<Database>,
    folder: TempDir,
}

impl TestStore {
    /// On SQLite.
    pub async fn sqlite() -> Self {
        let folder = folder();
        let location = Location::Directory(folder.path().to_owned());
        Self { office: open(&location).await, database: None, folder }
    }

    /// On PostgreSQL, or nothing where there is none.
    ///
    /// # Panics
    /// When there is none and `YISHI_REQUIRE_PG` is 1.
    pub async fn postgres() -> Option<Self> {
        let database = match Database::fresh().await {
            Ok(database) => database,
            Err(why) => {
                let required = std::env::var("YISHI_REQUIRE_PG").is_ok_and(|value| value == "1");
                assert!(!required, "PostgreSQL is required: {why}");
                eprintln!("\n*** NOT TESTED ON POSTGRESQL: {why} ***\n");
                return None;
            }
        };
        let folder = folder();
        let location = Location::Postgres { url: database.url.clone(), keys: folder.path().join("keys") };
        Some(Self { office: open(&location).await, database: Some(database), folder })
    }

    /// Closes the store and opens it again, as the program does when it is started anew.
    ///
    /// # Errors
    /// When it does not open; then this store stays closed.
    pub async fn reopen(&mut self) -> Result<(), Fault> {
        self.close().await;
        self.office.db = Db::open(&self.location(), &DERIVED).await?;
        Ok(())
    }

    /// Closes the store: what stands in its place is another, empty one.
    pub async fn close(&mut self) {
        let nothing = Location::Directory(self.folder.path().join("closed"));
        self.office.db = Db::open(&nothing, &DERIVED).await.expect("an empty store");
    }

    /// Where the store is.
    #[must_use]
    pub fn location(&self) -> Location {
        match &self.database {
            None => Location::Directory(self.folder.path().to_owned()),
            Some(database) => {
                Location::Postgres { url: database.url.clone(), keys: self.folder.path().join("keys") }
            }
        }
    }

    /// The folder with the SQLite file and the keys.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// `sqlite` or `postgresql`, for messages.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        self.office.db.engine()
    }
}

/// In memory where the system has such a folder: these tests are not about surviving a
/// power cut, and syncing would take most of their time.
fn folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).expect("a temporary folder")
}

async fn open(location: &Location) -> Office {
    Office::open(location, Clock::set_to(START)).await.expect("the store opens")
}

/// An office on each store there is.
pub async fn stores() -> Vec<TestStore> {
    let mut stores = vec![TestStore::sqlite().await];
    stores.extend(TestStore::postgres().await);
    stores
}

/// The same neighbourhood, with the same ids, on each store there is.
pub async fn twins() -> (Neighbourhood, Vec<TestStore>) {
    let stores = stores().await;
    let there = neighbourhood(&stores[0].office).await;
    for other in &stores[1..] {
        copy(&stores[0], other).await;
    }
    for store in &stores {
        store.office.clock.put(START.plus_seconds(3_600));
    }
    (there, stores)
}

/// Copies the ledgers, their keys and what belongs to them, and makes the read models anew.
pub async fn copy(from: &TestStore, to: &TestStore) {
    const TABLES: [(&str, &str); 4] = [
        (
            "select ledger, number, stream, version, kind, at, envelope, digest from event",
            "insert into event (ledger, number, stream, version, kind, at, envelope, digest)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        ),
        (
            "select ledger, stream, version, field, salt, value, published from private",
            "insert into private (ledger, stream, version, field, salt, value, published)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        ),
        ("select ledger, number, at from head", "insert into head (ledger, number, at) values (?1, ?2, ?3)"),
        (
            "select ledger, slug, origin, verifier, path from keeper",
            "insert into keeper (ledger, slug, origin, verifier, path) values (?1, ?2, ?3, ?4, ?5)",
        ),
    ];
    for (select, insert) in TABLES {
        let rows = from.office.db.rows(select, &[]).await.expect(select);
        let inserts =
            rows.iter().map(|row| (insert, row.values().to_vec())).collect::<Vec<(_, Vec<Value>)>>();
        to.office.db.execute(inserts).await.expect(insert);
    }
    let keys = to.folder().join("keys");
    std::fs::create_dir_all(&keys).expect("a folder for keys");
    for key in std::fs::read_dir(from.folder().join("keys")).expect("keys") {
        let key = key.expect("a key");
        std::fs::copy(key.path(), keys.join(key.file_name())).expect("a copied key");
    }
    rebuild::rebuild(&to.office.db, &DERIVED).await.expect("a rebuild");
}
