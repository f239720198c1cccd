//! Sees to it that a process uses only tables that are as its program declares them. Whoever
//! uses them holds a lock with the others; whoever makes them anew holds it alone, so that
//! never two do, and nobody reads meanwhile. How they are made is `rebuild`'s business.

use crate::db::Hold;
use crate::postgres::Postgres;
use crate::sqlite::Sqlite;
use crate::tls::Address;
use crate::views::Derived;
use crate::{Db, Fault, Location, query, rebuild, row};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long opening waits for processes that use the tables of another program.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is tried again while somebody is in the way.
const PERIOD: Duration = Duration::from_millis(100);
/// How often whoever waits says so.
const TELL: Duration = Duration::from_secs(10);
/// How often two programs may take the tables from each other before one gives up.
const ROUNDS: usize = 3;

row! {
    /// A table and the declaration it was made by.
    Made, from "view" {
        name: String,
        digest: String,
    }
}

query! {
    MADE: Made => "order by name", scans "one row a table";
    HEALTH: i64 = "select count(*) from migration", scans "a handful of rows";
}

impl Db {
    /// Opens it and brings its tables up to date. While another process makes them anew this
    /// waits; where others go on using tables of another program it gives up.
    ///
    /// # Errors
    /// When it cannot be opened, or was made by a later or altered program.
    pub async fn open(location: &Location, derived: &Derived) -> Result<Db, Fault> {
        Db::open_within(location, derived, PATIENCE).await
    }

    /// The same with so much patience for who is in the way.
    pub async fn open_within(
        location: &Location,
        derived: &Derived,
        patience: Duration,
    ) -> Result<Db, Fault> {
        let db = Db::connect(location).await?;
        serve(&db, derived, patience).await?;
        Ok(db)
    }

    /// Has PostgreSQL count anew what its tables hold, after much came at once: it plans by these
    /// counts, and by itself notices a minute later. SQLite goes by what is declared alone.
    pub async fn count_anew(&self) -> Result<(), Fault> {
        match self {
            Db::Sqlite(_) => Ok(()),
            // Put together for once: as long as it takes.
            Db::Postgres(_) => self.run(vec![(Cow::Owned("analyze".to_owned()), Vec::new())]).await,
        }
    }

    /// Whether the store answers, and took what was last to be written.
    pub async fn health(&self) -> Result<(), Fault> {
        match self {
            Db::Sqlite(db) => db.written.is_well()?,
            Db::Postgres(db) => return db.is_well().await,
        }
        HEALTH.first(self, &[]).await.map(|_| ())
    }

    /// From now on pages are served: nothing waits for long for what others hold.
    pub fn serve(&self) {
        match self {
            Db::Sqlite(_) => {}
            Db::Postgres(db) => db.serve(),
        }
    }
}

impl Location {
    /// Whether there is a store; nothing is made where there is none.
    ///
    /// # Errors
    /// When that cannot be seen.
    pub async fn is_made(&self) -> Result<bool, Fault> {
        match self {
            Location::Directory(folder) => Ok(Sqlite::is_made(folder)),
            Location::Postgres { url, .. } => Postgres::is_made(url).await,
        }
    }

    /// What it is called when something is told about it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Location::Directory(folder) => folder.display().to_string(),
            Location::Postgres { url, .. } => {
                Address::of(url).map_or_else(|_| "--database".to_owned(), |a| a.name)
            }
        }
    }
}

/// Tables as they were made: name and digest.
pub(crate) async fn made(db: &Db) -> Result<BTreeMap<String, String>, Fault> {
    Ok(MADE.all(db, &[]).await?.into_iter().map(|made| (made.name, made.digest)).collect())
}

/// Takes hold of the tables with others, once they are as declared: making them anew where
/// they are not, or waiting until somebody else has.
pub(crate) async fn serve(db: &Db, derived: &Derived, patience: Duration) -> Result<(), Fault> {
    let wanted: BTreeMap<String, String> =
        derived.views().map(|view| (view.name().to_owned(), view.digest())).collect();
    for _ in 0..ROUNDS {
        // However long making them takes: it ends, or whoever does it does.
        hold(db, Hold::Shared, Duration::MAX, "another process makes the tables anew; waiting for it")
            .await?;
        if made(db).await? == wanted {
            rebuild::sweep(db).await?;
            db.go_by(Some(wanted));
            return Ok(());
        }
        db.let_go().await?;
        alone(db, patience).await?;
        let remade = async {
            if made(db).await? != wanted {
                rebuild::remake(db, derived).await?;
            }
            Ok(())
        };
        let remade: Result<(), Fault> = remade.await;
        db.let_go().await?;
        remade?;
    }
    Err(Fault::Served)
}

/// Takes hold of the tables alone, letting go of them first.
pub(crate) async fn alone(db: &Db, patience: Duration) -> Result<(), Fault> {
    db.go_by(None);
    db.let_go().await?;
    hold(
        db,
        Hold::Alone,
        patience,
        "other processes use this store with their tables; waiting until they stop",
    )
    .await
}

async fn hold(db: &Db, hold: Hold, patience: Duration, why: &str) -> Result<(), Fault> {
    let began = Instant::now();
    let mut told = None;
    while !db.try_hold(hold).await? {
        if began.elapsed() >= patience {
            return Err(Fault::Served);
        }
        if told.is_none_or(|told: Instant| told.elapsed() >= TELL) {
            tracing::warn!(seconds = began.elapsed().as_secs(), "{why}");
            told = Some(Instant::now());
        }
        tokio::time::sleep(PERIOD).await;
    }
    Ok(())
}
