//! Features do not know each other, and nothing they share knows them; each is in the list of
//! features; forms are taken in one way only: read from the sources.

use std::collections::BTreeSet;
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

/// What the source of one feature takes from others.
fn borrowed(source: &str, own: &str, features: &BTreeSet<String>) -> BTreeSet<String> {
    let source = code(source);
    let others = |name: &String| features.contains(name) && name != own;
    let mut borrowed: BTreeSet<String> = reached(&source, "super").into_iter().filter(others).collect();
    // Through the whole list anything could come, whatever it is called.
    borrowed.extend(reached(&source, "features").into_iter().filter(|name| name != own));
    borrowed
}

#[test]
fn a_borrowed_name_is_seen_however_it_is_written() {
    let features = ["board", "desk", "raise"].map(str::to_owned).into();
    for (source, wanted) in [
        ("use super::board::meta;", "board"),
        ("use super::{desk::nav,\n    own, board};", "board desk"),
        ("use crate::features::raise as other;", "raise"),
        ("use crate::{Cx, features::{board::{a, b}, raise}};", "board raise"),
        ("fn f() { super::super::desk::nav() }", "desk"),
        ("use crate::features::*;", "*"),
        ("// as super::board does\nuse super::own::row; use crate::shared::board::x;", ""),
        ("mod tests { use super::*; }", ""),
    ] {
        let names: Vec<String> = borrowed(source, "own", &features).into_iter().collect();
        assert_eq!(names.join(" "), wanted, "{source}");
    }
}

#[test]
fn no_feature_takes_anything_from_another() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folder = src.join("features");
    let name = |path: &Path| {
        let first = path.strip_prefix(&folder).unwrap().components().next().unwrap();
        first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
    };
    let files = sources(&folder);
    let features: BTreeSet<String> = files.iter().map(|path| name(path)).collect();
    assert!(features.contains("board") && features.contains("admin"), "{features:?}");
    for path in &files {
        let source = std::fs::read_to_string(path).unwrap();
        let borrowed = borrowed(&source, &name(path), &features);
        assert!(borrowed.is_empty(), "{} takes from {borrowed:?}: move it to shared", path.display());
    }
    // Only the crate's face leads to the list of features; what they stand on does not.
    for path in sources(&src).iter().filter(|path| !path.starts_with(&folder)) {
        let source = code(&std::fs::read_to_string(path).unwrap());
        let allowed = path.ends_with("lib.rs") || reached(&source, "features").is_empty();
        assert!(allowed, "{} knows a feature", path.display());
    }
}

#[test]
fn every_feature_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/features");
    let mut rooms = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        rooms.insert(name.trim_end_matches(".rs").to_owned());
    }
    rooms.remove("mod");
    let listed: BTreeSet<String> =
        yishi_web::FEATURES.iter().map(|feature| feature.name.to_owned()).collect();
    assert_eq!(listed, rooms);
    assert_eq!(listed.len(), yishi_web::FEATURES.len(), "a name stands twice");
}

#[test]
fn forms_are_taken_only_when_their_origin_and_token_have_been_checked() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for path in sources(&src).iter().filter(|path| !path.ends_with("sent.rs")) {
        let source = code(&std::fs::read_to_string(path).unwrap());
        let extracted = reached(&source, "extract");
        for raw in ["Form", "Multipart", "RawForm", "Bytes", "multipart"] {
            assert!(!extracted.contains(raw), "{} takes a form unchecked", path.display());
        }
        assert!(!reached(&source, "axum").contains("Form"), "{} takes a form unchecked", path.display());
        // A form that is written by hand carries its marks all the same.
        let (posted, marked) =
            (source.matches("method=\"post\"").count(), source.matches(".marks()").count());
        let unmarked = if path.ends_with("signin.rs") { 2 } else { 0 };
        assert!(posted <= marked + unmarked, "{}: a form without marks", path.display());
    }
}
