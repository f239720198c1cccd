//! Whoever holds the database, and the key as well, is found out: by what lies beside the keys,
//! by the checkpoint of the day before that somebody kept elsewhere, and by counting again.

use rusqlite::Connection;
use std::path::Path;
use tempfile::TempDir;
use yishi_domain::meetings::{Cast, Choice, SeatId, VoteMode, Voter};
use yishi_kernel::{Actor, EraseReason, PlaceId};
use yishi_ledger::canonical;
use yishi_ledger::checkpoint::Checkpoint;
use yishi_ledger::note::SigningKey;
use yishi_ledger::tree::{Frontier, leaf_hash};
use yishi_ledger::{Digest, entry_digest};
use yishi_office::{Clock, Office, ledgers};
use yishi_store::verify::Known;
use yishi_store::{Keys, Location, Value, Wrong};
use yishi_testkit::meetings::{DAY, by_phone, motion, open_meeting};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::stores::START;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood};

/// A store of two days, and what somebody kept of the first.
struct Days {
    store: TestStore,
    there: Neighbourhood,
    /// Entries of the community at the end of the first day.
    then: i64,
    /// Entries under a checkpoint some time before.
    before: i64,
    known: Known,
}

async fn voted(office: &Office, there: &Neighbourhood, word: &str) {
    let visitor = Actor::visitor();
    let mut one = raising(word, there.building, "楼道灯坏了，老人怕黑。");
    one.speaker.name = "李阿姨".to_owned();
    let matter = office.raise(&visitor, one).await.unwrap().matter;
    office.act(&there.worker, there.community, matter, super::office::to_worker(there)).await.unwrap();
    let (topic, meeting) = open_meeting(office, there, word, &[matter]).await;
    let mut seats: Vec<SeatId> = Vec::new();
    for n in 0..3 {
        seats.push(by_phone(office, there, meeting, &format!("{word}-{n}")).await.seat);
    }
    office.act(&there.worker, there.community, meeting, motion(topic, VoteMode::Phones)).await.unwrap();
    for (seat, choice) in seats.into_iter().zip([Choice::For, Choice::Against, Choice::Against]) {
        let cast = Cast { meeting, motion: 1, seat, choice, voter: Voter::Own };
        super::market::vote(office, &visitor, there.community, cast).await.unwrap();
    }
    office.end_vote(&there.worker, there.community, meeting, 1).await.unwrap();
}

async fn days() -> Days {
    let store = TestStore::sqlite().await;
    let office = &store.office;
    let there = neighbourhood(office).await;
    let invited = office.invite_by_machine(there.worker.account.unwrap()).await.unwrap();
    office.accept_invitation(&invited.word, "worker", "a hash").await.unwrap();
    office.seal().await.unwrap();
    let before = ledgers::head(&office.db, there.community).await.unwrap();
    voted(office, &there, "first").await;
    office.seal().await.unwrap();
    let mut known = Known::default();
    for row in ledgers::ledgers(&office.db).await.unwrap() {
        known.keys.push(row.verifier.parse().unwrap());
        known.checkpoints.extend(ledgers::checkpoint(&office.db, row.ledger).await.unwrap());
        known.origins.insert(row.origin);
    }
    let then = ledgers::head(&office.db, there.community).await.unwrap();
    office.clock.put(office.now().plus_seconds(DAY));
    voted(office, &there, "second").await;
    office.seal().await.unwrap();
    let rows = office.verify(known.clone()).await.unwrap();
    assert_eq!(rows.wrong, [], "nothing was done to it yet");
    Days { store, there, then, before, known }
}

/// A copy of a store that is at rest.
fn copy(from: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    let raw = Connection::open(from.join("yishi.db")).unwrap();
    raw.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get::<_, i64>(0)).unwrap();
    std::fs::create_dir_all(to.path().join("keys")).unwrap();
    std::fs::copy(from.join("yishi.db"), to.path().join("yishi.db")).unwrap();
    for key in std::fs::read_dir(from.join("keys")).unwrap() {
        let key = key.unwrap();
        std::fs::copy(key.path(), to.path().join("keys").join(key.file_name())).unwrap();
    }
    for front in std::fs::read_dir(from.join("blobs")).unwrap() {
        let front = front.unwrap();
        let folder = to.path().join("blobs").join(front.file_name());
        std::fs::create_dir_all(&folder).unwrap();
        for file in std::fs::read_dir(front.path()).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
        }
    }
    to
}

async fn open(folder: &Path) -> Office {
    let clock = Clock::set_to(START.plus_seconds(60 * DAY));
    Office::open(&Location::Directory(folder.to_owned()), clock).await.unwrap()
}

/// What the three who look find wrong in a store that was tampered with: by the store alone, by
/// what lies beside its keys, and by what was kept elsewhere on the day before.
struct Seen {
    alone: Vec<Wrong>,
    beside: Vec<Wrong>,
    elsewhere: Vec<Wrong>,
    at_start: Vec<Wrong>,
}

async fn tampered(days: &Days, tamper: impl FnOnce(&Connection, &Path)) -> Seen {
    let copy = copy(days.store.folder());
    tamper(&Connection::open(copy.path().join("yishi.db")).unwrap(), copy.path());
    seen(copy.path(), &days.known).await
}

async fn seen(folder: &Path, known: &Known) -> Seen {
    let office = open(folder).await;
    let at_start = office.behind().await.unwrap();
    let beside = office.verify(Known::default()).await.unwrap().wrong;
    let aside = folder.join("keys/ledgers.jsonl");
    let noted = std::fs::read(&aside).unwrap();
    std::fs::remove_file(&aside).unwrap();
    let alone = office.verify(Known::default()).await.unwrap().wrong;
    let elsewhere = office.verify(known.clone()).await.unwrap().wrong;
    std::fs::write(&aside, noted).unwrap();
    Seen { alone, beside, elsewhere, at_start }
}

fn execute(raw: &Connection, sql: &str, ledger: PlaceId) -> usize {
    raw.execute(sql, [ledger.to_string()]).unwrap()
}

/// Cuts the community's ledger off after so many entries, with all that belongs to them.
fn cut(raw: &Connection, ledger: PlaceId, to: i64) {
    for sql in [
        "delete from private where ledger = ?1 and (stream, version) in
         (select stream, version from event where ledger = ?1 and number >= ?2)",
        "delete from event where ledger = ?1 and number >= ?2",
        "delete from seal where ledger = ?1 and size > ?2",
        "update head set number = ?2 where ledger = ?1",
        "update cursor set number = min(number, ?2) where ledger = ?1",
        // Tables are made anew by the next program that opens it.
        "update view set digest = digest || ?1 || ?2",
    ] {
        raw.execute(sql, (ledger.to_string(), to)).unwrap();
    }
}

/// Puts one new seal over all entries as they are now, by a key.
fn sign(raw: &Connection, ledger: PlaceId, key: &SigningKey) {
    let mut frontier = Frontier::new();
    let mut digests = raw.prepare("select digest from event where ledger = ?1 order by number").unwrap();
    let rows = digests.query_map([ledger.to_string()], |row| row.get::<_, [u8; 32]>(0)).unwrap();
    rows.for_each(|digest| frontier.push(leaf_hash(&Digest(digest.unwrap()))));
    execute(raw, "delete from seal where ledger = ?1", ledger);
    let (size, root) = (frontier.size(), frontier.root());
    let note = Checkpoint { origin: key.name().to_owned(), size, root, after: Some(0) }.sign(key);
    let sql = "insert into seal (ledger, size, frontier, checkpoint, at) values (?1, ?2, ?3, ?4, 0)";
    raw.execute(sql, (ledger.to_string(), size as i64, frontier.to_bytes(), note)).unwrap();
}

fn key_of(folder: &Path) -> SigningKey {
    SigningKey::from_secret_text(&std::fs::read_to_string(folder.join("keys/xinglin.key")).unwrap()).unwrap()
}

/// Turns the result of a vote round: the first, or the last.
fn turn(raw: &Connection, ledger: PlaceId, which: &str) {
    let sql = format!(
        "select number, envelope from event where ledger = ?1 and kind = 'meeting.counted.1' order by number {which} limit 1"
    );
    let (number, envelope): (i64, String) =
        raw.query_row(&sql, [ledger.to_string()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let mut envelope: serde_json::Value = serde_json::from_str(&envelope).unwrap();
    let public = &mut envelope["public"];
    assert_eq!((&public["in_favour"], &public["against"]), (&1.into(), &2.into()));
    public["in_favour"] = 2.into();
    public["against"] = 1.into();
    public["passed"] = "yes".into();
    let envelope = canonical::to_string(&envelope).unwrap();
    let sql = "update event set envelope = ?3, digest = ?4 where ledger = ?1 and number = ?2";
    raw.execute(sql, (ledger.to_string(), number, &envelope, entry_digest(&envelope).0)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_was_cut_short_is_found_out_even_when_it_went_on() {
    let days = days().await;
    let ledger = days.there.community;
    let seen = tampered(&days, |raw, _| cut(raw, ledger, days.before)).await;
    assert_eq!(seen.alone, [], "nobody sees it from inside");
    assert!(matches!(seen.elsewhere[..], [Wrong::Behind { .. }]), "{:?}", seen.elsewhere);
    assert!(matches!(seen.beside[..], [Wrong::Behind { .. }]), "{:?}", seen.beside);
    assert_eq!(seen.at_start, seen.beside, "and the program does not start on it");

    // Cut off where the first day ended, nobody knows it who kept only that day's checkpoint.
    let seen = tampered(&days, |raw, _| cut(raw, ledger, days.then)).await;
    assert_eq!(seen.elsewhere, []);
    assert!(matches!(seen.at_start[..], [Wrong::Behind { .. }]), "{:?}", seen.at_start);

    // Served on, with other entries under the same key: two histories that are both signed.
    let copy = copy(days.store.folder());
    cut(&Connection::open(copy.path().join("yishi.db")).unwrap(), ledger, days.before);
    let office = open(copy.path()).await;
    for n in 0..40_usize {
        let one = raising(&format!("other-{n}"), days.there.building, "另一段历史。");
        office.raise(&Actor::visitor(), one).await.unwrap();
    }
    let noted = std::fs::read(copy.path().join("keys/ledgers.jsonl")).unwrap();
    office.seal().await.unwrap();
    drop(office);
    std::fs::write(copy.path().join("keys/ledgers.jsonl"), noted).unwrap();
    let seen = self::seen(copy.path(), &days.known).await;
    assert_eq!(seen.alone, [], "nobody sees it from inside");
    assert!(matches!(seen.elsewhere[..], [Wrong::History { .. }]), "{:?}", seen.elsewhere);
    assert!(!seen.at_start.is_empty() && !seen.beside.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_was_turned_round_is_found_out_whoever_signed_it() {
    let days = days().await;
    let ledger = days.there.community;
    // The vote of the first day: its checkpoint is there, and it does not fit.
    let seen = tampered(&days, |raw, folder| {
        turn(raw, ledger, "");
        sign(raw, ledger, &key_of(folder));
    })
    .await;
    assert!(
        seen.elsewhere.iter().any(|wrong| matches!(wrong, Wrong::History { .. })),
        "{:?}",
        seen.elsewhere
    );
    // The vote of the second day, which no checkpoint covered before: the ballots say otherwise.
    let seen = tampered(&days, |raw, folder| {
        turn(raw, ledger, "desc");
        sign(raw, ledger, &key_of(folder));
    })
    .await;
    let recounted =
        |wrong: &Wrong| matches!(wrong, Wrong::Feature { what, .. } if what.contains("2 for, 1 against"));
    assert!(seen.alone.iter().any(recounted), "{:?}", seen.alone);
    assert!(seen.elsewhere.iter().any(recounted));
    // With a key of one's own, which the store is told to go by.
    let seen = tampered(&days, |raw, _| {
        turn(raw, ledger, "");
        let key = SigningKey::new("yishi.local/xinglin", [7; 32]).unwrap();
        sign(raw, ledger, &key);
        let sql = "update keeper set verifier = ?2 where ledger = ?1";
        raw.execute(sql, (ledger.to_string(), key.verifier().to_string())).unwrap();
    })
    .await;
    for found in [&seen.elsewhere, &seen.beside, &seen.at_start] {
        assert!(found.iter().any(|wrong| matches!(wrong, Wrong::Key { .. })), "{found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seals_that_were_taken_out_are_missed() {
    let days = days().await;
    let ledger = days.there.community;
    let seen = tampered(&days, |raw, _| {
        assert!(execute(raw, "delete from seal where ledger = ?1", ledger) > 1);
    })
    .await;
    assert!(seen.alone.iter().any(|wrong| matches!(wrong, Wrong::Unsealed { .. })), "{:?}", seen.alone);
    assert!(seen.elsewhere.iter().any(|wrong| matches!(wrong, Wrong::Seal { .. })), "{:?}", seen.elsewhere);
    // Those in the middle: the one after them names what was before it.
    let seen = tampered(&days, |raw, _| {
        let sql =
            "delete from seal where ledger = ?1 and size < (select max(size) from seal where ledger = ?1)";
        assert!(execute(raw, sql, ledger) > 0);
    })
    .await;
    let missed = |wrong: &Wrong| wrong.to_string().contains("was taken out");
    assert!(seen.alone.iter().any(missed), "{:?}", seen.alone);
    assert!(seen.elsewhere.iter().any(missed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_that_is_gone_is_missed() {
    let days = days().await;
    let ledger = days.there.community;
    let seen = tampered(&days, |raw, _| {
        for table in ["event", "private", "seal", "head", "keeper", "cursor"] {
            execute(raw, &format!("delete from {table} where ledger = ?1"), ledger);
        }
        raw.execute("update view set digest = digest || '?'", []).unwrap();
    })
    .await;
    for found in [&seen.elsewhere, &seen.beside, &seen.at_start] {
        assert!(
            matches!(&found[..], [Wrong::Gone { origin }] if origin == "yishi.local/xinglin"),
            "{found:?}"
        );
    }
    // Its name alone.
    let seen = tampered(&days, |raw, _| {
        execute(raw, "delete from keeper where ledger = ?1", ledger);
    })
    .await;
    assert!(seen.alone.iter().any(|wrong| matches!(wrong, Wrong::Nameless { .. })), "{:?}", seen.alone);
    // All of them: an empty file under the same name.
    let copy = copy(days.store.folder());
    for name in ["yishi.db", "yishi.db-wal", "yishi.db-shm"] {
        let _ = std::fs::remove_file(copy.path().join(name));
    }
    std::fs::write(copy.path().join("yishi.db"), []).unwrap();
    let seen = self::seen(copy.path(), &days.known).await;
    assert_eq!(seen.alone, [Wrong::Nothing]);
    assert_eq!(seen.at_start.len(), 2, "two ledgers are gone: {:?}", seen.at_start);
    assert!(seen.elsewhere.len() == 3 && seen.beside.len() == 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_beside_the_entries_is_held_against_them() {
    let days = days().await;
    let ledger = days.there.community;
    let seen = tampered(&days, |raw, _| {
        raw.execute("delete from private", []).unwrap();
    })
    .await;
    let missing = |wrong: &Wrong| matches!(wrong, Wrong::Missing { count, .. } if *count > 5);
    assert_eq!(seen.alone.iter().filter(|wrong| missing(wrong)).count(), 2, "{:?}", seen.alone);
    let seen = tampered(&days, |raw, _| {
        let sql = "delete from private where ledger = ?1 and field = 'text' and stream like 'matter/%'";
        assert!(execute(raw, sql, ledger) > 0);
    })
    .await;
    assert!(seen.alone.iter().any(|wrong| matches!(wrong, Wrong::Missing { .. })), "{:?}", seen.alone);
    for (table, sql) in [
        ("ballot", "update ballot set choice = 'for' where ledger = ?1"),
        ("seat", "update seat set votes = 0 where ledger = ?1"),
        ("receipt", "delete from receipt where ledger = ?1"),
        ("duty", "update duty set due = due + 1 where ledger = ?1"),
    ] {
        let seen = tampered(&days, |raw, _| assert!(execute(raw, sql, ledger) > 0)).await;
        let told = |wrong: &Wrong| matches!(wrong, Wrong::Table { table: one, .. } if *one == table);
        assert!(seen.alone.iter().any(told), "{table}: {:?}", seen.alone);
    }
    // What somebody signs in with.
    for sql in [
        "update credential set hash = 'another'",
        "update credential set username = 'another'",
        "insert into credential (username, skeleton, account, ledger, hash, seen) select 'second', 'second', account, ledger, hash, seen from credential",
    ] {
        let seen = tampered(&days, |raw, _| assert_eq!(raw.execute(sql, []).unwrap(), 1)).await;
        let told = |wrong: &Wrong| matches!(wrong, Wrong::Feature { what, .. } if what.contains("signs in"));
        assert!(seen.alone.iter().any(told), "{sql}: {:?}", seen.alone);
    }
    // A row of a ledger that nobody keeps.
    let seen = tampered(&days, |raw, _| {
        raw.execute("insert into file_use (ledger, stream, digest) values ('x', 'y', 'z')", []).unwrap();
    })
    .await;
    assert!(seen.alone.iter().any(|wrong| matches!(wrong, Wrong::Table { .. })), "{:?}", seen.alone);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_is_gone_or_another_one_is_missed() {
    for store in yishi_testkit::stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let digest = office.db.put_blob(b"a photo".to_vec()).await.unwrap();
        let mut one = raising("m", there.building, "积水。");
        one.photos = vec![yishi_kernel::PhotoDigest(digest.clone())];
        office.raise(&Actor::visitor(), one).await.unwrap();
        office.seal().await.unwrap();
        assert_eq!(office.verify(Known::default()).await.unwrap().wrong, []);
        let path = store.folder().join("blobs").join(&digest[..2]).join(&digest[2..]);
        let change = async |bytes: Option<&[u8]>| match (&store.database, bytes) {
            (None, Some(bytes)) => std::fs::write(&path, bytes).unwrap(),
            (None, None) => std::fs::remove_file(&path).unwrap(),
            (Some(_), bytes) => {
                let sql = match bytes {
                    Some(_) => "update blob set bytes = 'another' where digest = ?1",
                    None => "delete from blob where digest = ?1",
                };
                office.db.execute(vec![(sql, vec![Value::from(digest.as_str())])]).await.unwrap();
            }
        };
        for bytes in [Some(&b"another"[..]), None] {
            change(bytes).await;
            let wrong = office.verify(Known::default()).await.unwrap().wrong;
            assert!(matches!(&wrong[..], [Wrong::File { digest: one, .. }] if *one == digest), "{wrong:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_with_another_key_is_not_sealed_and_the_others_are() {
    for store in yishi_testkit::stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        office.seal().await.unwrap();
        let (one, other) = (store.folder().join("keys/xinglin.key"), store.folder().join("keys/qinghe.key"));
        let own = std::fs::read(&one).unwrap();
        std::fs::copy(&other, &one).unwrap();
        office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        // As after a start: keys are not read yet.
        let started =
            Office::on(office.db.clone(), &store.folder().join("keys"), office.clock.clone()).unwrap();
        let wrong = started.wrong_keys().await.unwrap();
        assert!(wrong.len() == 1 && wrong[0].to_string().contains("xinglin"), "{wrong:?}");
        started
            .open_organisation(
                &there.administrator,
                there.street,
                yishi_domain::people::OrganisationKind::Department,
                "水务所",
            )
            .await
            .unwrap();
        started.seal().await.unwrap();
        let sealed = async |place| {
            let note = ledgers::checkpoint(&office.db, place).await.unwrap().unwrap();
            let size: i64 = note.lines().nth(1).unwrap().parse().unwrap();
            size == ledgers::head(&office.db, place).await.unwrap()
        };
        assert!(sealed(there.street).await, "the street's is");
        assert!(!sealed(there.community).await, "this one waits for its key");
        let lag = yishi_store::sealer::lag(&office.db, office.now().plus_seconds(90)).await.unwrap();
        assert!(lag.ledgers == 1 && lag.entries >= 2 && lag.seconds >= 90, "{lag:?}");
        std::fs::write(&one, own).unwrap();
        started.seal().await.unwrap();
        assert!(sealed(there.community).await);
        assert_eq!(started.verify(Known::default()).await.unwrap().wrong, []);
        assert_eq!(yishi_store::sealer::lag(&office.db, office.now()).await.unwrap().ledgers, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_is_noted_beside_the_keys_and_is_no_loss() {
    for store in yishi_testkit::stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        voted(office, &there, "first").await;
        office.seal().await.unwrap();
        const SEAT: &str = "select id from seat order by id limit 1";
        let seat = office.db.row(SEAT, &[]).await.unwrap().unwrap();
        let seat = SeatId(seat.uuid(0).unwrap());
        office.erase_seat(&there.secretary, there.community, seat, EraseReason::Asked).await.unwrap();
        let noted = Keys::in_folder(store.folder().join("keys")).journal().read().unwrap();
        let fields: Vec<&str> = noted.iter().map(|one| one.field.as_str()).collect();
        assert!(fields.contains(&"name") && fields.contains(&"person"), "{noted:?}");
        let own = |stream: &str| stream == format!("seat/{seat}") || stream.starts_with("ballot/");
        assert!(noted.iter().all(|one| own(&one.stream) && one.version == 1), "{noted:?}");
        let report = office.verify(Known::default()).await.unwrap();
        assert_eq!((report.wrong, report.erased), (vec![], noted.len() as u64), "{}", store.engine());
    }
}

/// What is found wrong in a copy that was tampered with where it lies.
async fn beside(days: &Days, tamper: impl FnOnce(&Connection, &Path)) -> Vec<Wrong> {
    let copy = copy(days.store.folder());
    tamper(&Connection::open(copy.path().join("yishi.db")).unwrap(), copy.path());
    let office = open(copy.path()).await;
    let report = office.verify(Known::default()).await.unwrap();
    let mut wrong = office.wrong_beside(&report).await.unwrap();
    wrong.extend(report.wrong);
    wrong
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_beside_the_entries_and_the_keys_is_verified_too() {
    let days = days().await;
    let (office, ledger) = (&days.store.office, days.there.community);
    let visitor = Actor::visitor();
    let raised = office.raise(&visitor, raising("gone", days.there.building, "灯坏了。")).await.unwrap();
    office.erase_matter(&days.there.officer, ledger, raised.matter, EraseReason::Asked).await.unwrap();
    office.seal().await.unwrap();
    assert_eq!(beside(&days, |_, _| {}).await, [], "nothing was done to it");
    let set = |sql: &'static str| beside(&days, move |raw, _| assert!(execute(raw, sql, ledger) > 0));

    let wrong = set("delete from credential where ledger = ?1").await;
    assert!(matches!(&wrong[..], [Wrong::Feature { what, .. }] if what.contains("taken out")), "{wrong:?}");
    let wrong = set("update keeper set path = ?1 where ledger = ?1").await;
    assert!(matches!(wrong[..], [Wrong::Path { .. }]), "{wrong:?}");
    let wrong = set("insert into cursor (follower, ledger, number) values ('sealer', ?1, 999999)
                     on conflict (follower, ledger) do update set number = excluded.number")
    .await;
    assert!(matches!(wrong[..], [Wrong::Cursor { at: 999_999, .. }]), "{wrong:?}");
    let wrong = set("update seal set at = at + 94608000000000 where ledger = ?1").await;
    assert!(matches!(wrong[..], [Wrong::SealAt { .. }]), "{wrong:?}");
    for sql in [
        "update head set at = at + 94608000000000 where ledger = ?1",
        "update head set at = at - 1 where ledger = ?1",
    ] {
        let wrong = set(sql).await;
        assert!(matches!(wrong[..], [Wrong::HeadAt { .. }]), "{sql}: {wrong:?}");
    }
    let wrong = beside(&days, |raw, folder| {
        execute(raw, "update keeper set slug = 'elsewhere' where ledger = ?1", ledger);
        std::fs::rename(folder.join("keys/xinglin.key"), folder.join("keys/elsewhere.key")).unwrap();
    })
    .await;
    assert!(matches!(&wrong[..], [Wrong::Word { slug, .. }] if slug == "elsewhere"), "{wrong:?}");
    let wrong = beside(&days, |_, folder| {
        std::fs::copy(folder.join("keys/qinghe.key"), folder.join("keys/xinglin.key")).unwrap();
    })
    .await;
    let other =
        |wrong: &[Wrong]| matches!(wrong, [Wrong::OtherKey { other, .. }] if other == "yishi.local/qinghe");
    assert!(other(&wrong), "{wrong:?}");
    let gone = |name: &'static str| {
        beside(&days, move |_, folder| std::fs::remove_file(folder.join("keys").join(name)).unwrap())
    };
    let wrong = gone("ledgers.jsonl").await;
    assert!(matches!(wrong[..], [Wrong::Unnoted { .. }, Wrong::Unnoted { .. }]), "{wrong:?}");
    let wrong = gone("erased.jsonl").await;
    assert!(matches!(wrong[..], [Wrong::NoJournal { .. }]), "{wrong:?}");
    let wrong = beside(&days, |_, folder| std::fs::remove_dir_all(folder.join("keys")).unwrap()).await;
    assert!(
        wrong.iter().all(|wrong| matches!(wrong, Wrong::Missing { .. })),
        "a copy without keys: {wrong:?}"
    );
}
