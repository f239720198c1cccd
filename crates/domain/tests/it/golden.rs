use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use yishi_domain::dispatch::OrderStage;
use yishi_domain::meetings::{MeetingStage, TopicStage};
use yishi_domain::record::{decode, encode};
use yishi_domain::{Stream, dispatch, matters, meetings, people, places, rules};

/// Golden files of every event kind ever released: `events/<kind>.json` holds an entry's
/// public and private part, `events/<kind>.<variant>.json` another one with other fields.
/// They may only be added to.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/events")
}

/// The kind of a golden file: its name without the variant.
fn kind_of(name: &str) -> &str {
    name.match_indices('.').nth(2).map_or(name, |(end, _)| &name[..end])
}

/// The public and private part of a golden file.
fn golden(name: &str) -> (Map<String, Value>, BTreeMap<String, Option<String>>) {
    let path = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("no golden file {}", path.display()));
    let file: Value = serde_json::from_str(&text).unwrap();
    let private = file["private"].as_object().unwrap().iter();
    let private = private.map(|(name, value)| (name.clone(), Some(value.to_string()))).collect();
    (file["public"].as_object().unwrap().clone(), private)
}

/// The events of golden files, each with its private values and with them erased.
fn events<E: serde::de::DeserializeOwned>(names: &[&str]) -> Vec<E> {
    let mut events = Vec::new();
    for name in names {
        let (public, private) = golden(name);
        let erased = private.keys().map(|name| (name.clone(), None)).collect();
        events.push(decode(kind_of(name), public.clone(), &private).unwrap());
        events.push(decode(kind_of(name), public, &erased).unwrap());
    }
    events
}

fn kinds<E>(expected: &[&str], found: &mut BTreeSet<String>)
where
    E: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    for name in expected {
        let kind = kind_of(name);
        let (public, private) = golden(name);
        let event: E = decode(kind, public.clone(), &private).unwrap();
        // Reading and writing again gives the same entry.
        let record = encode(&event).unwrap();
        assert_eq!(record.kind, *kind);
        assert_eq!(Value::Object(record.public), Value::Object(public.clone()), "{name}");
        let kept: BTreeMap<String, Option<String>> =
            record.private.into_iter().map(|(name, text)| (name, Some(text))).collect();
        assert_eq!(kept, private, "{name}");
        // Erased, it still reads.
        let erased = private.keys().map(|name| (name.clone(), None)).collect();
        let _: E = decode(kind, public, &erased).unwrap();
        found.insert((*name).to_owned());
    }
}

const MATTER: &[&str] = &[
    "matter.raised.1",
    "matter.triaged.1",
    "matter.summarised.1",
    "matter.photo_published.1",
    "matter.handed_over.1",
    "matter.progressed.1",
    "matter.answered.1",
    "matter.reopened.1",
    "matter.taken_up.1",
    "matter.let_go.1",
    "matter.closed.1",
    "matter.merged.1",
    "matter.absorbed.1",
    "matter.unmerged.1",
    "matter.released.1",
];
const RECEIPT: &[&str] = &[
    "receipt.opened.1",
    "receipt.evaluated.1",
    "receipt.evaluated.1.by_call",
    "receipt.called.1",
    "receipt.contact_viewed.1",
];
const TOPIC: &[&str] = &[
    "topic.opened.1",
    "topic.gathered.1",
    "topic.scheduled.1",
    "topic.decided.1",
    "topic.returned.1",
    "topic.concluded.1",
    "topic.dropped.1",
];
const MEETING: &[&str] = &[
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
];
const SEAT: &[&str] = &["seat.taken.1", "seat.struck.1"];
const BALLOT: &[&str] = &["ballot.cast.1"];
const ORDER: &[&str] = &[
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
];

#[test]
fn every_event_kind_ever_released_still_reads() {
    let mut found = BTreeSet::new();
    kinds::<<matters::Matter as Stream>::Event>(MATTER, &mut found);
    kinds::<<matters::Receipt as Stream>::Event>(RECEIPT, &mut found);
    kinds::<<meetings::Topic as Stream>::Event>(TOPIC, &mut found);
    kinds::<<meetings::Meeting as Stream>::Event>(MEETING, &mut found);
    kinds::<<meetings::Seat as Stream>::Event>(SEAT, &mut found);
    kinds::<<meetings::Ballot as Stream>::Event>(BALLOT, &mut found);
    kinds::<<dispatch::Order as Stream>::Event>(ORDER, &mut found);
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
    assert_eq!(files(), found);
    let found: BTreeSet<String> = found.iter().map(|name| kind_of(name).to_owned()).collect();
    assert_eq!(released_in_sources(), found);
}

fn files() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// The ledger takes integers and strings, in arrays and objects; nothing else has one form.
fn is_canonical(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::Number(number) => number.is_i64() || number.is_u64(),
        Value::String(_) => true,
        Value::Array(items) => items.iter().all(is_canonical),
        Value::Object(fields) => fields.values().all(is_canonical),
    }
}

#[test]
fn every_entry_holds_integers_and_strings_only() {
    for name in files() {
        let (public, private) = golden(&name);
        assert!(is_canonical(&Value::Object(public)), "{name}");
        for text in private.into_values().flatten() {
            assert!(is_canonical(&serde_json::from_str(&text).unwrap()), "{name}");
        }
    }
}

/// Takes any events in any order, and asks the state what pages ask.
fn replay<S: Stream>(events: &[S::Event], order: &[usize], ask: impl Fn(&S)) {
    let mut state = S::default();
    ask(&state);
    for index in order {
        state.evolve(&events[index % events.len()]);
        ask(&state);
    }
    let mut again = S::default();
    order.iter().for_each(|index| again.evolve(&events[index % events.len()]));
    assert_eq!(again, state);
}

proptest! {
    #[test]
    fn any_events_in_any_order_replay(order in prop::collection::vec(0..1_000_usize, 0..40)) {
        replay::<matters::Matter>(&events(MATTER), &order, |matter| {
            assert!(matter.stage().is_none() || matter.holder().is_some());
            let _ = (matter.next(), matter.published(), matter.members());
        });
        replay::<matters::Receipt>(&events(RECEIPT), &order, |receipt| {
            let _ = (receipt.called(), receipt.evaluation(), receipt.gave_contact());
        });
        replay::<meetings::Topic>(&events(TOPIC), &order, |topic| {
            let ended = matches!(topic.stage(), None | Some(TopicStage::Concluded | TopicStage::Dropped));
            assert_eq!(topic.next().is_none(), ended);
        });
        replay::<meetings::Meeting>(&events(MEETING), &order, |meeting| {
            let ended = matches!(meeting.stage(), None | Some(MeetingStage::Concluded | MeetingStage::Cancelled));
            assert_eq!(meeting.next().is_none(), ended);
            let _ = (meeting.voting(), meeting.counting(), meeting.actions(), meeting.plans());
            meeting.motions().iter().for_each(|motion| { let _ = motion.agreed_hands(); });
        });
        replay::<meetings::Seat>(&events(SEAT), &order, |seat| {
            assert!(!(seat.votes() && seat.struck().is_some()));
        });
        replay::<meetings::Ballot>(&events(BALLOT), &order, |ballot| {
            assert_eq!(ballot.motion().is_none(), *ballot == meetings::Ballot::default());
        });
        replay::<dispatch::Order>(&events(ORDER), &order, |order| {
            use OrderStage::{Accepted, Declined, Withdrawn};
            assert_eq!(order.next().is_none(), matches!(order.stage(), None | Some(Accepted | Declined | Withdrawn)));
            let _ = (order.parties(), order.photos(), order.task());
        });
    }
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
