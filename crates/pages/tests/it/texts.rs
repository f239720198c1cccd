//! Every text is there in both languages, is used, and is there where one is used: read from
//! the texts of all features and from all sources of pages.

use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use yishi_pages::FEATURES;
use yishi_web::texts::{Language, Locale, OF_PLACE, all, collect, families};

/// Where pages are written.
const SOURCES: [&str; 5] = ["../web/src", "dispatch/src", "matters/src", "meetings/src", "town/src"];

fn keys(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    FluentResource::try_new(file.to_owned()).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut keys = BTreeMap::new();
    let mut last = String::new();
    for line in file.lines() {
        if let Some((key, _)) =
            line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            last = key.to_owned();
            assert!(keys.insert(last.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
        }
        for part in line.split("{ $").skip(1) {
            let name = part.split([' ', '}']).next().unwrap().to_owned();
            // What a place is called one language may say where the other does without.
            if OF_PLACE.contains(&name.as_str()) {
                continue;
            }
            keys.get_mut(&last).unwrap().insert(name);
        }
    }
    keys
}

fn read(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

/// All sources of pages, one after the other.
fn sources() -> String {
    let mut out = String::new();
    for folder in SOURCES {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut out);
    }
    out
}

/// The Fluent files that lie beside sources.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "ftl") {
            out.push(path);
        }
    }
}

/// Names that fields are given in forms: `f.text("reason")`.
fn fields(source: &str) -> BTreeSet<&str> {
    const KINDS: [&str; 14] = [
        "text",
        "completed",
        "area",
        "day",
        "minute",
        "time",
        "number",
        "item",
        "amount",
        "select",
        "radios",
        "radios_or_none",
        "checks",
        "check",
    ];
    let named = |kind: &str| {
        let call = format!(".{kind}(\"");
        let parts: Vec<&str> = source.split(call.as_str()).skip(1).collect();
        parts.into_iter().filter_map(|part| part.split('"').next()).collect::<Vec<_>>()
    };
    KINDS.iter().flat_map(|kind| named(kind)).collect()
}

#[test]
fn both_languages_have_every_text_with_the_same_values() {
    let mut seen = BTreeSet::new();
    for texts in all(FEATURES) {
        assert_eq!(keys(texts.zh), keys(texts.en));
        for key in keys(texts.zh).into_keys() {
            assert!(seen.insert(key.clone()), "{key} stands in two files");
        }
    }
}

#[test]
fn every_file_of_texts_is_given_to_the_program() {
    let given: BTreeSet<&str> = all(FEATURES).flat_map(|texts| [texts.zh, texts.en]).collect();
    let mut found = Vec::new();
    for folder in SOURCES {
        files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    }
    assert!(found.len() >= given.len());
    for path in found {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(given.contains(text.as_str()), "nobody is given {}", path.display());
    }
}

#[test]
fn every_text_is_used_and_every_used_text_is_there() {
    let all: BTreeSet<String> = all(FEATURES).flat_map(|texts| keys(texts.zh).into_keys()).collect();
    let source = sources();
    let words: BTreeSet<&str> = source.split('"').skip(1).collect();
    let fields = fields(&source);
    // A field's label is called by its act or its family and its name.
    let derived = |key: &str| {
        let mut cuts = key.match_indices('-');
        cuts.any(|(at, _)| words.contains(&key[..at]) && fields.contains(&key[at + 1..]))
    };
    for key in &all {
        let dynamic = families(FEATURES).any(|family| key.starts_with(family.front));
        // A hint goes with the label of its key.
        let label = key.strip_suffix("-hint").filter(|label| all.contains(*label)).unwrap_or(key);
        let used = [key.as_str(), label].iter().any(|key| words.contains(key) || derived(key));
        assert!(dynamic || used, "nothing says {key}");
    }
    for call in ["say(\"", "with(\"", "label(\"", "hint(\"", "submit(\""] {
        for part in source.split(call).skip(1) {
            let key = part.split('"').next().unwrap();
            let plain = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if plain && key.contains('-') && !key.ends_with('-') {
                assert!(all.contains(key), "no text for {key}");
            }
        }
    }
}

#[test]
fn every_word_of_the_domain_has_a_text() {
    collect(FEATURES);
    let mut count = 0;
    for family in families(FEATURES) {
        for word in (family.words)() {
            let key = format!("{}{word}", family.front);
            for locale in [Language::ZhHans, Language::En].map(Locale::from) {
                assert_ne!(locale.say(&key), key);
            }
            count += 1;
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn every_way_has_a_text() {
    collect(FEATURES);
    for way in FEATURES.iter().flat_map(|feature| feature.nav.iter().chain(feature.board)) {
        assert_ne!(Locale::from(Language::En).say(way.text), way.text);
    }
}

/// A sentence that begins with a value, or goes on with one after another sentence, begins with a
/// capital, whatever is said there: the people of the community, the owners together.
#[test]
fn every_english_sentence_begins_with_a_capital() {
    collect(FEATURES);
    let t = Locale::from(Language::En);
    let (mut count, mut wrong) = (0, Vec::new());
    for line in all(FEATURES).flat_map(|texts| texts.en.lines()) {
        let Some((key, text)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with(' ')) else {
            continue;
        };
        let names: Vec<&str> =
            text.split("{ $").skip(1).filter_map(|part| part.split([' ', '}']).next()).collect();
        let small = "the people of the place";
        let values: Vec<(&str, &dyn std::fmt::Display)> =
            names.iter().map(|name| (*name, &small as &dyn std::fmt::Display)).collect();
        let said = t.with(key, &values);
        // What stands in a row with others is a name or a number, and no sentence.
        let rest = text.split_once(" }").map_or("", |(_, rest)| rest);
        let goes_on = rest.is_empty()
            || rest.starts_with(|c: char| ",.;:’'".contains(c))
            || rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
        if text.starts_with("{ $") && goes_on {
            count += 1;
            if !said.starts_with(|c: char| c.is_uppercase()) {
                wrong.push(said.clone());
            }
        }
        if [". the people", "! the people", "? the people"].iter().any(|end| said.contains(end)) {
            wrong.push(said);
        }
    }
    assert!(count > 60, "{count}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    let own = t.say("danger-own-people");
    let seen = t.with("told-danger-seen", &[("name", &own)]);
    assert_eq!(seen, "The staff of the community have seen it");
    assert_eq!(t.said("{party}", "{party}"), "The community's Party organisation");
    assert_eq!(t.say("organisation-residents_committee"), "Residents' committee");
    // Where a thing stands is a badge beside others.
    for family in families(FEATURES).filter(|family| family.front.ends_with("stage-")) {
        for word in (family.words)() {
            let said = t.say(&format!("{}{word}", family.front));
            let first = said.chars().find(|c| c.is_alphabetic());
            assert!(first.is_some_and(char::is_uppercase), "{said}");
        }
    }
    let row = t.with("chain-when", &[("time", &"now"), ("role", &"steward"), ("number", &7)]);
    assert!(row.starts_with("now · steward"), "{row}");
}

/// Values that are never one: what somebody or something is called, and limits.
const NEVER_ONE: [&str; 7] = ["by", "least", "line", "max", "most", "name", "number"];

/// Texts that are only said of more than one, or say a limit.
const OF_SEVERAL: [&str; 14] = [
    "accounts-lead",
    "board-late-more",
    "desk-lead-more",
    "object-voices",
    "posters-all-many",
    "records-stale",
    "refusal-plan-many",
    "refusal-text-too-long",
    "refusal-told-to-several",
    "repeats-latest",
    "repeats-nth",
    "repeats-often",
    "topic-more",
    "unanswered-cut",
];

/// Whether one of something is said as if it were several: "1 matters", "1 further steps", "1 are".
fn says_one_as_several(said: &str) -> bool {
    let words: Vec<&str> = said.split_whitespace().collect();
    let mut ones = words.iter().enumerate().filter(|(_, word)| **word == "1");
    ones.any(|(at, _)| {
        // As far as the part of the sentence goes.
        let mut clause = Vec::new();
        for word in words[at + 1..].iter().take_while(|word| !word.starts_with(['(', '“'])) {
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\'');
            clause.push(bare);
            if bare.len() < word.len() {
                break;
            }
        }
        let own = |word: &&&str| !["confirmed", "further", "more", "open", "standing"].contains(*word);
        let what = clause.iter().find(own).copied().unwrap_or_default();
        let plural = what == "people"
            || what.len() > 3 && what.ends_with('s') && !what.ends_with("'s") && what != "lies";
        plural || clause.iter().take(4).any(|word| ["are", "have", "were"].contains(word))
    })
}

#[test]
fn one_of_something_is_said_as_one_in_english() {
    for said in ["1 matters need you now", "opened with 1 further steps", "1 of them are late", "1 people"] {
        assert!(says_one_as_several(said), "{said}");
    }
    for said in ["1 matter needs you", "1 was late; others were not", "1 day's notice", "reports: 1 (days)"] {
        assert!(!says_one_as_several(said), "{said}");
    }
    collect(FEATURES);
    let t = Locale::from(Language::En);
    let mut wrong = BTreeMap::new();
    for (key, names) in all(FEATURES).flat_map(|texts| keys(texts.en)) {
        let value = |name: &str| if NEVER_ONE.contains(&name) { "…" } else { "1" };
        let said: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), value(name))).collect();
        let values: Vec<(&str, &dyn std::fmt::Display)> =
            said.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
        let said = t.with(&key, &values);
        if says_one_as_several(&said) {
            wrong.insert(key, said);
        }
    }
    // An exception that is none any more is taken out.
    for key in OF_SEVERAL {
        assert!(wrong.remove(key).is_some(), "{key} reads right of one");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
