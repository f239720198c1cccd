//! Whatever was once released still reads, and what is written now is what was written then.

use super::files::{Golden, STREAMS, goldens, kinds_in_sources, printed};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use yishi_domain::record::Subject;

#[test]
fn every_kind_has_a_golden_file_and_every_golden_file_a_kind() {
    let found: BTreeSet<String> = goldens().into_iter().map(|golden| golden.kind).collect();
    assert_eq!(kinds_in_sources(), found);
    for golden in goldens() {
        assert_eq!(golden.kind.split('.').next(), Some(golden.stream.as_str()), "{}", golden.name);
    }
    let folders: BTreeSet<String> = goldens().into_iter().map(|golden| golden.stream).collect();
    let streams: BTreeSet<String> = STREAMS.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(folders, streams);
}

#[test]
fn reading_and_writing_again_gives_the_same_entry() {
    for kind in STREAMS {
        for golden in kind.goldens() {
            let record = (kind.again)(&golden);
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
}

/// Every kind of event with its fields, as a page.
fn page() -> String {
    let mut out = String::from(
        "# What is recorded\n\n\
         Printed from the golden files in `crates/domain/events`. Every entry carries `time`, and `by`\n\
         (private, staff) where an account acted. A private field is committed to in the ledger and kept\n\
         apart, so that it can be erased; beside it stands whose it is.\n\n\
         In every stream values are erased by an entry of it, which is named after the stream:\n\n\
         | kind | public | private |\n|---|---|---|\n\
         | `….erased.1` | `reason` `values` |  |\n",
    );
    for kind in STREAMS {
        let mut told: BTreeMap<String, Told> = BTreeMap::new();
        for golden in kind.goldens() {
            let record = (kind.again)(&golden);
            let told = told.entry(golden.kind.clone()).or_default();
            told.public.extend(record.public.into_iter().map(|(field, _)| field).filter(|f| f != "time"));
            told.private.extend(record.whose.into_iter().filter(|(field, _)| field != "by"));
        }
        let _ = write!(out, "\n## {}\n\n| kind | public | private |\n|---|---|---|\n", kind.name);
        for (kind, told) in told {
            let public: Vec<_> = told.public.iter().map(|field| format!("`{field}`")).collect();
            let whose = |(field, whose): (&String, &Subject)| format!("`{field}` ({})", whose.word());
            let private: Vec<_> = told.private.iter().map(whose).collect();
            let _ = writeln!(out, "| `{kind}` | {} | {} |", public.join(" "), private.join(" "));
        }
    }
    out
}

#[test]
fn the_page_of_what_is_recorded_is_the_programs() {
    printed("events.md", &page());
}
