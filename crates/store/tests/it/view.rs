//! A page sees the store at one moment, and what it records itself; more pages than keep a
//! connection read all the same.

use crate::append::{append, entry};
use tokio::task::JoinSet;
use uuid::Uuid;
use yishi_store::{Db, Value};
use yishi_testkit::stores;

const LEDGER: Uuid = Uuid::from_u128(7);

async fn entries(db: &Db) -> i64 {
    let row = db.row("select count(*) from event where ledger = ?1", &[Value::from(LEDGER)]).await.unwrap();
    row.unwrap().int(0).unwrap()
}

async fn record(db: &Db, version: u64) {
    db.append(append(LEDGER, 0, vec![entry("poster/a", version)])).await.unwrap();
}

/// Recorded by somebody else, while a page is being made.
async fn elsewhere(db: &Db, version: u64) {
    let db = db.clone();
    tokio::spawn(async move { record(&db, version).await }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_sees_one_moment_and_what_it_records_itself() {
    for store in stores().await {
        let db = &store.office.db;
        let one_moment = matches!(db, Db::Sqlite(_));
        db.view(async {
            assert_eq!(entries(db).await, 0);
            elsewhere(db, 1).await;
            assert_eq!(entries(db).await, if one_moment { 0 } else { 1 }, "{}", store.engine());
            record(db, 2).await;
            assert_eq!(entries(db).await, 2, "{}", store.engine());
            elsewhere(db, 3).await;
            assert_eq!(entries(db).await, if one_moment { 2 } else { 3 });
            db.execute(vec![("delete from cursor where follower = ?1", vec![Value::from("nobody")])])
                .await
                .unwrap();
            assert_eq!(entries(db).await, 3);
        })
        .await;
        elsewhere(db, 4).await;
        assert_eq!(entries(db).await, 4, "the next one begins anew");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_pages_that_wait_read_all_the_same_and_leave_nothing_open() {
    for store in stores().await {
        let db = &store.office.db;
        let (go, waits) = tokio::sync::watch::channel(());
        let mut pages = JoinSet::new();
        for _ in 0..40 {
            let (db, mut waits) = (db.clone(), waits.clone());
            pages.spawn(async move {
                db.clone()
                    .view(async {
                        let before = entries(&db).await;
                        waits.changed().await.unwrap();
                        (before, entries(&db).await)
                    })
                    .await
            });
        }
        record(db, 1).await;
        go.send(()).unwrap();
        while let Some(page) = pages.join_next().await {
            let (before, after) = page.unwrap();
            assert!(before <= after, "{}", store.engine());
        }
        // One that nobody waits for any more leaves no transaction behind either.
        let gone = db.view(async {
            entries(db).await;
            std::future::pending::<()>().await;
        });
        assert!(tokio::time::timeout(std::time::Duration::from_millis(50), gone).await.is_err());
        record(db, 2).await;
        for _ in 0..20 {
            assert_eq!(db.view(entries(db)).await, 2, "{}", store.engine());
        }
    }
}
