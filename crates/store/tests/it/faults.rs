//! What breaks on our side: the cause is told to whoever asked and to whoever watches, nobody
//! waits long for it, and the store goes on by itself once it is gone.

use super::append::{append, entry};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use uuid::Uuid;
use yishi_store::{AppendError, Db, Fault, Value};
use yishi_testkit::TestStore;

/// How many appends at once came to be; why the others did not.
async fn many(db: &Db, ledger: Uuid, from: usize) -> (usize, Vec<Fault>) {
    let mut all = JoinSet::new();
    for n in from..from + 20 {
        let db = db.clone();
        all.spawn(async move { db.append(append(ledger, 1, vec![entry(&format!("poster/{n}"), 1)])).await });
    }
    let (mut done, mut faults) = (0, Vec::new());
    for result in all.join_all().await {
        match result {
            Ok(_) => done += 1,
            Err(AppendError::Fault(fault)) => faults.push(fault),
            Err(other) => panic!("{other:?}"),
        }
    }
    (done, faults)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_as_such_and_writing_goes_on_once_there_is_room() {
    let store = TestStore::sqlite().await;
    let (db, ledger) = (&store.office.db, Uuid::now_v7());
    // The engine's own limit of a file stands for the disk's; it answers with its value, which
    // no statement that is carried out may.
    let limit = async |pages: &'static str| drop(db.execute(vec![(pages, Vec::new())]).await);
    limit("pragma max_page_count = 1").await;
    let mut at = 0;
    let faults = loop {
        // Where much does not fit, a little may.
        let (done, faults) = many(db, ledger, at).await;
        at += 20;
        if done == 0 {
            break faults;
        }
        assert!(at < 20_000, "it never got full");
    };
    for fault in &faults {
        let told = fault.to_string();
        assert!(told.contains("the disk is full") && told.contains("make room"), "{told}");
        assert!(fault.passes());
    }
    let health = db.health().await.unwrap_err().to_string();
    assert!(health.contains("the disk is full"), "{health}");
    limit("pragma max_page_count = 1000000").await;
    let (done, faults) = many(db, ledger, at).await;
    assert!(done == 20 && faults.is_empty(), "{faults:?}");
    db.health().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_into_a_file_that_was_moved_away() {
    let store = TestStore::sqlite().await;
    let (db, ledger) = (&store.office.db, Uuid::now_v7());
    assert_eq!(many(db, ledger, 0).await.0, 20);
    let [here, away] = ["yishi.db", "away.db"].map(|name| store.folder().join(name));
    std::fs::rename(&here, &away).unwrap();
    let (done, faults) = many(db, ledger, 20).await;
    assert_eq!((done, faults.len()), (0, 20));
    assert!(faults.iter().all(|fault| fault.to_string().contains("yishi.db was moved or deleted")));
    assert!(db.health().await.unwrap_err().to_string().contains("put the file back"));
    std::fs::rename(&away, &here).unwrap();
    assert_eq!(many(db, ledger, 20).await.0, 20);
    db.health().await.unwrap();
    const COUNT: &str = "select count(*) from event where ledger = ?1";
    assert_eq!(db.row(COUNT, &[Value::from(ledger)]).await.unwrap().unwrap().int(0).unwrap(), 40);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_was_closed_is_whole_in_one_file() {
    let store = TestStore::sqlite().await;
    let (db, ledger) = (&store.office.db, Uuid::now_v7());
    assert_eq!(many(db, ledger, 0).await.0, 20);
    let log = store.folder().join("yishi.db-wal");
    assert!(log.metadata().unwrap().len() > 0);
    db.close().await.unwrap();
    assert_eq!(log.metadata().unwrap().len(), 0);
}

/// Counts so far, which takes minutes.
const ENDLESS: &str = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 10000000000)
    select count(*) from c";

#[test]
fn a_slow_read_holds_no_thread_and_ends_with_whoever_waited_for_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = runtime.block_on(TestStore::sqlite());
    let began = Instant::now();
    runtime.block_on(async {
        let mut slow = JoinSet::new();
        for _ in 0..8 {
            let db = store.office.db.clone();
            slow.spawn(async move { db.rows(ENDLESS, &[]).await });
        }
        // Meanwhile the only thread that serves goes on.
        for _ in 0..10 {
            let began = Instant::now();
            tokio::time::sleep(Duration::from_millis(10)).await;
            store.office.db.row("select 1", &[]).await.unwrap();
            assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        }
        assert!(slow.try_join_next().is_none(), "they are still at it");
        slow.shutdown().await;
        let counted = "with recursive c(n) as (select 1 union all select n + 1 from c where n < 300000)
            select count(*) from c";
        let row = store.office.db.row(counted, &[]).await.unwrap().unwrap();
        assert_eq!(row.int(0).unwrap(), 300_000, "one that takes its time is answered all the same");
    });
    // Dropping it waits for all that still runs.
    drop(runtime);
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_holds_a_lock_keeps_nobody_waiting_for_long() {
    let Some(store) = TestStore::postgres().await else { return };
    let (db, ledger) = (&store.office.db, Uuid::now_v7());
    db.serve();
    assert_eq!(many(db, ledger, 0).await.0, 20);
    let url = &store.database.as_ref().unwrap().url;
    let (other, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    other.batch_execute("begin; lock table event in access exclusive mode").await.unwrap();
    let began = Instant::now();
    let mut reads = JoinSet::new();
    for _ in 0..40 {
        let db = db.clone();
        reads.spawn(async move { db.row("select count(*) from event", &[]).await });
    }
    let well = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let began = Instant::now();
        // What was last written came to be: the lock is only now in the way.
        db.health().await.unwrap();
        began.elapsed()
    };
    let ((done, faults), well) = tokio::join!(many(db, ledger, 20), well);
    assert!(well < Duration::from_secs(1), "{well:?}");
    assert_eq!((done, faults.len()), (0, 20));
    for read in reads.join_all().await {
        assert!(read.unwrap_err().passes());
    }
    assert!(faults.iter().all(Fault::passes), "{faults:?}");
    // Each batch waits as long as a lock may keep it, five seconds; how many batches the twenty come
    // in is chance on a busy machine. One by one they would take a hundred.
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    other.batch_execute("rollback").await.unwrap();
    assert_eq!(many(db, ledger, 20).await.0, 20);
    db.health().await.unwrap();
}
