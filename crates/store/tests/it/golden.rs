//! The golden community: a ledger as an earlier program sealed it, with what it kept. It must
//! verify for ever, and the read models made from it may change only on purpose.

use serde_json::Value as Json;
use std::fmt::Write as _;
use std::path::PathBuf;
use yishi_store::{Value, rebuild, verify};
use yishi_testkit::stores;

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
    let content = std::fs::read_to_string(file("community.jsonl")).unwrap();
    let mut lines = content.lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let head = lines.next().unwrap();
    let entries: Vec<Json> = lines.collect();
    let size = head["size"].as_i64().unwrap();
    assert_eq!(entries.len() as i64, size);
    for store in stores().await {
        let db = &store.office.db;
        let ledger = text(&head["ledger"]);
        let mut statements = vec![(
            "insert into keeper (ledger, slug, origin, verifier) values (?1, ?2, ?3, ?4)",
            vec![ledger.clone(), text(&head["slug"]), text(&head["origin"]), text(&head["verifier"])],
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
                    "insert into private (ledger, stream, version, field, salt, value)
                     values (?1, ?2, ?3, ?4, ?5, ?6)",
                    vec![
                        ledger.clone(),
                        stream.clone(),
                        Value::Int(version),
                        text(&private[0]),
                        Value::Blob(bytes(private[1].as_str().unwrap())),
                        text(&private[2]),
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
        rebuild::rebuild(db).await.unwrap();
        let mut shown = format!("root {}\n", verified[0].root);
        for (table, digest) in rebuild::digests(db).await.unwrap() {
            let _ = writeln!(shown, "{table} {digest}");
        }
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(file("digests.txt"), &shown).unwrap();
        }
        let kept = std::fs::read_to_string(file("digests.txt")).unwrap();
        assert_eq!(
            kept,
            shown,
            "{}: read models changed; run with UPDATE_GOLDEN=1 and review",
            store.engine()
        );
    }
}
