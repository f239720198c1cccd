//! The sealer: each checkpoint covers what the one before covered and more, opens with the
//! ledger's key, and is made by one process at a time.

use yishi_kernel::{Actor, Moment};
use yishi_ledger::checkpoint::Checkpoint;
use yishi_store::ledgers::ledger_by_slug;
use yishi_store::sealer::{Lease, lease, seal};
use yishi_store::verify::verify;
use yishi_store::{Fault, Keys, Value};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

#[tokio::test]
async fn a_checkpoint_covers_what_was_recorded_and_opens_with_the_key() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let row = ledger_by_slug(&office.db, "xinglin").await.unwrap().unwrap();
        assert_eq!(row.origin, "yishi.local/xinglin");
        let first = seal(&office.db, &office.keys, &row, office.now()).await.unwrap().unwrap();
        assert_eq!(seal(&office.db, &office.keys, &row, office.now()).await.unwrap(), None, "nothing new");
        office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        let second = seal(&office.db, &office.keys, &row, office.now()).await.unwrap();
        assert_eq!(second, Some(first + 2));
        const LAST: &str = "select checkpoint from seal where ledger = ?1 order by size desc limit 1";
        let note = office.db.row(LAST, &[Value::from(row.ledger.0)]).await.unwrap().unwrap();
        let checkpoint = Checkpoint::open(note.text(0).unwrap(), &row.verifier.parse().unwrap()).unwrap();
        assert_eq!((checkpoint.size as i64, &checkpoint.origin), (first + 2, &row.origin));
        // Two processes that seal the same size agree.
        let again = seal(&office.db, &office.keys, &row, office.now()).await.unwrap();
        assert_eq!(again, None);
        verify(&office.db).await.unwrap();
    }
}

#[tokio::test]
async fn a_missing_key_seals_nothing_and_says_which() {
    for store in stores().await {
        let office = &store.office;
        neighbourhood(office).await;
        let row = ledger_by_slug(&office.db, "qinghe").await.unwrap().unwrap();
        let nowhere = Keys::in_folder(store.folder().join("nowhere"));
        let fault = seal(&office.db, &nowhere, &row, office.now()).await.unwrap_err();
        assert!(matches!(&fault, Fault::Key { slug, .. } if slug == "qinghe"), "{fault}");
        seal(&office.db, &office.keys, &row, office.now()).await.unwrap().expect("with its key it does");
    }
}

#[tokio::test]
async fn one_process_holds_the_lease_until_it_is_silent() {
    for store in stores().await {
        let db = &store.office.db;
        let now = Moment(1_000_000_000);
        assert_eq!(lease(db, "sealer", "one", now).await.unwrap(), Lease::Held);
        assert_eq!(lease(db, "sealer", "two", now.plus_seconds(1)).await.unwrap(), Lease::Elsewhere);
        assert_eq!(lease(db, "sealer", "one", now.plus_seconds(3)).await.unwrap(), Lease::Held, "renewed");
        assert_eq!(lease(db, "sealer", "two", now.plus_seconds(6)).await.unwrap(), Lease::Elsewhere);
        assert_eq!(lease(db, "other job", "two", now.plus_seconds(6)).await.unwrap(), Lease::Held);
        assert_eq!(lease(db, "sealer", "two", now.plus_seconds(60)).await.unwrap(), Lease::Held);
        assert_eq!(lease(db, "sealer", "one", now.plus_seconds(61)).await.unwrap(), Lease::Elsewhere);
    }
}
