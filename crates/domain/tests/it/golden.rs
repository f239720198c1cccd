//! Whatever was once released still reads, and what is written now is what was written then.

use super::files::{Golden, STREAMS, goldens, kinds_in_sources, printed};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use yishi_domain::record::{Fields, Subject};

#[test]
fn every_kind_has_a_golden_file_and_every_golden_file_a_kind() {
    let found: BTreeSet<String> = goldens().into_iter().map(|golden| golden.kind).collect();
    let written = kinds_in_sources();
    assert!(written.is_subset(&found), "{:?}", written.difference(&found));
    // What is not written any more is an older form of what is.
    for old in found.difference(&written) {
        let newer = |kind: &String| is_older(old, kind);
        assert!(written.iter().any(newer), "{old} has a golden file, and no event of that name");
    }
    for golden in goldens() {
        assert_eq!(golden.kind.split('.').next(), Some(golden.stream.as_str()), "{}", golden.name);
    }
    let folders: BTreeSet<String> = goldens().into_iter().map(|golden| golden.stream).collect();
    let streams: BTreeSet<String> = STREAMS.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(folders, streams);
}

/// Whether a kind is an older form of another one.
fn is_older(kind: &str, than: &str) -> bool {
    let form = |kind: &str| {
        let (name, n) = kind.rsplit_once('.').unwrap();
        (name.to_owned(), n.parse::<u32>().unwrap())
    };
    let ((name, n), (other, m)) = (form(kind), form(than));
    name == other && n < m
}

/// Only the newest form is written, so that an older one comes out as that, with the same moment
/// and account.
#[test]
fn reading_and_writing_again_gives_the_same_entry_or_one_of_the_newest_kind() {
    for kind in STREAMS {
        for golden in kind.goldens() {
            let record = (kind.again)(&golden);
            if record.kind != golden.kind {
                assert!(is_older(&golden.kind, &record.kind), "{} became {}", golden.name, record.kind);
                assert_eq!(record.public["time"], golden.public["time"], "{}", golden.name);
                assert_eq!(record.private.get("by"), golden.private.get("by"), "{}", golden.name);
                continue;
            }
            assert_eq!(record.kind, golden.kind);
            assert_eq!(Value::Object(record.public), Value::Object(golden.public), "{}", golden.name);
            assert_eq!(record.private, golden.private, "{}", golden.name);
        }
    }
}

#[test]
fn erased_it_still_reads() {
    for kind in STREAMS {
        for golden in kind.goldens() {
            assert_eq!((kind.reads)(&golden.kind, golden.erased()), Ok(()), "{}", golden.name);
        }
    }
}

#[test]
fn every_private_field_says_whose_it_is() {
    for kind in STREAMS {
        for golden in kind.goldens() {
            let record = (kind.again)(&golden);
            let fields: BTreeSet<_> = record.private.keys().collect();
            assert_eq!(record.whose.keys().collect::<BTreeSet<_>>(), fields, "{}", golden.name);
            assert!(record.whose.get("by").is_none_or(|whose| *whose == Subject::Staff), "{}", golden.name);
        }
    }
}

#[test]
fn the_fields_of_a_kind_are_closed() {
    for kind in STREAMS {
        for golden in kind.goldens() {
            let mut fields = golden.kept();
            fields.public.insert("colour".to_owned(), Value::from("red"));
            let error = (kind.reads)(&golden.kind, fields).unwrap_err();
            assert!(error.contains("colour"), "{}: {error}", golden.name);
        }
    }
}

#[test]
fn an_entry_of_a_later_program_is_refused_by_name() {
    for kind in STREAMS {
        let golden = &kind.goldens()[0];
        let later = format!("{}.moved.9", kind.name);
        let error = (kind.reads)(&later, golden.kept()).unwrap_err();
        assert!(error.contains(&later), "{error}");
    }
}

/// Fields of an envelope that take any string and hold no text that somebody wrote: words of the
/// rules in force, digests, and numbers. Each is checked before it comes into an entry.
const NO_TEXTS: [&str; 13] = [
    // Words, numbers and sources of the rule pack, and the digests of packs.
    "forum", "scheme", "category", "item", "source", "number", "rules", "given_up", "sha256", "base",
    // A digest of a file; an official code; a number that is no person's.
    "photo", "code", "phone",
];

/// Every text in some fields, with the way to it.
fn texts(value: &Value, way: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(way.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| texts(item, &format!("{way}/{n}"), found));
        }
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| texts(value, &format!("{way}/{name}"), found));
        }
        _ => {}
    }
}

/// What stands in an envelope stands there for ever, so nobody's words may: wherever an entry
/// would take any words, they are a commitment, and can be corrected and taken back.
#[test]
fn no_envelope_takes_words_that_somebody_wrote() {
    let mut looked = 0;
    for kind in STREAMS {
        for golden in kind.goldens() {
            let mut ways = Vec::new();
            texts(&Value::Object(golden.public.clone()), "", &mut ways);
            let open = |way: &&String| way.rsplit('/').next().is_none_or(|name| !NO_TEXTS.contains(&name));
            for way in ways.iter().filter(open) {
                let mut public = Value::Object(golden.public.clone());
                *public.pointer_mut(way).unwrap() = Value::from("请打给王女士，十点以后。");
                let Value::Object(public) = public else { panic!("fields are an object") };
                let fields = Fields { public, ..golden.kept() };
                assert!(
                    (kind.reads)(&golden.kind, fields).is_err(),
                    "{}: {way} takes any words",
                    golden.name
                );
                looked += 1;
            }
        }
    }
    assert!(looked > 150, "{looked}");
}

/// Texts for everyone are commitments, and whose they are says so.
#[test]
fn what_is_written_for_everyone_is_kept_apart() {
    let mut published: BTreeMap<String, usize> = BTreeMap::new();
    for kind in STREAMS {
        for golden in kind.goldens() {
            let record = (kind.again)(&golden);
            *published.entry(golden.kind).or_default() += record.published().len();
        }
    }
    assert_eq!(published["meeting.called.1"], 3, "title, venue, and why in a hurry");
    assert_eq!(published["meeting.resolved.1"], 6, "tasks, how one sees them done, money, standard");
    assert_eq!(published["order.asked.1"], 4);
    assert_eq!(published["receipt.opened.1"], 0);
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
    for Golden { name, public, private, .. } in goldens() {
        assert!(is_canonical(&Value::Object(public)), "{name}");
        for text in private.into_values() {
            assert!(is_canonical(&serde_json::from_str(&text).unwrap()), "{name}");
        }
    }
}

/// The fields of a kind: public ones, and private ones with whose they are.
#[derive(Default)]
struct Told {
    public: BTreeSet<String>,
    private: BTreeMap<String, Subject>,
    /// As which newer form it is read.
    read_as: Option<String>,
}

/// Every kind of event with its fields, as a page.
fn page() -> String {
    let mut out = String::from(
        "# What is recorded\n\n\
         Printed from the golden files in `crates/domain/events`. Every entry carries `time`, and `by`\n\
         (private, staff) where an account acted. A private field is committed to in the ledger and kept\n\
         apart, so that it can be erased; beside it stands whose it is.\n\n\
         In every stream values are erased, and texts for everyone (public) corrected or taken back, by an\n\
         entry of it, which is named after the stream:\n\n\
         | kind | public | private |\n|---|---|---|\n\
         | `….erased.1` | `reason` `values` |  |\n\
         | `….corrected.1` | `field` `reason` `values` `version` | `text` (public) |\n\
         | `….taken_back.1` | `reason` `values` |  |\n",
    );
    for kind in STREAMS {
        let mut told: BTreeMap<String, Told> = BTreeMap::new();
        for golden in kind.goldens() {
            let record = (kind.again)(&golden);
            let told = told.entry(golden.kind.clone()).or_default();
            if record.kind != golden.kind {
                told.read_as = Some(record.kind);
                continue;
            }
            told.public.extend(record.public.into_iter().map(|(field, _)| field).filter(|f| f != "time"));
            told.private.extend(record.whose.into_iter().filter(|(field, _)| field != "by"));
        }
        let _ = write!(out, "\n## {}\n\n| kind | public | private |\n|---|---|---|\n", kind.name);
        for (kind, told) in told {
            let public: Vec<_> = told.public.iter().map(|field| format!("`{field}`")).collect();
            let whose = |(field, whose): (&String, &Subject)| format!("`{field}` ({})", whose.word());
            let private: Vec<_> = told.private.iter().map(whose).collect();
            if let Some(newer) = told.read_as {
                let _ = writeln!(out, "| `{kind}` | read as `{newer}` |  |");
                continue;
            }
            let _ = writeln!(out, "| `{kind}` | {} | {} |", public.join(" "), private.join(" "));
        }
    }
    out
}

#[test]
fn the_page_of_what_is_recorded_is_the_programs() {
    printed("events.md", &page());
}
