//! Many communities like one, for tests of what is seen above them: what a ledger holds is
//! recorded again under other ids. No command is carried out for it, which would take minutes.

use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use yishi_kernel::{AccountId, PlaceId, StreamName};
use yishi_office::{DERIVED, Office, ledgers};
use yishi_store::{Append, NewEntry, Row, Value, blobs, rebuild};

/// Records a community of a street again, once for each of these words, which stand in links.
/// Ids of other ledgers stay: an order is about a body of the street in each of them. All
/// that happened came some microseconds later in each.
///
/// # Panics
/// When one of them is there already.
pub async fn copies(office: &Office, street: PlaceId, community: PlaceId, words: &[String]) {
    const ENTRIES: &str = "select stream, version, envelope from event where ledger = ?1 order by number";
    const PRIVATE: &str = "select stream, version, field, value, published from private where ledger = ?1";
    let ledger = [Value::from(community)];
    let entries = office.db.rows(ENTRIES, &ledger).await.unwrap();
    let mut private: BTreeMap<(String, i64), BTreeMap<String, String>> = BTreeMap::new();
    let mut published: BTreeMap<(String, i64), BTreeSet<String>> = BTreeMap::new();
    for row in office.db.rows(PRIVATE, &ledger).await.unwrap() {
        let [field, value] = [2, 3].map(|n| row.text(n).unwrap().to_owned());
        let key = (row.text(0).unwrap().to_owned(), row.int(1).unwrap());
        if row.int(4).unwrap() == 1 {
            published.entry(key.clone()).or_default().insert(field.clone());
        }
        private.entry(key).or_default().insert(field, value);
    }
    let ids = ids(&entries, private.values().flat_map(BTreeMap::values));
    let verifier = ledgers::ledger(&office.db, community).await.unwrap().expect("a ledger").verifier;
    let mut appends = tokio::task::JoinSet::new();
    for (word, n) in words.iter().zip(1..) {
        let renamed: Vec<(String, String)> = ids.iter().flat_map(|id| renamed(*id, word)).collect();
        let anew =
            |text: &str| renamed.iter().fold(text.to_owned(), |text, (old, new)| text.replace(old, new));
        let entry = |row: &Row| {
            let (stream, version) = (row.text(0).unwrap().to_owned(), row.int(1).unwrap());
            let mut envelope: serde_json::Value = serde_json::from_str(&anew(row.text(2).unwrap())).unwrap();
            let mut public = envelope["public"].as_object_mut().map(std::mem::take).unwrap();
            public["time"] = (public["time"].as_i64().unwrap() + n).into();
            let text = |name: &str| envelope[name].as_str().map(str::to_owned);
            let kept = private.get(&(stream.clone(), version)).into_iter().flatten();
            NewEntry {
                version: version.unsigned_abs(),
                kind: text("kind").unwrap(),
                role: text("role").unwrap(),
                place: text("place"),
                public,
                private: kept.map(|(field, value)| (field.clone(), anew(value))).collect(),
                published: published.get(&(stream.clone(), version)).cloned().unwrap_or_default(),
                stream: anew(&stream),
            }
        };
        let own = PlaceId(anew(&community.to_string()).parse().unwrap());
        let append = Append {
            ledger: own.0,
            now: office.now().0,
            entries: entries.iter().map(entry).collect(),
            guards: Vec::new(),
            writes: Vec::new(),
            erasures: Vec::new(),
            jobs: Vec::new(),
        };
        let (db, word, verifier) = (office.db.clone(), word.clone(), verifier.clone());
        appends.spawn(async move {
            let origin = format!("yishi.local/{word}");
            ledgers::keep(&db, own, &[street, own], &word, &origin, &verifier).await.unwrap();
            db.append(append).await.unwrap();
        });
    }
    appends.join_all().await;
    rebuild::rebuild(&office.db, &DERIVED).await.unwrap();
}

/// The ids that a ledger gave: those that name its streams, and those of its accounts, which
/// do so by their digest.
fn ids<'a>(entries: &[Row], private: impl Iterator<Item = &'a String>) -> Vec<Uuid> {
    let streams: Vec<StreamName> =
        entries.iter().map(|row| StreamName::stored(row.text(0).unwrap())).collect();
    let account = |id: &Uuid| streams.contains(&AccountId(*id).into());
    let accounts = private.filter_map(|value| serde_json::from_str(value).ok()).filter(account);
    let mut ids: Vec<Uuid> =
        streams.iter().filter_map(|stream| stream.id().parse().ok()).chain(accounts).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// What stands for an id, and what stands for it in a copy.
fn renamed(id: Uuid, word: &str) -> [(String, String); 2] {
    let new = blobs::id_of(format!("{id}/{word}").as_bytes());
    let name = |id| StreamName::from(AccountId(id)).id().to_owned();
    [(id.to_string(), new.to_string()), (name(id), name(new))]
}
