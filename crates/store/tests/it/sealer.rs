//! The sealer: each checkpoint covers what the one before covered and more, opens with the
//! ledger's key, and is made by one process at a time.

use super::append::{append, entry};
use uuid::Uuid;
use yishi_kernel::{Actor, Moment};
use yishi_ledger::checkpoint::Checkpoint;
use yishi_store::ledgers::ledger_by_slug;
use yishi_store::noted::Noted;
use yishi_store::outbox::{self, Job};
use yishi_store::sealer::{Lease, lease, seal};
use yishi_store::verify::{Unsound, verify};
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
async fn every_checkpoint_of_a_long_ledger_is_verified_wherever_it_stands() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let row = ledger_by_slug(&office.db, "xinglin").await.unwrap().unwrap();
        let mut sizes = Vec::new();
        // Some among the first entries that are read at once, and one in each of the next.
        for (round, count) in [3, 4, 990, 700, 900].into_iter().enumerate() {
            let stream = |n| format!("poster/{round}-{n}");
            let entries = (0..count).map(|n| entry(&stream(n), 1)).collect();
            office.db.append(append(there.community.0, 1, entries)).await.unwrap();
            sizes.push(seal(&office.db, &office.keys, &row, office.now()).await.unwrap().unwrap());
        }
        let verified = verify(&office.db).await.unwrap();
        let own = verified.into_iter().find(|one| one.origin == row.origin).unwrap();
        assert_eq!((own.entries, own.sealed), (sizes[4].unsigned_abs(), sizes[4].unsigned_abs()));
        let execute = async |sql, args: [i64; 2]| {
            let args = [Value::from(row.ledger.0), Value::Int(args[0]), Value::Int(args[1])];
            office.db.execute(vec![(sql, args.to_vec())]).await.unwrap();
        };
        const MOVE: &str = "update seal set size = ?3 where ledger = ?1 and size = ?2";
        // One that is not what its entries come to, in each part; none among them, and one behind all.
        for (from, to) in sizes.iter().map(|size| (*size, size - 1)).chain([(sizes[4], 9_999), (sizes[2], 0)])
        {
            execute(MOVE, [from, to]).await;
            let wrong = verify(&office.db).await.unwrap_err();
            assert!(matches!(wrong, Unsound::Problem(_)), "{from} as {to}: {wrong}");
            execute(MOVE, [to, from]).await;
        }
        // One that is taken out is missed by the one after it.
        execute("delete from seal where ledger = ?1 and size = ?2 and size < ?3", [sizes[3], i64::MAX]).await;
        let wrong = verify(&office.db).await.unwrap_err().to_string();
        assert!(wrong.contains("was taken out"), "{}: {wrong}", store.engine());
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

#[tokio::test]
async fn a_lease_of_a_clock_that_ran_a_year_ahead_is_stale() {
    for store in stores().await {
        let db = &store.office.db;
        let now = Moment(1_000_000_000);
        let year = now.plus_seconds(365 * 86_400);
        assert_eq!(lease(db, "sealer", "ahead", year).await.unwrap(), Lease::Held);
        assert_eq!(lease(db, "sealer", "one", now).await.unwrap(), Lease::Held, "{}", store.engine());
        assert_eq!(lease(db, "sealer", "two", now.plus_seconds(1)).await.unwrap(), Lease::Elsewhere);
        // Two machines whose clocks differ by some seconds do not take it from each other.
        assert_eq!(lease(db, "sealer", "two", now.plus_seconds(-3)).await.unwrap(), Lease::Elsewhere);
        // The same of jobs.
        let job = Job {
            ledger: Uuid::from_u128(1),
            id: Uuid::from_u128(2),
            kind: "toy".to_owned(),
            body: String::new(),
            due: now,
            tries: 0,
        };
        db.execute(vec![outbox::add(&job)]).await.unwrap();
        assert!(outbox::take(db, "ahead", year).await.unwrap().is_some());
        assert!(outbox::take(db, "one", now).await.unwrap().is_some(), "{}", store.engine());
        assert!(outbox::take(db, "two", now.plus_seconds(1)).await.unwrap().is_none(), "it is held");
    }
}

#[tokio::test]
async fn another_ledgers_key_signs_nothing() {
    for store in stores().await {
        let office = &store.office;
        neighbourhood(office).await;
        let keys = store.folder().join("keys");
        let row = ledger_by_slug(&office.db, "xinglin").await.unwrap().unwrap();
        let own = std::fs::read(keys.join("xinglin.key")).unwrap();
        std::fs::copy(keys.join("qinghe.key"), keys.join("xinglin.key")).unwrap();
        let again = Keys::in_folder(keys.clone());
        let fault = seal(&office.db, &again, &row, office.now()).await.unwrap_err();
        assert!(matches!(&fault, Fault::Key { slug, why } if slug == "xinglin" && why.contains("qinghe")));
        assert_eq!(again.wrong(std::slice::from_ref(&row)).len(), 1);
        // Put back, it serves without a new start.
        std::fs::write(keys.join("xinglin.key"), own).unwrap();
        seal(&office.db, &again, &row, office.now()).await.unwrap().expect("sealed");
        verify(&office.db).await.unwrap();
    }
}

#[tokio::test]
async fn two_processes_note_their_ledgers_and_lose_none() {
    let folder = tempfile::tempdir().unwrap();
    let noted = |n: usize, size: Option<&str>| Noted {
        origin: format!("o/{n}"),
        verifier: format!("v{n}"),
        checkpoint: size.map(str::to_owned),
    };
    let threads: Vec<_> = (0..8)
        .map(|n| {
            let keys = Keys::in_folder(folder.path().join("keys"));
            std::thread::spawn(move || {
                keys.note(&[noted(n, None)]).unwrap();
                keys.note(&[noted(n, Some("later"))]).unwrap();
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    let all = Keys::in_folder(folder.path().join("keys")).noted().unwrap();
    assert_eq!(all, (0..8).map(|n| noted(n, Some("later"))).collect::<Vec<_>>());
}
