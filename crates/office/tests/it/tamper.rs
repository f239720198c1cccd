//! Whoever alters the file behind the program's back is found out, and the entry is named.

use super::office::{answer, evaluate, said, seal_and_verify, to_worker};
use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use std::path::Path;
use yishi_domain::evaluation::Solved;
use yishi_kernel::Actor;
use yishi_office::DERIVED;
use yishi_store::verify::{Unsound, verify};
use yishi_store::{Db, Location};
use yishi_testkit::neighbourhood::{Neighbourhood, joining, raising};
use yishi_testkit::{TestStore, neighbourhood};

/// A sealed store with a few matters at different stages.
async fn sealed() -> (TestStore, Neighbourhood) {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let there = neighbourhood(office).await;
    let visitor = Actor::visitor();
    for n in 0..4 {
        let mut one = raising(&format!("m{n}"), there.stairwells[n % 2], "楼道灯坏了，老人怕黑。");
        one.speaker.name = "李阿姨".to_owned();
        let raised = office.raise(&visitor, one).await.unwrap();
        let (ledger, matter) = (raised.ledger, raised.matter);
        office.join(&visitor, ledger, matter, joining(&format!("j{n}"))).await.unwrap();
        if n > 0 {
            office.act(&there.worker, ledger, matter, to_worker(&there)).await.unwrap();
            office.act(&there.worker, ledger, matter, answer("换好了。")).await.unwrap();
        }
        if n > 1 {
            evaluate(office, &visitor, ledger, raised.receipt, said(Solved::Yes, "亮了")).await.unwrap();
        }
        // A checkpoint here and there, not only at the end.
        seal_and_verify(&store).await;
    }
    (store, there)
}

/// Numbers as if at random, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }

    /// Another byte in the place of one; which bit differs is random too.
    fn other(&mut self, byte: u8) -> u8 {
        byte ^ (1 << self.below(8))
    }
}

fn second_connection(store: &TestStore) -> Connection {
    Connection::open(store.folder().join("yishi.db")).unwrap()
}

struct Entry {
    ledger: String,
    number: i64,
    stream: String,
    version: i64,
    envelope: Vec<u8>,
    digest: Vec<u8>,
}

fn entries(connection: &Connection) -> Vec<Entry> {
    let sql = "select ledger, number, stream, version, cast(envelope as blob), digest from event order by ledger, number";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Entry {
            ledger: row.get(0)?,
            number: row.get(1)?,
            stream: row.get(2)?,
            version: row.get(3)?,
            envelope: row.get(4)?,
            digest: row.get(5)?,
        })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

/// Verification fails and names this very entry.
async fn names(db: &Db, entry: &Entry, what: &str) {
    match verify(db).await {
        Err(Unsound::Problem(problem)) => {
            assert_eq!(problem.ledger, entry.ledger, "{what}");
            assert_eq!(problem.number, entry.number.unsigned_abs(), "{what}: {problem}");
        }
        other => panic!("{what} of entry {} was not noticed: {other:?}", entry.number),
    }
}

fn update(connection: &Connection, column: &str, entry: &Entry, value: &Sql) {
    let cast = if column == "envelope" { "cast(?3 as text)" } else { "?3" };
    let sql = format!("update event set {column} = {cast} where ledger = ?1 and number = ?2");
    assert_eq!(connection.execute(&sql, (&entry.ledger, entry.number, value)).unwrap(), 1);
}

#[tokio::test]
async fn any_changed_byte_of_an_envelope_is_noticed() {
    let (store, _) = sealed().await;
    let db = &store.office.db;
    let connection = second_connection(&store);
    let entries = entries(&connection);
    let mut random = Random(1);
    for n in 0..260 {
        let entry = &entries[random.below(entries.len())];
        let mut altered = entry.envelope.clone();
        let at = random.below(altered.len());
        altered[at] = random.other(altered[at]);
        update(&connection, "envelope", entry, &Sql::Blob(altered));
        names(db, entry, &format!("change {n}, byte {at}")).await;
        update(&connection, "envelope", entry, &Sql::Blob(entry.envelope.clone()));
    }
    // Not only changed: also cut short or made longer.
    for n in 0..40 {
        let entry = &entries[random.below(entries.len())];
        let mut altered = entry.envelope.clone();
        if n % 2 == 0 {
            altered.truncate(random.below(altered.len()));
        } else {
            altered.insert(random.below(altered.len()), b' ');
        }
        update(&connection, "envelope", entry, &Sql::Blob(altered));
        names(db, entry, "another length").await;
        update(&connection, "envelope", entry, &Sql::Blob(entry.envelope.clone()));
    }
    verify(db).await.unwrap();
}

#[tokio::test]
async fn what_stands_beside_an_envelope_cannot_be_changed_either() {
    let (store, _) = sealed().await;
    let db = &store.office.db;
    let connection = second_connection(&store);
    let entries = entries(&connection);
    let mut random = Random(2);
    for entry in &entries {
        let mut digest = entry.digest.clone();
        let at = random.below(digest.len());
        digest[at] = random.other(digest[at]);
        update(&connection, "digest", entry, &Sql::Blob(digest));
        names(db, entry, "digest").await;
        update(&connection, "digest", entry, &Sql::Blob(entry.digest.clone()));
        update(&connection, "stream", entry, &Sql::Text("matter/none".to_owned()));
        names(db, entry, "stream").await;
        update(&connection, "stream", entry, &Sql::Text(entry.stream.clone()));
        update(&connection, "version", entry, &Sql::Integer(entry.version + 1_000));
        names(db, entry, "version").await;
        update(&connection, "version", entry, &Sql::Integer(entry.version));
    }
    verify(db).await.unwrap();

    // Private values: another value, another salt, one that nothing was committed to.
    let key = "where ledger = ?1 and stream = ?2 and version = ?3";
    connection.execute("create temp table kept as select * from private", []).unwrap();
    let mut checked = 0;
    for entry in &entries {
        let args = (&entry.ledger, &entry.stream, entry.version);
        for change in [
            "update private set value = '\"别的\"'",
            "update private set value = value || ' '",
            "update private set salt = zeroblob(32)",
            "update private set salt = zeroblob(31)",
            "update private set field = field || '2'",
        ] {
            if connection.execute(&format!("{change} {key}"), args).unwrap() == 0 {
                continue;
            }
            names(db, entry, change).await;
            checked += 1;
            connection.execute(&format!("delete from private {key}"), args).unwrap();
            connection.execute(&format!("insert into private select * from temp.kept {key}"), args).unwrap();
        }
        let invent = "insert into private values (?1, ?2, ?3, 'invented', zeroblob(32), '1', 0)";
        assert_eq!(connection.execute(invent, args).unwrap(), 1);
        names(db, entry, "an invented private value").await;
        connection.execute(&format!("delete from private {key} and field = 'invented'"), args).unwrap();
    }
    assert!(checked > 100, "{checked}");
    verify(db).await.unwrap();

    // A private value of an entry that does not exist is not passed over.
    let stray = "insert into private values (?1, 'matter/none', 1, 'invented', zeroblob(32), '1', 0)";
    connection.execute(stray, [&entries[0].ledger]).unwrap();
    match verify(db).await {
        Err(Unsound::Problem(problem)) => {
            assert_eq!(problem.ledger, entries[0].ledger);
            assert!(problem.to_string().contains("matter/none/1/invented"), "{problem}");
        }
        other => panic!("a stray private value was not noticed: {other:?}"),
    }
    connection.execute("delete from private where stream = 'matter/none'", []).unwrap();
    verify(db).await.unwrap();
}

#[tokio::test]
async fn a_rewritten_entry_with_a_fitting_digest_breaks_the_checkpoint() {
    let (store, _) = sealed().await;
    let db = &store.office.db;
    let connection = second_connection(&store);
    let entries = entries(&connection);
    let mut rewritten = 0;
    for entry in &entries {
        // Another nonce reads as well as the old one; only the tree knows.
        let text = String::from_utf8(entry.envelope.clone()).unwrap();
        let at = text.find("\"nonce\":\"").unwrap() + 9;
        let zero = if &text[at..=at] == "0" { "1" } else { "0" };
        let forged = format!("{}{zero}{}", &text[..at], &text[at + 1..]);
        let digest = yishi_ledger::entry_digest(&forged);
        update(&connection, "envelope", entry, &Sql::Blob(forged.into_bytes()));
        update(&connection, "digest", entry, &Sql::Blob(digest.0.to_vec()));
        match verify(db).await {
            Err(Unsound::Problem(problem)) => {
                assert_eq!(problem.ledger, entry.ledger);
                // The first checkpoint that covers it no longer fits.
                assert!(problem.number >= entry.number.unsigned_abs(), "{problem}");
                assert!(matches!(problem.fault, yishi_ledger::verify::Fault::Checkpoint { .. }), "{problem}");
                rewritten += 1;
            }
            other => panic!("entry {}: {other:?}", entry.number),
        }
        update(&connection, "envelope", entry, &Sql::Blob(entry.envelope.clone()));
        update(&connection, "digest", entry, &Sql::Blob(entry.digest.clone()));
    }
    assert_eq!(rewritten, entries.len());
    verify(db).await.unwrap();
}

#[tokio::test]
async fn a_removed_or_cut_off_entry_is_noticed() {
    let (store, there) = sealed().await;
    let db = &store.office.db;
    let connection = second_connection(&store);
    let ledger = there.community.to_string();
    let count: i64 = connection
        .query_row("select count(*) from event where ledger = ?1", [&ledger], |row| row.get(0))
        .unwrap();
    let copy = "create temp table kept as select * from event where ledger = ?1";
    connection.execute(copy, [&ledger]).unwrap();
    let put_back = || {
        connection.execute("delete from event where ledger = ?1", [&ledger]).unwrap();
        connection.execute("insert into event select * from temp.kept", []).unwrap();
    };
    for number in 0..count {
        connection.execute("delete from event where ledger = ?1 and number = ?2", (&ledger, number)).unwrap();
        let error = verify(db).await.unwrap_err().to_string();
        // The one after the hole has the wrong number; at the end, the checkpoint misses it.
        let named = if number + 1 == count { number } else { number + 1 };
        assert!(error.contains(&ledger) && error.contains(&format!("entry {named}:")), "{number}: {error}");
        put_back();
    }
    for left in [0, 1, count / 2, count - 1] {
        connection.execute("delete from event where ledger = ?1 and number >= ?2", (&ledger, left)).unwrap();
        connection.execute("update head set number = ?2 where ledger = ?1", (&ledger, left)).unwrap();
        let error = verify(db).await.unwrap_err().to_string();
        assert!(error.contains(&format!("entry {left}:")), "{left}: {error}");
        put_back();
        connection.execute("update head set number = ?2 where ledger = ?1", (&ledger, count)).unwrap();
    }
    verify(db).await.unwrap();
    // Two entries that change places.
    let swap = "update event set number = case number when 3 then -4 else -3 end where ledger = ?1 and number in (3, 4)";
    connection.execute(swap, [&ledger]).unwrap();
    connection
        .execute("update event set number = -number where ledger = ?1 and number < 0", [&ledger])
        .unwrap();
    assert!(verify(db).await.unwrap_err().to_string().contains("entry 3:"));
    put_back();
    verify(db).await.unwrap();
}

#[tokio::test]
async fn an_unsealed_end_that_is_cut_off_is_noticed_by_the_head() {
    let (store, there) = sealed().await;
    let office = &store.office;
    office.raise(&Actor::visitor(), raising("late", there.building, "刚刚说的。")).await.unwrap();
    verify(&office.db).await.unwrap();
    let connection = second_connection(&store);
    let ledger = there.community.to_string();
    let last =
        "delete from event where ledger = ?1 and number = (select number - 1 from head where ledger = ?1)";
    assert_eq!(connection.execute(last, [&ledger]).unwrap(), 1);
    let error = verify(&office.db).await.unwrap_err().to_string();
    assert!(error.contains(&ledger), "{error}");
}

#[tokio::test]
async fn an_altered_checkpoint_is_noticed() {
    let (store, there) = sealed().await;
    let db = &store.office.db;
    let connection = second_connection(&store);
    let ledger = there.community.to_string();
    let size: i64 = connection
        .query_row("select max(size) from seal where ledger = ?1", [&ledger], |row| row.get(0))
        .unwrap();
    let key = (&ledger, size);
    let note: String = connection
        .query_row("select checkpoint from seal where ledger = ?1 and size = ?2", key, |row| row.get(0))
        .unwrap();
    let mut random = Random(3);
    let set = "update seal set checkpoint = cast(?3 as text) where ledger = ?1 and size = ?2";
    for _ in 0..100 {
        let mut altered = note.clone().into_bytes();
        let at = random.below(altered.len());
        altered[at] = random.other(altered[at]);
        connection.execute(set, (&ledger, size, Sql::Blob(altered))).unwrap();
        let error = verify(db).await.expect_err(&format!("byte {at} of the checkpoint"));
        let named = format!("entry {}:", size - 1);
        assert!(matches!(error, Unsound::Problem(_)) && error.to_string().contains(&named), "{at}: {error}");
    }
    connection.execute(set, (&ledger, size, Sql::Blob(note.into_bytes()))).unwrap();
    verify(db).await.unwrap();
}

async fn reopened(folder: &Path) -> Db {
    Db::open(&Location::Directory(folder.to_owned()), &DERIVED).await.unwrap()
}

#[tokio::test]
async fn bytes_flipped_in_the_file_itself_are_noticed() {
    let (store, _) = sealed().await;
    let connection = second_connection(&store);
    let entries = entries(&connection);
    connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(())).unwrap();
    let original = std::fs::read(store.folder().join("yishi.db")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yishi.db");
    let write = |bytes: &[u8]| {
        for name in ["yishi.db-wal", "yishi.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(name));
        }
        std::fs::write(&file, bytes).unwrap();
    };
    write(&original);
    verify(&reopened(folder.path()).await).await.unwrap();
    let mut random = Random(4);
    let mut flipped = 0;
    for entry in &entries {
        // The nonce is in no index, and is there only once.
        let text = std::str::from_utf8(&entry.envelope).unwrap();
        let at = text.find("\"nonce\":\"").unwrap() + 9;
        let nonce = &entry.envelope[at..at + 32];
        let places: Vec<usize> =
            original.windows(32).enumerate().filter(|(_, w)| *w == nonce).map(|(at, _)| at).collect();
        // A long envelope may be parted between two pages just there.
        let [place] = places[..] else { continue };
        for _ in 0..2 {
            let mut bytes = original.clone();
            let at = place + random.below(32);
            bytes[at] = random.other(bytes[at]);
            write(&bytes);
            names(&reopened(folder.path()).await, entry, "a byte in the file").await;
            flipped += 1;
        }
    }
    assert!(flipped >= 60, "{flipped}");
}

#[tokio::test]
async fn a_change_is_noticed_on_postgresql_too() {
    let Some(store) = TestStore::postgres().await else { return };
    let office = &store.office;
    let there = neighbourhood(office).await;
    office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
    seal_and_verify(&store).await;
    for (change, back) in [
        (
            "update event set envelope = replace(envelope, '\"role\":\"visitor\"', '\"role\":\"nobody\"')",
            "update event set envelope = replace(envelope, '\"role\":\"nobody\"', '\"role\":\"visitor\"')",
        ),
        ("update private set value = value || ' '", "update private set value = rtrim(value)"),
        (
            "update seal set size = size + 1 where size = (select max(size) from seal)",
            "update seal set size = size - 1 where size = (select max(size) from seal)",
        ),
    ] {
        office.db.execute(vec![(change, vec![])]).await.unwrap();
        let error = verify(&office.db).await.expect_err(change);
        assert!(matches!(error, Unsound::Problem(_)), "{change}: {error}");
        office.db.execute(vec![(back, vec![])]).await.unwrap();
        verify(&office.db).await.unwrap();
    }
}
