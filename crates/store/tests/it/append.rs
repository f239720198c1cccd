//! The kernel: appends queue up, none is lost, none is half recorded.

use std::collections::{BTreeMap, BTreeSet};
use tokio::task::JoinSet;
use uuid::Uuid;
use yishi_kernel::PlaceId;
use yishi_office::DERIVED;
use yishi_store::duty::FileUse;
use yishi_store::table::{RowOf, TableRow as _};
use yishi_store::{Append, AppendError, Appended, Db, Guard, NewEntry, Value, Write};
use yishi_testkit::stores;

pub fn entry(stream: &str, version: u64) -> NewEntry {
    NewEntry {
        stream: stream.to_owned(),
        version,
        kind: "poster.issued.1".to_owned(),
        role: "administrator".to_owned(),
        place: None,
        public: serde_json::Map::new(),
        private: BTreeMap::from([("word".to_owned(), format!("\"{stream} {version}\""))]),
        published: BTreeSet::new(),
    }
}

pub fn append(ledger: Uuid, now: i64, entries: Vec<NewEntry>) -> Append {
    Append {
        ledger,
        now,
        entries,
        guards: Vec::new(),
        writes: Vec::new(),
        erasures: Vec::new(),
        jobs: Vec::new(),
    }
}

fn write(values: Vec<Value>) -> Write {
    Write::Put { row: RowOf { table: FileUse::TABLE, values }, stream: "poster/a".to_owned() }
}

/// A row of a table that takes any text, so that a test sees which writes were kept.
fn put(ledger: Uuid, id: &str) -> Write {
    write(vec![Value::from(ledger), Value::from("poster/a"), Value::from(id)])
}

/// A row that no engine takes: a part of the key is missing.
fn impossible(ledger: Uuid) -> Write {
    write(vec![Value::from(ledger), Value::from("poster/a"), Value::Null])
}

async fn entries(db: &Db, ledger: Uuid) -> Vec<(i64, String, i64, i64)> {
    const ALL: &str = "select number, stream, version, at from event where ledger = ?1 order by number";
    let rows = db.rows(ALL, &[Value::from(ledger)]).await.unwrap();
    let read = |row: &yishi_store::Row| {
        (row.int(0).unwrap(), row.text(1).unwrap().to_owned(), row.int(2).unwrap(), row.int(3).unwrap())
    };
    rows.iter().map(read).collect()
}

async fn written(db: &Db, ledger: Uuid) -> BTreeSet<String> {
    let rows =
        db.rows("select digest from file_use where ledger = ?1", &[Value::from(ledger)]).await.unwrap();
    rows.iter().map(|row| row.text(0).unwrap().to_owned()).collect()
}

/// Each entry has the next number and a time not before the last one's; each stream counts 1, 2, 3 …
fn gapless(entries: &[(i64, String, i64, i64)]) {
    let mut versions: BTreeMap<&str, i64> = BTreeMap::new();
    let mut last = i64::MIN;
    for ((number, stream, version, at), expected) in entries.iter().zip(0..) {
        assert_eq!(*number, expected);
        let before = versions.entry(stream).or_default();
        assert_eq!(*version, *before + 1, "{stream}");
        *before += 1;
        assert!(*at >= last, "entry {number} is dated before the one before it");
        last = *at;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_callers_leave_no_gap() {
    const CALLERS: usize = 64;
    const EACH: u64 = 4;
    for store in stores().await {
        let db = &store.office.db;
        let ledger = Uuid::now_v7();
        let mut callers = JoinSet::new();
        for caller in 0..CALLERS {
            let db = db.clone();
            callers.spawn(async move {
                let mut numbers = Vec::new();
                let own = format!("poster/own-{caller}");
                for n in 1..=EACH {
                    // Every other one is dated earlier than what was recorded before.
                    let now = if n % 2 == 0 { 1_000 } else { 2_000 + n as i64 };
                    let one = append(ledger, now, vec![entry(&own, 2 * n - 1), entry(&own, 2 * n)]);
                    let Appended { first, .. } = db.append(one).await.unwrap();
                    numbers.extend([first, first + 1]);
                    // All of them want the next version of this one.
                    let mut version = 1;
                    loop {
                        match db.append(append(ledger, now, vec![entry("poster/shared", version)])).await {
                            Ok(Appended { first, .. }) => break numbers.push(first),
                            Err(AppendError::Conflict) => {
                                const LAST: &str = "select max(version) from event where ledger = ?1 and stream = 'poster/shared'";
                                let row = db.row(LAST, &[Value::from(ledger)]).await.unwrap().unwrap();
                                version = row.opt_int(0).unwrap().unwrap_or(0).unsigned_abs() + 1;
                            }
                            Err(AppendError::Fault(fault)) => panic!("{fault}"),
                        }
                    }
                }
                numbers
            });
        }
        let numbers: Vec<u64> = callers.join_all().await.into_iter().flatten().collect();
        let entries = entries(db, ledger).await;
        gapless(&entries);
        let count = CALLERS * EACH as usize * 3;
        assert_eq!(entries.len(), count, "{}", store.engine());
        let distinct: BTreeSet<u64> = numbers.into_iter().collect();
        assert_eq!(distinct, (0..count as u64).collect(), "each caller was told its own numbers");
        let row = db.row("select number, at from head where ledger = ?1", &[Value::from(ledger)]).await;
        assert_eq!(row.unwrap().unwrap().int(0).unwrap(), count as i64);
        let row = db.row("select count(*) from private where ledger = ?1", &[Value::from(ledger)]).await;
        assert_eq!(row.unwrap().unwrap().int(0).unwrap(), count as i64);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_fails_leaves_its_neighbours_alone() {
    for store in stores().await {
        let db = &store.office.db;
        let ledger = Uuid::now_v7();
        db.append(append(ledger, 1, vec![entry("poster/a", 1)])).await.unwrap();
        let mut callers = JoinSet::new();
        for n in 0..60_usize {
            let db = db.clone();
            callers.spawn(async move {
                let stream = format!("poster/n-{n}");
                let mut one = append(ledger, 2, vec![entry(&stream, 1)]);
                one.writes.push(put(ledger, &n.to_string()));
                match n % 3 {
                    // Its first entry would fit; the second one was recorded by another.
                    1 => one.entries.push(entry("poster/a", 1)),
                    2 => one.writes.push(impossible(ledger)),
                    _ => {}
                }
                (n, db.append(one).await)
            });
        }
        for (n, result) in callers.join_all().await {
            match n % 3 {
                0 => assert!(result.is_ok(), "{}: {n}: {result:?}", store.engine()),
                1 => assert!(matches!(result, Err(AppendError::Conflict)), "{n}: {result:?}"),
                _ => assert!(matches!(result, Err(AppendError::Fault(_))), "{n}: {result:?}"),
            }
        }
        let entries = entries(db, ledger).await;
        gapless(&entries);
        assert_eq!(entries.len(), 1 + 20, "{}", store.engine());
        let expected: BTreeSet<String> = (0..60).step_by(3).map(|n| n.to_string()).collect();
        assert_eq!(written(db, ledger).await, expected, "{}", store.engine());
        // And it goes on.
        db.append(append(ledger, 3, vec![entry("poster/a", 2)])).await.unwrap();
    }
}

#[tokio::test]
async fn a_guard_holds_without_an_entry() {
    for store in stores().await {
        let db = &store.office.db;
        let ledger = Uuid::now_v7();
        let guarded = |stream: &str, version, entries| Append {
            guards: vec![Guard::Stream { stream: stream.to_owned(), version }],
            writes: vec![put(ledger, stream)],
            ..append(ledger, 1, entries)
        };
        let conflict = |result| assert!(matches!(result, Err(AppendError::Conflict)), "{result:?}");
        conflict(db.append(guarded("poster/a", 1, vec![])).await);
        db.append(guarded("poster/a", 0, vec![entry("poster/b", 1)])).await.unwrap();
        db.append(append(ledger, 1, vec![entry("poster/a", 1)])).await.unwrap();
        conflict(db.append(guarded("poster/a", 0, vec![entry("poster/b", 2)])).await);
        conflict(db.append(guarded("poster/a", 2, vec![entry("poster/b", 2)])).await);
        db.append(guarded("poster/a", 1, vec![entry("poster/b", 2)])).await.unwrap();
        db.append(guarded("poster/b", 2, vec![entry("poster/b", 3)])).await.unwrap();
        gapless(&entries(db, ledger).await);
        // Another ledger knows nothing of these streams.
        let other = Uuid::now_v7();
        conflict(db.append(append(other, 1, vec![entry("poster/a", 2)])).await);
        db.append(append(other, 1, vec![entry("poster/a", 1)])).await.unwrap();
        assert_eq!(entries(db, other).await.len(), 1);
    }
}

#[tokio::test]
async fn a_version_may_not_be_skipped_within_one_append() {
    for store in stores().await {
        let db = &store.office.db;
        let ledger = Uuid::now_v7();
        let skipping = append(ledger, 1, vec![entry("poster/a", 1), entry("poster/a", 3)]);
        let guards = vec![Guard::Stream { stream: "poster/b".to_owned(), version: 0 }];
        let contradicting = Append { guards, ..append(ledger, 1, vec![entry("poster/b", 2)]) };
        for one in [skipping, contradicting] {
            let result = db.append(one).await;
            assert!(matches!(result, Err(AppendError::Conflict)), "{}: {result:?}", store.engine());
        }
        assert_eq!(entries(db, ledger).await.len(), 0, "{}", store.engine());
    }
}

#[tokio::test]
async fn parts_are_recorded_together_or_not_at_all() {
    for store in stores().await {
        let (db, engine) = (&store.office.db, store.engine());
        let ledger = Uuid::now_v7();
        let part = |n: u64| {
            let entries = vec![entry(&format!("poster/{n}"), 1), entry("poster/all", n + 1)];
            Append { writes: vec![put(ledger, &n.to_string())], ..append(ledger, 10 - n as i64, entries) }
        };
        let begin = async || db.append_in_parts(PlaceId(ledger)).await.unwrap();
        let conflict = |result| assert!(matches!(result, Err(AppendError::Conflict)), "{result:?}");

        // Whoever brings them gives up.
        let mut parts = begin().await;
        parts.add(part(0)).await.unwrap();
        parts.add(part(1)).await.unwrap();
        drop(parts);
        // Somebody who writes meanwhile waits, and is written after them.
        let mut parts = begin().await;
        for n in 0..4 {
            parts.add(part(n)).await.unwrap();
        }
        let other = {
            let db = db.clone();
            tokio::spawn(async move { db.append(append(ledger, 1, vec![entry("poster/other", 1)])).await })
        };
        for n in 4..8 {
            parts.add(part(n)).await.unwrap();
        }
        let read = entries(db, ledger).await;
        assert!(read.is_empty(), "{engine}: what is not finished is not seen: {read:?}");
        parts.finish().await.unwrap();
        other.await.unwrap().unwrap();
        let all = entries(db, ledger).await;
        gapless(&all);
        assert_eq!(all.len(), 17, "{engine}");
        assert_eq!(written(db, ledger).await.len(), 8, "{engine}");

        // One of them stands already, or cannot be: none of them is there.
        let mut parts = begin().await;
        parts.add(append(ledger, 1, vec![entry("poster/new", 1)])).await.unwrap();
        let added = parts.add(part(3)).await;
        let added = if added.is_ok() { parts.finish().await } else { added };
        conflict(added);
        let mut parts = begin().await;
        parts.add(append(ledger, 1, vec![entry("poster/new", 1)])).await.unwrap();
        let wrong =
            Append { writes: vec![impossible(ledger)], ..append(ledger, 1, vec![entry("poster/c", 1)]) };
        let added = parts.add(wrong).await;
        let added = if added.is_ok() { parts.finish().await } else { added };
        assert!(matches!(added, Err(AppendError::Fault(_))), "{engine}: {added:?}");
        assert_eq!(entries(db, ledger).await, all, "{engine}");
        // And whoever comes next is written as ever.
        db.append(append(ledger, 1, vec![entry("poster/new", 1)])).await.unwrap();
        assert_eq!(entries(db, ledger).await.len(), 18, "{engine}");
    }
}

/// Opens the same store once more, as another process would.
async fn opened_again(store: &yishi_testkit::TestStore) -> Db {
    Db::open(&store.location(), &DERIVED).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_processes_on_one_store_stay_in_line() {
    for store in stores().await {
        let other = opened_again(&store).await;
        let ledger = Uuid::now_v7();
        let mut callers = JoinSet::new();
        for n in 0..120_usize {
            let db = if n % 2 == 0 { store.office.db.clone() } else { other.clone() };
            callers.spawn(async move {
                // Pairs want the same stream: one of the two gets it, whichever process it is in.
                let stream = format!("poster/pair-{}", n / 2);
                db.append(append(ledger, 1, vec![entry(&stream, 1)])).await
            });
        }
        let (mut recorded, mut conflicts) = (0, 0);
        for result in callers.join_all().await {
            match result {
                Ok(_) => recorded += 1,
                Err(AppendError::Conflict) => conflicts += 1,
                Err(AppendError::Fault(fault)) => panic!("{}: {fault}", store.engine()),
            }
        }
        assert_eq!((recorded, conflicts), (60, 60), "{}", store.engine());
        let entries = entries(&other, ledger).await;
        gapless(&entries);
        assert_eq!(entries.len(), 60);
    }
}
