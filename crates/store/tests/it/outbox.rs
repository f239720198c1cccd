//! Jobs are added once, taken by one, tried again, and in the end left for a person.

use uuid::Uuid;
use yishi_store::outbox::{self, Job};
use yishi_store::{Append, NewEntry};
use yishi_testkit::stores;
use yishi_testkit::stores::START;

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_taken_by_one_and_tried_again() {
    for store in stores().await {
        let db = &store.office.db;
        let job = Job {
            ledger: Uuid::from_u128(1),
            id: Uuid::from_u128(2),
            kind: "mail".to_owned(),
            body: "{}".to_owned(),
            due: START,
            tries: 0,
        };
        db.execute(vec![outbox::add(&job), outbox::add(&job)]).await.unwrap();
        assert_eq!(outbox::take(db, "early", START.plus_seconds(-1)).await.unwrap(), None);
        assert_eq!(outbox::take(db, "one", START).await.unwrap(), Some(job.clone()));
        assert_eq!(outbox::take(db, "two", START).await.unwrap(), None, "{}", store.engine());
        // Whoever took it died: after its lease another one takes it.
        let mut now = START.plus_seconds(61);
        let mut taken = outbox::take(db, "two", now).await.unwrap().unwrap();
        for n in 1..=outbox::TRIES {
            outbox::failed(db, &taken, "no answer", now).await.unwrap();
            assert_eq!(outbox::take(db, "two", now).await.unwrap(), None, "not before its time");
            now = now.plus_seconds(86_400);
            match outbox::take(db, "two", now).await.unwrap() {
                Some(again) => {
                    assert_eq!(again.tries, n);
                    taken = again;
                }
                None => assert_eq!(n, outbox::TRIES, "given up too early"),
            }
        }
        let stuck = outbox::stuck(db, job.ledger).await.unwrap();
        assert_eq!(stuck.len(), 1);
        outbox::done(db, &stuck[0]).await.unwrap();
        assert!(outbox::stuck(db, job.ledger).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_there_exactly_when_its_change_is() {
    for store in stores().await {
        let db = &store.office.db;
        let ledger = Uuid::from_u128(7);
        let append = |version, id| Append {
            ledger,
            now: START.0,
            entries: vec![NewEntry {
                stream: "matter/x".to_owned(),
                version,
                kind: "matter.closed.1".to_owned(),
                role: "visitor".to_owned(),
                place: None,
                public: serde_json::Map::new(),
                private: std::collections::BTreeMap::new(),
                published: std::collections::BTreeSet::new(),
            }],
            guards: Vec::new(),
            writes: Vec::new(),
            erasures: Vec::new(),
            jobs: vec![Job {
                ledger,
                id: Uuid::from_u128(id),
                kind: "mail".to_owned(),
                body: "{}".to_owned(),
                due: START,
                tries: 0,
            }],
        };
        db.append(append(1, 1)).await.unwrap();
        assert!(db.append(append(1, 2)).await.is_err(), "another one was quicker");
        let taken = outbox::take(db, "one", START).await.unwrap().unwrap();
        assert_eq!(taken.id, Uuid::from_u128(1));
        outbox::done(db, &taken).await.unwrap();
        assert_eq!(outbox::take(db, "one", START).await.unwrap(), None, "{}", store.engine());
    }
}
