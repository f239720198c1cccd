//! How fast the store appends, beside its drivers doing the same writes without it: the same
//! rows and bytes, prepared, in batches as large as there are callers. Run it with
//! `cargo xtask bench`; it takes a folder and, for PostgreSQL, an empty database's address.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;
use yishi_store::table::TableRow as _;
use yishi_store::{Append, Db, Derived, Location, NewEntry, Write, table};

const CALLERS: usize = 64;
const FOR: Duration = Duration::from_secs(5);
const LEDGER: Uuid = Uuid::from_u128(7);

table! {
    /// What follows from an entry here: one small row, as most entries have.
    pub Family in "family", key (ledger, member) {
        ledger: Uuid,
        member: Uuid,
        root: Uuid,
    }
    index family_root (ledger, root, member);
}

static DERIVED: Derived = Derived { tables: &[&[Family::TABLE]], searches: &[], streams: Vec::new };

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let folder = args.next().expect("a folder");
    let folder = Path::new(&folder);
    let db = Db::open(&Location::Directory(folder.join("ours")), &DERIVED).await.unwrap();
    let ours = store(db).await;
    let raw = sqlite(&folder.join("raw"));
    println!("append, SQLite: store {ours:.0}/s, driver alone {raw:.0}/s, ratio {:.2}", ours / raw);
    if let Some(url) = args.next() {
        let location = Location::Postgres { url: url.clone(), keys: folder.join("keys") };
        let ours = store(Db::open(&location, &DERIVED).await.unwrap()).await;
        let raw = postgres(&url).await;
        println!("append, PostgreSQL: store {ours:.0}/s, driver alone {raw:.0}/s, ratio {:.2}", ours / raw);
    }
}

/// One entry with two private fields, and the row that follows from it.
fn append(n: u64) -> Append {
    let id = Uuid::from_u128(u128::from(n));
    let public =
        serde_json::json!({"time": n, "place": id.to_string(), "channel": "poster", "rules": "matters@1"});
    let private =
        [("text", format!("\"楼道灯坏了三天，晚上看不清台阶。{n}\"")), ("exact", format!("\"{id}\""))];
    Append {
        ledger: LEDGER,
        now: i64::try_from(n).unwrap(),
        entries: vec![NewEntry {
            stream: format!("matter/{id}"),
            version: 1,
            kind: "matter.raised.1".to_owned(),
            role: "visitor".to_owned(),
            place: Some(id.to_string()),
            public: public.as_object().unwrap().clone(),
            private: private
                .into_iter()
                .map(|(field, value)| (field.to_owned(), value))
                .collect::<BTreeMap<_, _>>(),
            published: BTreeSet::new(),
        }],
        guards: Vec::new(),
        writes: vec![Write::Put { row: row(id).into(), stream: format!("matter/{id}") }],
        erasures: Vec::new(),
        jobs: Vec::new(),
    }
}

fn row(id: Uuid) -> Family {
    Family { ledger: LEDGER, member: id, root: id }
}

async fn store(db: Db) -> f64 {
    let next = Arc::new(AtomicU64::new(1));
    let started = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (db, next) = (db.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                let mut count = 0_u32;
                while started.elapsed() < FOR {
                    db.append(append(next.fetch_add(1, Ordering::Relaxed))).await.unwrap();
                    count += 1;
                }
                count
            })
        })
        .collect();
    let mut count = 0;
    for caller in callers {
        count += caller.await.unwrap();
    }
    f64::from(count) / started.elapsed().as_secs_f64()
}

const ENVELOPE: usize = 620;

fn sqlite(folder: &Path) -> f64 {
    // The store makes the tables; the driver alone then writes them.
    std::fs::create_dir_all(folder).unwrap();
    let runtime = tokio::runtime::Handle::current();
    let made = tokio::task::block_in_place(|| {
        runtime.block_on(Db::open(&Location::Directory(folder.to_owned()), &DERIVED)).unwrap()
    });
    drop(made);
    let connection = Connection::open(folder.join("yishi.db")).unwrap();
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16000;")
        .unwrap();
    let envelope = "x".repeat(ENVELOPE);
    let started = Instant::now();
    let mut n = 0_u64;
    while started.elapsed() < FOR {
        connection.execute_batch("begin immediate").unwrap();
        {
            let mut event = connection
                .prepare_cached("insert into event (ledger, number, stream, version, kind, at, envelope, digest) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
                .unwrap();
            let mut private = connection
                .prepare_cached("insert into private (ledger, stream, version, field, salt, value, published) values (?1, ?2, ?3, ?4, ?5, ?6, 0)")
                .unwrap();
            let mut family = connection
                .prepare_cached("insert into family (ledger, member, root) values (?1, ?2, ?3) on conflict (ledger, member) do update set root = excluded.root")
                .unwrap();
            let ledger = LEDGER.to_string();
            for _ in 0..CALLERS {
                n += 1;
                let id = Uuid::from_u128(u128::from(n)).to_string();
                let stream = format!("matter/{id}");
                let at = i64::try_from(n).unwrap();
                event
                    .execute((&ledger, at, &stream, 1, "matter.raised.1", at, &envelope, &[7_u8; 32][..]))
                    .unwrap();
                let text = format!("\"楼道灯坏了三天，晚上看不清台阶。{n}\"");
                private.execute((&ledger, &stream, 1, "text", &[8_u8; 32][..], &text)).unwrap();
                private.execute((&ledger, &stream, 1, "exact", &[8_u8; 32][..], &id)).unwrap();
                family.execute((&ledger, &id, &id)).unwrap();
            }
        }
        connection.execute_batch("commit").unwrap();
    }
    n as f64 / started.elapsed().as_secs_f64()
}

async fn postgres(url: &str) -> f64 {
    let (mut client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let ledger = Uuid::from_u128(8).to_string();
    client.execute("insert into head (ledger, number, at) values ($1, 0, 0)", &[&ledger]).await.unwrap();
    let lock = client.prepare("select number, at from head where ledger = $1 for update").await.unwrap();
    let event = client
        .prepare("insert into event (ledger, number, stream, version, kind, at, envelope, digest) select $1, * from unnest($2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::text[], $8::bytea[])")
        .await
        .unwrap();
    let private = client
        .prepare("insert into private (ledger, stream, version, field, salt, value, published) select $1, u.*, 0 from unnest($2::text[], $3::bigint[], $4::text[], $5::bytea[], $6::text[]) u")
        .await
        .unwrap();
    let family = client
        .prepare("insert into family (ledger, member, root) select * from unnest($1::text[], $2::text[], $3::text[]) on conflict (ledger, member) do update set root = excluded.root")
        .await
        .unwrap();
    let advance = client.prepare("update head set number = $2, at = $3 where ledger = $1").await.unwrap();
    let started = Instant::now();
    let mut n = 0_i64;
    while started.elapsed() < FOR {
        let transaction = client.transaction().await.unwrap();
        transaction.query(&lock, &[&ledger]).await.unwrap();
        let numbers: Vec<i64> = (n + 1..=n + CALLERS as i64).collect();
        n += CALLERS as i64;
        let ids: Vec<String> = numbers.iter().map(|n| Uuid::from_u128(*n as u128).to_string()).collect();
        let streams: Vec<String> = ids.iter().map(|id| format!("matter/{id}")).collect();
        let ones = vec![1_i64; CALLERS];
        let kinds = vec!["matter.raised.1"; CALLERS];
        let envelopes = vec!["x".repeat(ENVELOPE); CALLERS];
        let digests = vec![vec![7_u8; 32]; CALLERS];
        transaction
            .execute(&event, &[&ledger, &numbers, &streams, &ones, &kinds, &numbers, &envelopes, &digests])
            .await
            .unwrap();
        let twice: Vec<&String> = streams.iter().chain(&streams).collect();
        let versions = vec![1_i64; 2 * CALLERS];
        let fields: Vec<&str> = ["text", "exact"].iter().flat_map(|field| vec![*field; CALLERS]).collect();
        let salts = vec![vec![8_u8; 32]; 2 * CALLERS];
        let values: Vec<String> = numbers
            .iter()
            .map(|n| format!("\"楼道灯坏了三天，晚上看不清台阶。{n}\""))
            .chain(ids.iter().cloned())
            .collect();
        transaction.execute(&private, &[&ledger, &twice, &versions, &fields, &salts, &values]).await.unwrap();
        let ledgers = vec![&ledger; CALLERS];
        transaction.execute(&family, &[&ledgers, &ids, &ids]).await.unwrap();
        transaction.execute(&advance, &[&ledger, &n, &n]).await.unwrap();
        transaction.commit().await.unwrap();
    }
    n as f64 / started.elapsed().as_secs_f64()
}
