use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use yishi_domain::record::{decode, encode};
use yishi_domain::{Stream, matters, people, places, rules};

/// Golden files of every event kind ever released: `events/<kind>.json` holds an entry's
/// public and private part. They may only be added to.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/events")
}

fn kinds<E>(expected: &[&str], found: &mut BTreeSet<String>)
where
    E: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    for kind in expected {
        let path = folder().join(format!("{kind}.json"));
        let text =
            std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no golden file {}", path.display()));
        let file: Value = serde_json::from_str(&text).unwrap();
        let public = file["public"].as_object().unwrap().clone();
        let private: BTreeMap<String, Option<String>> = file["private"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(name, value)| (name.clone(), Some(value.to_string())))
            .collect();
        let event: E = decode(kind, public.clone(), &private).unwrap();
        // Reading and writing again gives the same entry.
        let record = encode(&event).unwrap();
        assert_eq!(record.kind, *kind);
        assert_eq!(Value::Object(record.public), Value::Object(public), "{kind}");
        let kept: BTreeMap<String, Option<String>> =
            record.private.into_iter().map(|(name, text)| (name, Some(text))).collect();
        assert_eq!(kept, private, "{kind}");
        // Erased, it still reads.
        let erased = private.keys().map(|name| (name.clone(), None)).collect();
        let _: E = decode(kind, file["public"].as_object().unwrap().clone(), &erased).unwrap();
        found.insert((*kind).to_owned());
    }
}

#[test]
fn every_event_kind_ever_released_still_reads() {
    let mut found = BTreeSet::new();
    kinds::<<matters::Matter as Stream>::Event>(
        &[
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
        ],
        &mut found,
    );
    kinds::<<matters::Receipt as Stream>::Event>(
        &["receipt.opened.1", "receipt.evaluated.1", "receipt.contact_viewed.1"],
        &mut found,
    );
    kinds::<<places::Place as Stream>::Event>(
        &["place.opened.1", "place.renamed.1", "place.coded.1", "place.grid_drawn.1", "place.closed.1"],
        &mut found,
    );
    kinds::<<places::Poster as Stream>::Event>(&["poster.issued.1", "poster.revoked.1"], &mut found);
    kinds::<<people::Organisation as Stream>::Event>(
        &["organisation.opened.1", "organisation.closed.1"],
        &mut found,
    );
    kinds::<<people::Account as Stream>::Event>(
        &["account.opened.1", "account.granted.1", "account.revoked.1"],
        &mut found,
    );
    kinds::<<rules::Adopted as Stream>::Event>(&["rules.adopted.1"], &mut found);
    // No golden file without a kind that is read here, and no kind in the sources without a file.
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(files, found);
    assert_eq!(released_in_sources(), found);
}

/// Versioned names in `#[serde(rename = "…​.N")]` attributes of the crate's sources.
fn released_in_sources() -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    let src = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != "record.rs" {
                for line in std::fs::read_to_string(&path).unwrap().lines() {
                    if let Some(name) =
                        line.trim().strip_prefix("#[serde(rename = \"").and_then(|l| l.strip_suffix("\")]"))
                        && name.rsplit_once('.').is_some_and(|(_, version)| version.parse::<u32>().is_ok())
                    {
                        kinds.insert(name.to_owned());
                    }
                }
            }
        }
    }
    kinds
}

#[test]
fn an_entry_of_a_later_program_is_refused_by_name() {
    let event =
        decode::<matters::Event>("matter.raised.9", json!({}).as_object().unwrap().clone(), &BTreeMap::new());
    assert!(event.unwrap_err().to_string().contains("matter.raised.9"));
}
