//! Tables that were declared otherwise are made anew before a store is used: by one process,
//! together with their digests, going on where another one was stopped.

use std::time::Duration;
use uuid::Uuid;
use yishi_kernel::{Actor, PlaceId, StreamName};
use yishi_office::DERIVED;
use yishi_office::matters::search::SearchIn;
use yishi_office::matters::tables::MatterLine;
use yishi_store::replay::{Shown, Shows, StoredEntry};
use yishi_store::table::TableRow as _;
use yishi_store::{Db, Derived, Fault, Rows, Table, Value, rebuild, table};
use yishi_testkit::neighbourhood::found as found_by;
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{TestStore, neighbourhood, stores};

/// Long enough for any of them to be opened, short enough to wait for one that is not.
const MOMENT: Duration = Duration::from_millis(400);

async fn execute(db: &Db, sql: impl Into<String>) {
    db.execute(vec![(String::leak(sql.into()), vec![])]).await.unwrap();
}

async fn count(db: &Db, sql: &'static str) -> i64 {
    db.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap()
}

/// A store with some of everything, and what its tables hold.
async fn filled(store: &TestStore) -> (yishi_testkit::Neighbourhood, Vec<(&'static str, String)>) {
    let there = neighbourhood(&store.office).await;
    store.office.issue_poster(&there.administrator, there.stairwells[0]).await.unwrap();
    for word in ["a", "b"] {
        store.office.raise(&Actor::visitor(), raising(word, there.building, "楼道灯坏了。")).await.unwrap();
    }
    let digests = rebuild::digests(&store.office.db, &DERIVED).await.unwrap();
    (there, digests)
}

/// Leaves the store as if another program had made these tables, and filled them wrongly.
async fn as_if_otherwise(db: &Db, tables: impl IntoIterator<Item = &'static Table>) {
    for table in tables {
        execute(db, format!("update view set digest = 'other' where name = '{}'", table.name)).await;
        execute(db, format!("delete from {}", table.name)).await;
    }
}

#[tokio::test]
async fn a_table_declared_otherwise_is_made_anew_before_it_is_used() {
    for mut store in stores().await {
        let (there, before) = filled(&store).await;
        as_if_otherwise(&store.office.db, [MatterLine::TABLE]).await;
        // What stands under another name of a column would have been another declaration, too.
        execute(&store.office.db, "alter table place rename column code to mark").await;
        execute(&store.office.db, "update view set digest = 'other' where name = 'place'").await;
        execute(&store.office.db, "update view set digest = 'other' where name = 'matter_search'").await;
        execute(&store.office.db, "delete from matter_search").await;
        store.reopen().await.unwrap();
        let db = &store.office.db;
        assert_eq!(rebuild::digests(db, &DERIVED).await.unwrap(), before, "{}", store.engine());
        let found = found_by(&store.office, there.community, "楼道灯", SearchIn::Entire).await;
        assert_eq!(found.len(), 2);
        assert_eq!(count(db, "select count(*) from view where digest = 'other'").await, 0);
        assert_eq!(count(db, "select count(*) from remake").await, 0);
        // And recording goes on in it.
        store.office.raise(&Actor::visitor(), raising("c", there.building, "又坏了。")).await.unwrap();
        assert_eq!(count(db, "select count(*) from matter").await, 3);
    }
}

#[tokio::test]
async fn whoever_is_stopped_in_between_is_followed_by_one_who_goes_on() {
    for mut store in stores().await {
        let (there, before) = filled(&store).await;
        let db = &store.office.db;
        as_if_otherwise(db, DERIVED.tables()).await;
        // Ledgers are made anew in the order of their ids; an entry that nobody can read
        // stops it in the last one.
        let mut ledgers = [there.street, there.community];
        ledgers.sort();
        let spoil = |ledger: PlaceId, how: &str| {
            format!("update event set envelope = {how} where ledger = '{ledger}' and number = 0")
        };
        execute(db, spoil(ledgers[1], "'?' || envelope")).await;
        let stopped = store.reopen().await;
        assert!(matches!(stopped, Err(Fault::Unreadable(_))), "{stopped:?}");
        let raw = Raw::open(&store).await;
        assert!(raw.count("select count(*) from remake where ledger <> ''").await > 0);
        // Whoever goes on does not read the first ledger again: it could not.
        raw.execute(&spoil(ledgers[0], "'?' || envelope")).await;
        raw.execute(&spoil(ledgers[1], "substr(envelope, 2)")).await;
        store.reopen().await.unwrap();
        let db = &store.office.db;
        execute(db, spoil(ledgers[0], "substr(envelope, 2)")).await;
        assert_eq!(rebuild::digests(db, &DERIVED).await.unwrap(), before, "{}", store.engine());
        assert_eq!(count(db, "select count(*) from remake").await, 0);
    }
}

#[tokio::test]
async fn what_an_earlier_attempt_left_is_not_trusted_once_the_tables_were_used() {
    for mut store in stores().await {
        let (_, before) = filled(&store).await;
        let db = &store.office.db;
        execute(db, "create table poster_next (ledger text)").await;
        execute(db, "insert into remake (name, ledger, digest) values ('poster', '', 'later')").await;
        store.reopen().await.unwrap();
        let db = &store.office.db;
        assert_eq!(count(db, "select count(*) from remake").await, 0);
        assert!(db.rows("select * from poster_next", &[]).await.is_err(), "it is gone");
        assert_eq!(rebuild::digests(db, &DERIVED).await.unwrap(), before);
    }
}

table! {
    /// Posters' places, as a later program might list them.
    pub PosterPlace in "poster_spot", key (ledger, id) {
        ledger: PlaceId,
        id: Uuid,
        spot: Option<PlaceId>,
    }
    index poster_spot_spot (ledger, spot, id);
}

struct Spots;

impl Shown for Spots {
    fn kind(&self) -> &'static str {
        "poster"
    }

    fn show(&self, ledger: PlaceId, stream: &StreamName, entries: Vec<StoredEntry>) -> Result<Shows, Fault> {
        let id = stream.id().parse().map_err(Fault::unreadable)?;
        let private = &entries[0].private;
        let spot = private.get("exact").and_then(|text| serde_json::from_str(text).ok());
        Ok(Shows { rows: Rows::of(PosterPlace { ledger, id, spot }), terms: None })
    }

    fn is_published(&self, _: StoredEntry, _: &str) -> Result<bool, yishi_store::Fault> {
        Ok(false)
    }
}

/// A program that lists posters in another way, searches nothing, and has no other tables.
static LATER: Derived = Derived { tables: &[&[PosterPlace::TABLE]], searches: &[], streams: later };

fn later() -> Vec<&'static dyn Shown> {
    static NOTHING: [Nothing; 6] = [
        Nothing("place"),
        Nothing("organisation"),
        Nothing("account"),
        Nothing("matter"),
        Nothing("receipt"),
        Nothing("rules"),
    ];
    NOTHING.iter().map(|one| one as &dyn Shown).chain([&Spots as &dyn Shown]).collect()
}

struct Nothing(&'static str);

impl Shown for Nothing {
    fn kind(&self) -> &'static str {
        self.0
    }

    fn show(&self, _: PlaceId, _: &StreamName, _: Vec<StoredEntry>) -> Result<Shows, Fault> {
        Ok(Shows::default())
    }

    fn is_published(&self, _: StoredEntry, _: &str) -> Result<bool, yishi_store::Fault> {
        Ok(false)
    }
}

#[tokio::test]
async fn tables_come_and_go_with_the_program() {
    for mut store in stores().await {
        let (there, before) = filled(&store).await;
        store.close().await;
        let later = Db::open_within(&store.location(), &LATER, MOMENT).await.unwrap();
        let rows = later.rows("select spot from poster_spot", &[]).await.unwrap();
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].values(), [Value::from(there.stairwells[0])]);
        assert!(later.rows("select * from matter", &[]).await.is_err(), "it is not declared any more");
        assert!(later.rows("select * from matter_search", &[]).await.is_err());
        drop(later);
        store.reopen().await.unwrap();
        let db = &store.office.db;
        assert_eq!(rebuild::digests(db, &DERIVED).await.unwrap(), before, "{}", store.engine());
        assert!(db.rows("select * from poster_spot", &[]).await.is_err(), "nor is this one");
    }
}

#[tokio::test]
async fn two_programs_do_not_use_one_store_at_once() {
    for mut store in stores().await {
        let (_, before) = filled(&store).await;
        let location = store.location();
        // Of the same program, any number.
        let second = Db::open_within(&location, &DERIVED, MOMENT).await.unwrap();
        let refused = Db::open_within(&location, &LATER, MOMENT).await;
        assert!(matches!(refused, Err(Fault::Served)), "{refused:?}");
        assert_eq!(rebuild::digests(&second, &DERIVED).await.unwrap(), before, "{}", store.engine());
        // Once they have stopped, whoever waits goes on.
        let waiting = tokio::spawn({
            let location = location.clone();
            async move { Db::open_within(&location, &LATER, Duration::from_secs(60)).await }
        });
        tokio::time::sleep(MOMENT).await;
        assert!(!waiting.is_finished());
        drop(second);
        tokio::time::sleep(MOMENT).await;
        assert!(!waiting.is_finished(), "one is left");
        store.close().await;
        let later = waiting.await.unwrap().unwrap();
        let refused = Db::open_within(&location, &DERIVED, MOMENT).await;
        assert!(matches!(refused, Err(Fault::Served)), "{refused:?}");
        assert_eq!(later.rows("select * from poster_spot", &[]).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_program_whose_server_was_away_looks_before_it_goes_on() {
    let Some(store) = TestStore::postgres().await else { return };
    let (_, before) = filled(&store).await;
    let db = &store.office.db;
    let other = Db::open(&store.location(), &DERIVED).await.unwrap();
    let cut = "select count(pg_terminate_backend(pid)) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()";
    // Others' connections go, the lock's among them.
    drop(other.rows(cut, &[]).await);
    drop(other);
    tokio::time::sleep(MOMENT).await;
    let mut again = rebuild::digests(db, &DERIVED).await;
    for _ in 0..20 {
        if again.is_ok() {
            break;
        }
        again = rebuild::digests(db, &DERIVED).await;
    }
    assert_eq!(again.unwrap(), before);
    let refused = Db::open_within(&store.location(), &LATER, MOMENT).await;
    assert!(matches!(refused, Err(Fault::Served)), "it holds them again: {refused:?}");
}

/// A store looked at past the program, as somebody repairing it would.
enum Raw {
    Sqlite(rusqlite::Connection),
    Postgres(tokio_postgres::Client),
}

impl Raw {
    async fn open(store: &TestStore) -> Self {
        match &store.database {
            None => Raw::Sqlite(rusqlite::Connection::open(store.folder().join("yishi.db")).unwrap()),
            Some(database) => {
                let (client, connection) =
                    tokio_postgres::connect(&database.url, tokio_postgres::NoTls).await.unwrap();
                tokio::spawn(connection);
                Raw::Postgres(client)
            }
        }
    }

    async fn execute(&self, sql: &str) {
        match self {
            Raw::Sqlite(connection) => connection.execute_batch(sql).unwrap(),
            Raw::Postgres(client) => client.batch_execute(sql).await.unwrap(),
        }
    }

    async fn count(&self, sql: &str) -> i64 {
        match self {
            Raw::Sqlite(connection) => connection.query_row(sql, [], |row| row.get(0)).unwrap(),
            Raw::Postgres(client) => client.query_one(sql, &[]).await.unwrap().get(0),
        }
    }
}
