//! The golden communities: ledgers as earlier programs sealed them, with what they kept. They
//! must verify for ever, and the read models made from them may change only on purpose. The
//! first is of matters; the second holds every kind of entry about topics, meetings and orders.
//!
//! Both were sealed anew before the first release, for the forms in which events are recorded
//! now; the way of hashing, committing and signing stayed as it was. Since then what is recorded
//! is kept as it is, by `golden/released.sha256`.

use serde_json::Value as Json;
use std::fmt::Write as _;
use std::path::PathBuf;
use yishi_domain::places::Code;
use yishi_kernel::{CorrectReason, ValueAt};
use yishi_office::places::reads::{place, posters};
use yishi_office::{Correcting, DERIVED, Office};
use yishi_store::{Db, Value, rebuild, verify};
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name)
}

fn text(json: &Json) -> Value {
    Value::from(json.as_str().unwrap())
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_of_an_earlier_program_verifies_and_shows_the_same() {
    verifies_and_shows_the_same("community.jsonl", "digests.txt").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_with_meetings_verifies_and_shows_the_same() {
    verifies_and_shows_the_same("meetings.jsonl", "meetings-digests.txt").await;
}

async fn verifies_and_shows_the_same(ledger: &str, digests: &str) {
    let content = std::fs::read_to_string(file(ledger)).unwrap();
    let mut lines = content.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let head = lines.next().unwrap();
    let entries: Vec<Json> = lines.collect();
    let size = head["size"].as_i64().unwrap();
    assert_eq!(entries.len() as i64, size);
    for store in stores().await {
        let db = &store.office.db;
        let ledger = text(&head["ledger"]);
        let mut statements = vec![(
            "insert into keeper (ledger, slug, origin, verifier, path) values (?1, ?2, ?3, ?4, ?5)",
            vec![
                ledger.clone(),
                text(&head["slug"]),
                text(&head["origin"]),
                text(&head["verifier"]),
                text(&head["path"]),
            ],
        )];
        let mut last = 0;
        for (number, entry) in (0_i64..).zip(&entries) {
            let canonical = entry[0].as_str().unwrap();
            let envelope: Json = serde_json::from_str(canonical).unwrap();
            let (stream, version) = (text(&envelope["stream"]), envelope["version"].as_i64().unwrap());
            last = envelope["at"].as_i64().unwrap();
            statements.push((
                "insert into event (ledger, number, stream, version, kind, at, envelope, digest)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                vec![
                    ledger.clone(),
                    Value::Int(number),
                    stream.clone(),
                    Value::Int(version),
                    text(&envelope["kind"]),
                    Value::Int(last),
                    Value::from(canonical),
                    Value::Blob(yishi_store::blobs::sha256(canonical.as_bytes()).to_vec()),
                ],
            ));
            for private in entry[1].as_array().unwrap() {
                statements.push((
                    "insert into private (ledger, stream, version, field, salt, value, published)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    vec![
                        ledger.clone(),
                        stream.clone(),
                        Value::Int(version),
                        text(&private[0]),
                        Value::Blob(bytes(private[1].as_str().unwrap())),
                        text(&private[2]),
                        Value::Int(private[3].as_i64().unwrap()),
                    ],
                ));
            }
        }
        statements.push((
            "insert into head (ledger, number, at) values (?1, ?2, ?3)",
            vec![ledger.clone(), Value::Int(size), Value::Int(last)],
        ));
        statements.push((
            "insert into seal (ledger, size, frontier, checkpoint, at) values (?1, ?2, ?3, ?4, ?5)",
            vec![
                ledger,
                Value::Int(size),
                Value::Blob(Vec::new()),
                text(&head["checkpoint"]),
                Value::Int(last),
            ],
        ));
        db.execute(statements).await.unwrap();

        let verified = verify::verify(db).await.unwrap();
        assert_eq!(verified[0].sealed, size.unsigned_abs(), "{}", store.engine());
        rebuild::rebuild(db, &DERIVED).await.unwrap();
        let mut shown = format!("root {}\n", verified[0].root);
        // What this history never wrote says nothing; so a new feature's tables leave it alone.
        let digests_of = rebuild::digests(db, &DERIVED).await.unwrap();
        for (table, digest) in digests_of.iter().filter(|(_, digest)| digest != NO_ROWS) {
            let _ = writeln!(shown, "{table} {digest}");
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(file(digests), &shown).unwrap();
        }
        let kept = std::fs::read_to_string(file(digests)).unwrap();
        assert_eq!(
            kept,
            shown,
            "{}: read models changed; run with UPDATE_GOLDEN=1 and review",
            store.engine()
        );
    }
}

/// What a release recorded reads for ever: its golden entries, its sealed communities, and the
/// migrations that it ran. A release adds lines to this file, by `sha256sum`, and alters none.
const RELEASED: &str = include_str!("golden/released.sha256");

#[test]
fn what_was_released_is_as_it_was() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    for line in RELEASED.lines() {
        let (digest, path) = line.split_once("  ").unwrap();
        let now = std::fs::read(root.join(path)).map(|content| yishi_store::blobs::digest_of(&content));
        let kept = now.as_ref().is_ok_and(|now| now == digest);
        assert!(kept, "{path} was released and may not be altered: write what is new beside it");
    }
    for released in ["crates/domain/events/", "crates/office/tests/it/golden/", "crates/store/migrations/"] {
        assert!(RELEASED.contains(released), "{released} is not kept");
    }
}

/// The digest of a table without rows: SHA-256 of nothing.
const NO_ROWS: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// Kinds of entries about places, people and matters that a history of matters must hold.
const OF_MATTERS: [&str; 28] = [
    "rules.adopted.1",
    "place.opened.1",
    "place.renamed.1",
    "place.coded.1",
    "place.grid_drawn.1",
    "place.closed.1",
    "poster.issued.1",
    "poster.revoked.1",
    "organisation.opened.1",
    "account.opened.1",
    "account.granted.1",
    "account.revoked.1",
    "matter.raised.1",
    "matter.triaged.1",
    "matter.summarised.1",
    "matter.photo_published.1",
    "matter.handed_over.1",
    "matter.progressed.1",
    "matter.answered.1",
    "matter.reopened.1",
    "matter.closed.1",
    "matter.merged.1",
    "matter.absorbed.1",
    "matter.unmerged.1",
    "matter.released.1",
    "receipt.contact_viewed.1",
    "matter.erased.1",
    "place.corrected.1",
];

/// Kinds of entries about topics, meetings and orders that a history of meetings must hold.
const OF_MEETINGS: [&str; 52] = [
    "topic.opened.1",
    "topic.gathered.1",
    "topic.scheduled.1",
    "topic.decided.1",
    "topic.returned.1",
    "topic.concluded.1",
    "topic.dropped.1",
    "matter.taken_up.1",
    "matter.let_go.1",
    "meeting.called.1",
    "meeting.posted.1",
    "meeting.replied.1",
    "meeting.opened.1",
    "meeting.stated.1",
    "meeting.put.1",
    "meeting.hands_entered.1",
    "meeting.vote_ended.1",
    "meeting.counted.1",
    "meeting.resolved.1",
    "meeting.adjourned.1",
    "meeting.dissented.1",
    "meeting.confirmed.1",
    "meeting.published.1",
    "meeting.objected.1",
    "meeting.ruled.1",
    "meeting.dispatched.1",
    "meeting.concluded.1",
    "meeting.cancelled.1",
    "seat.taken.1",
    "seat.struck.1",
    "ballot.cast.1",
    "order.sent.1",
    "order.asked.1",
    "order.blown.1",
    "order.declined.1",
    "order.reported_in.1",
    "order.progressed.1",
    "order.followed_up.1",
    "order.disputed.1",
    "order.ruled.1",
    "order.done.1",
    "order.photo_published.1",
    "order.accepted.1",
    "order.returned.1",
    "order.suspended.1",
    "order.resumed.1",
    "order.withdrawn.1",
    "receipt.called.1",
    "receipt.evaluated.1",
    "meeting.corrected.1",
    "meeting.taken_back.1",
    "meeting.reissued.1",
];

/// Makes the first community where there is none: run by hand, with `--ignored`, and keep what
/// it wrote for ever.
#[test]
#[ignore = "writes a golden file"]
fn a_history_of_matters_is_sealed() {
    seal("community.jsonl", super::twin::histories_of_matters(3_000), &OF_MATTERS, places_and_posters);
}

/// Makes the second one.
#[test]
#[ignore = "writes a golden file"]
fn a_history_of_meetings_is_sealed() {
    seal("meetings.jsonl", super::twin::histories(1_100), &OF_MEETINGS, super::seldom::seldom);
}

/// Writes the first of these histories that holds every kind, with what seldom happens.
fn seal(
    name: &str,
    histories: impl Iterator<Item = Vec<super::twin::Move>>,
    kinds: &[&str],
    seldom: impl AsyncFn(&Office, &Neighbourhood),
) {
    assert!(!file(name).exists(), "a golden file is never written anew");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    for moves in histories {
        let written = runtime.block_on(async {
            let store = TestStore::sqlite().await;
            let there = neighbourhood(&store.office).await;
            let stores = [store];
            super::twin::run(&there, &stores, &moves).await;
            let [store] = &stores;
            seldom(&store.office, &there).await;
            super::office::seal_and_verify(store).await;
            let text = dump(&store.office.db, there.community.0).await;
            let missing: Vec<_> =
                kinds.iter().filter(|kind| !text.contains(&format!("\\\"kind\\\":\\\"{kind}\\\""))).collect();
            println!("{} entries, missing {missing:?}", text.lines().count() - 1);
            missing.is_empty().then_some(text)
        });
        if let Some(text) = written {
            std::fs::write(file(name), text).unwrap();
            return;
        }
    }
    panic!("no history holds every kind");
}

/// What no random history comes to: a code, a poster that leads nowhere any more, a place that
/// is closed.
async fn places_and_posters(office: &Office, there: &Neighbourhood) {
    let administrator = &there.administrator;
    let code = Code { code: "340111001001".to_owned(), from: office.now() };
    office.change_place(administrator, there.community, code).await.unwrap();
    for stairwell in there.stairwells {
        office.issue_poster(administrator, stairwell).await.unwrap();
    }
    let stairwell = place(&office.db, there.stairwells[0]).await.unwrap().unwrap();
    let poster = posters(&office.db, &stairwell).await.unwrap()[0].id;
    office.revoke_poster(administrator, stairwell.id, poster).await.unwrap();
    office.close_place(administrator, there.other_building).await.unwrap();
    let value = ValueAt { version: 1, field: "name".to_owned() };
    let what = Correcting { value, text: Some("八号楼".to_owned()), reason: CorrectReason::Mistake };
    office.correct(administrator, there.community, &there.other_building.into(), &what).await.unwrap();
}

/// A ledger as lines of JSON: its head, then each entry with what is kept of it.
async fn dump(db: &Db, ledger: uuid::Uuid) -> String {
    let ledger = Value::from(ledger);
    let one = async |sql: &'static str| db.row(sql, std::slice::from_ref(&ledger)).await.unwrap().unwrap();
    let keeper = one("select slug, origin, verifier, path from keeper where ledger = ?1").await;
    let seal = one("select size, checkpoint from seal where ledger = ?1 order by size desc limit 1").await;
    let mut text = serde_json::json!({
        "ledger": ledger_text(&ledger),
        "slug": keeper.text(0).unwrap(),
        "origin": keeper.text(1).unwrap(),
        "verifier": keeper.text(2).unwrap(),
        "path": keeper.text(3).unwrap(),
        "size": seal.int(0).unwrap(),
        "checkpoint": seal.text(1).unwrap(),
    })
    .to_string();
    text.push('\n');
    const EVENTS: &str = "select stream, version, envelope from event where ledger = ?1 order by number";
    const PRIVATE: &str = "select field, salt, value, published from private
         where ledger = ?1 and stream = ?2 and version = ?3 order by field";
    for event in db.rows(EVENTS, std::slice::from_ref(&ledger)).await.unwrap() {
        let key = [ledger.clone(), Value::from(event.text(0).unwrap()), Value::Int(event.int(1).unwrap())];
        let mut kept = Vec::new();
        for row in db.rows(PRIVATE, &key).await.unwrap() {
            let Value::Blob(salt) = &row.values()[1] else { panic!("a salt is bytes") };
            let salt = salt.iter().fold(String::new(), |mut hex, byte| {
                let _ = write!(hex, "{byte:02x}");
                hex
            });
            let published = row.int(3).unwrap();
            kept.push(serde_json::json!([row.text(0).unwrap(), salt, row.text(2).unwrap(), published]));
        }
        text.push_str(&serde_json::json!([event.text(2).unwrap(), kept]).to_string());
        text.push('\n');
    }
    text
}

fn ledger_text(value: &Value) -> &str {
    match value {
        Value::Text(text) => text,
        other => panic!("{other:?} is no id"),
    }
}
