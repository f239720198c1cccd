//! Features know of each other only faces, and what they stand on knows none of them; each is in
//! the list of features; forms are taken in one way only: read from the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The source on one line, without comments.
fn code(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join(" ")
}

/// First names of what follows a path's `::`: one, those of a group, or `*`.
fn heads(rest: &str) -> Vec<String> {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else {
        let end = rest.find(|c: char| c != '*' && c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
        return vec![rest[..end].to_owned()];
    };
    let (mut depth, mut from, mut names) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            ',' | '}' if depth == 0 => {
                names.extend(heads(&group[from..at]));
                from = at + 1;
                if character == '}' {
                    break;
                }
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// All that a source reaches for through a module.
fn reached(source: &str, module: &str) -> BTreeSet<String> {
    let path = format!("{module}::");
    source
        .match_indices(&path)
        .filter(|(at, _)| !source[..*at].ends_with(|c: char| c == '_' || c.is_alphanumeric()))
        .flat_map(|(at, _)| heads(&source[at + path.len()..]))
        .collect()
}

/// The items of a group, or the one path that there is.
fn items(rest: &str) -> Vec<&str> {
    let rest = rest.trim_start();
    let Some(group) = rest.strip_prefix('{') else { return vec![rest] };
    let (mut depth, mut from, mut items) = (0, 0, Vec::new());
    for (at, character) in group.char_indices() {
        match character {
            ',' | '}' if depth == 0 => {
                items.push(group[from..at].trim());
                from = at + 1;
                if character == '}' {
                    break;
                }
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    items
}

/// What the source of one feature takes from others than its own: `board::face`, or `board`
/// where it takes all of it.
fn borrowed(source: &str, own: &str, features: &BTreeSet<String>) -> BTreeSet<String> {
    let source = code(source);
    let mut borrowed = BTreeSet::new();
    let roots = [
        "crate",
        "super",
        "yishi_pages_dispatch",
        "yishi_pages_matters",
        "yishi_pages_meetings",
        "yishi_pages_town",
    ];
    for path in roots.map(|root| format!("{root}::")) {
        let found = source.match_indices(&path);
        let whole = |at: usize| !source[..at].ends_with(|c: char| c == '_' || c.is_alphanumeric());
        for (at, _) in found.filter(|(at, _)| whole(*at)) {
            for item in items(&source[at + path.len()..]) {
                let name = heads(item).concat();
                if !features.contains(&name) || name == own {
                    continue;
                }
                match item[name.len()..].strip_prefix("::") {
                    Some(inside) => borrowed.extend(heads(inside).iter().map(|one| format!("{name}::{one}"))),
                    None => drop(borrowed.insert(name)),
                }
            }
        }
    }
    borrowed
}

#[test]
fn a_borrowed_name_is_seen_however_it_is_written() {
    let features = ["board", "desk", "raise"].map(str::to_owned).into();
    for (source, wanted) in [
        ("use super::board::meta;", "board::meta"),
        ("use super::{desk::nav,\n    own, board};", "board desk::nav"),
        ("use crate::raise as other;", "raise"),
        ("use yishi_pages_matters::{board::{a, b}, raise::face::x};", "board::a board::b raise::face"),
        ("fn f() { super::super::desk::nav() }", "desk::nav"),
        ("use crate::board::face::{Item, item};", "board::face"),
        ("// as super::board does\nuse super::own::row;", ""),
        ("mod tests { use super::*; }", ""),
    ] {
        let names: Vec<String> = borrowed(source, "own", &features).into_iter().collect();
        assert_eq!(names.join(" "), wanted, "{source}");
    }
}

/// The groups of features, each a crate.
const GROUPS: [&str; 4] = ["dispatch", "matters", "meetings", "town"];

/// The features of all groups with their sources.
fn features() -> BTreeMap<String, Vec<PathBuf>> {
    let mut features: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for group in GROUPS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(group).join("src");
        for path in sources(&folder) {
            let first = path.strip_prefix(&folder).unwrap().components().next().unwrap();
            let name = first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
            features.entry(name).or_default().push(path);
        }
    }
    features.remove("lib");
    features
}

#[test]
fn a_feature_takes_nothing_from_another_but_its_face() {
    let features = features();
    let names: BTreeSet<String> = features.keys().cloned().collect();
    assert!(names.contains("board") && names.contains("admin"), "{names:?}");
    // Which faces a face shows things of: this must end somewhere.
    let mut below: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, paths) in &features {
        for path in paths {
            let source = std::fs::read_to_string(path).unwrap();
            for taken in borrowed(&source, name, &names) {
                let face = taken.strip_suffix("::face");
                let face = face.unwrap_or_else(|| panic!("{} takes {taken}", path.display()));
                if path.components().any(|part| part.as_os_str().to_str().unwrap().starts_with("face")) {
                    below.entry(name.clone()).or_default().insert(face.to_owned());
                }
            }
        }
    }
    while !below.is_empty() {
        let open: BTreeSet<String> = below.keys().cloned().collect();
        let before = below.len();
        below.retain(|_, faces| faces.iter().any(|face| open.contains(face)));
        assert!(below.len() < before, "these faces show each other: {below:?}");
    }
    // What features stand on knows none of them.
    for path in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/src")) {
        let source = code(&std::fs::read_to_string(&path).unwrap());
        assert!(!source.contains("yishi_pages"), "{} knows a feature", path.display());
    }
}

#[test]
fn every_feature_is_in_the_list() {
    let rooms: BTreeSet<String> = features().into_keys().collect();
    let listed: BTreeSet<String> =
        yishi_pages::FEATURES.iter().map(|feature| feature.name.to_owned()).collect();
    assert_eq!(listed, rooms);
    assert_eq!(listed.len(), yishi_pages::FEATURES.len(), "a name stands twice");
}

/// What pages ask of an office that records nothing, or once by itself whatever it is asked for:
/// things whose ids follow from the form or from who sends it, ballots, and what is gone.
const WITHOUT_A_FORM: [&str; 21] = [
    // A link is no entry: made twice, the later one holds. So it is with how far somebody has seen.
    "link_calendar",
    "end_calendar",
    "seen",
    "make",
    "raise",
    // Once for each number of a partner's own.
    "raise_for_partner",
    "said_before",
    "join",
    "add",
    "sign_in",
    "vote",
    "correct",
    "erase",
    "erase_own",
    "erase_receipt",
    "erase_matter",
    "erase_member",
    "erase_seat",
    "erase_objection",
    // A look at a contact is one each time, however one came to it.
    "reached",
    // Puts rules together from what stands: the same, however often.
    "lay",
];
const READS: [&str; 45] = [
    "layers",
    "rules_text",
    "shipped_rules",
    "find",
    "sought",
    "whole",
    "of_form",
    "now",
    "load",
    "load_all",
    "rules",
    "rules_since",
    "numbers",
    "paper",
    "pack",
    "readable",
    // A sheet before it is imported.
    "look_at",
    "repeats",
    // What a message that waits tells, when it is sent.
    "notice",
    "places_listed",
    "bodies_listed",
    "people_listed",
    "members_listed",
    "path_at",
    "local",
    "path_of_matter",
    "username",
    // Codes of receipts, and what they open.
    "code_of",
    "receipt_by_code",
    "pass",
    "passes",
    // Whose a token is, and where it holds.
    "partner",
    "reaches",
    // A line of a record before it is recorded, and the link of its slip.
    "line_raised",
    "line_known",
    "secret_of_slip",
    // What came to somebody, the days of a desk, and when people are told.
    "inbox",
    "unseen",
    "seen_upto",
    "calendars",
    "calendar_of",
    "calendar_days",
    "sittings",
    "changed",
    "telling",
];

#[test]
fn what_a_form_asks_for_is_asked_of_the_office_that_does_it_once() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all: Vec<PathBuf> = ["../web", "dispatch", "matters", "meetings", "town"]
        .iter()
        .flat_map(|one| sources(&pages.join(one).join("src")))
        .collect();
    let mut asked = 0;
    // Signing in has its own words: of links, of sessions, of codes.
    for path in all.iter().filter(|path| !path.to_string_lossy().contains("/signin/")) {
        let source = code(&std::fs::read_to_string(path).unwrap());
        let source: String = source.split_whitespace().collect();
        let plain = source.contains("app.office;") || source.contains("app.office,");
        for (at, _) in source.match_indices("office.") {
            if !plain && !source[..at].ends_with("app.") {
                continue;
            }
            let rest = &source[at + "office.".len()..];
            let Some((word, _)) = rest.split_once('(') else { continue };
            if word.is_empty() || !word.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                continue;
            }
            asked += 1;
            let known = WITHOUT_A_FORM.contains(&word) || READS.contains(&word) || word.contains("session");
            assert!(known, "{}: ask cx.office() to {word}, which does it once", path.display());
        }
    }
    assert!(asked > 20, "{asked}");
}

#[test]
fn forms_are_taken_only_when_their_origin_and_token_have_been_checked() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all: Vec<PathBuf> = ["../web", "dispatch", "matters", "meetings", "town"]
        .iter()
        .flat_map(|one| sources(&pages.join(one).join("src")))
        .collect();
    for path in all.iter().filter(|path| !path.ends_with("sent.rs")) {
        let source = code(&std::fs::read_to_string(path).unwrap());
        let extracted = reached(&source, "extract");
        for raw in ["Form", "Multipart", "RawForm", "Bytes", "multipart"] {
            assert!(!extracted.contains(raw), "{} takes a form unchecked", path.display());
        }
        assert!(!reached(&source, "axum").contains("Form"), "{} takes a form unchecked", path.display());
        // A form that is written by hand carries its marks all the same.
        let (posted, marked) =
            (source.matches("method=\"post\"").count(), source.matches(".marks()").count());
        // What is sent again as it was has its marks in it.
        let unmarked = match path {
            // Whoever is not in yet has no token.
            _ if path.ends_with("signin/mod.rs") || path.ends_with("signin/second_step.rs") => 2,
            _ if path.ends_with("error.rs") => 1,
            _ => 0,
        };
        assert!(posted <= marked + unmarked, "{}: a form without marks", path.display());
    }
}
