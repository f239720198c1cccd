//! The rules of the house as tests: which crate may see which, how many packages, under
//! which licences, how long a file.
#![allow(clippy::unwrap_used)]

use crate::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

/// Most packages that the program may be made of.
const MOST_PACKAGES: usize = 320;
/// Longest source file, in lines.
const LONGEST_FILE: usize = 800;

fn metadata() -> Value {
    // Only what is built here: packages for other systems are not even downloaded.
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let rustc = String::from_utf8(rustc.stdout).unwrap();
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Normal dependencies of each of our crates.
fn arrows(metadata: &Value) -> BTreeMap<String, BTreeSet<String>> {
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| package["source"].is_null())
        .map(|package| {
            let normal = package["dependencies"].as_array().unwrap().iter().filter(|d| d["kind"].is_null());
            let names = normal.map(|d| d["name"].as_str().unwrap().to_owned()).collect();
            (package["name"].as_str().unwrap().to_owned(), names)
        })
        .collect()
}

#[test]
fn arrows_run_down_only() {
    // Without the front of their names. Pages of one group show things of another by its
    // faces: in the order in which they stand here.
    const ALLOWED: [(&str, &str); 21] = [
        ("ledger", ""),
        ("tally", ""),
        ("calendar", ""),
        ("picture", ""),
        ("papers", ""),
        ("spreadsheet", ""),
        ("kernel", "calendar"),
        ("domain", "kernel tally"),
        ("store", "ledger kernel"),
        ("office", "spreadsheet kernel domain store"),
        ("courier", "kernel"),
        ("web", "courier picture papers spreadsheet tally kernel domain store office"),
        ("pages-matters", "calendar courier papers spreadsheet kernel domain store office web"),
        ("pages-dispatch", "papers spreadsheet kernel domain store office web pages-matters"),
        (
            "pages-meetings",
            "papers spreadsheet tally kernel domain store office web pages-matters pages-dispatch",
        ),
        ("pages-town", "papers spreadsheet kernel domain store office web"),
        ("pages", "web pages-matters pages-dispatch pages-meetings pages-town"),
        ("yishi", "calendar courier spreadsheet tally kernel domain store office web pages"),
        ("testkit", "kernel domain store office"),
        ("year", "kernel domain"),
        ("xtask", ""),
    ];
    let bare = |name: &str| name.strip_prefix("yishi-").unwrap_or(name).to_owned();
    let arrows = arrows(&metadata());
    for (name, dependencies) in &arrows {
        let (_, allowed) = ALLOWED
            .iter()
            .find(|(known, _)| *known == bare(name))
            .unwrap_or_else(|| panic!("{name} has no arrows yet"));
        for dependency in dependencies.iter().filter(|d| d.starts_with("yishi")) {
            assert!(
                allowed.split(' ').any(|one| one == bare(dependency)),
                "{name} -> {dependency} is no arrow of the design"
            );
        }
    }
}

/// Packages that a package is built of, itself among them, as `name vVERSION`.
fn built_of(package: &str, edges: &str) -> BTreeSet<String> {
    let output = Command::new("cargo")
        .args(["tree", "--prefix=none", "--no-dedupe", "--locked", "--offline"])
        .args(["--package", package, "--edges", edges])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let names = text.lines().map(|line| line.split(" (").next().unwrap().trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[test]
fn pure_crates_stay_pure() {
    // All the way down.
    const NEVER: [&str; 8] =
        ["tokio", "rusqlite", "tokio-postgres", "axum", "hyper", "reqwest", "tempfile", "tracing-subscriber"];
    // Only by name: uuid brings getrandom along, since one set of features serves all crates.
    const NOT_DIRECTLY: [&str; 2] = ["getrandom", "rand"];
    let arrows = arrows(&metadata());
    for pure in
        ["yishi-ledger", "yishi-tally", "yishi-calendar", "yishi-kernel", "yishi-domain", "yishi-papers"]
    {
        for package in built_of(pure, "normal") {
            let name = package.split(' ').next().unwrap();
            assert!(!NEVER.contains(&name), "{pure} is built of {name}");
        }
        for dependency in &arrows[pure] {
            assert!(!NOT_DIRECTLY.contains(&dependency.as_str()), "{pure} -> {dependency}");
        }
    }
    // Nor does their code ask for the time, for chance or for the machine.
    for folder in [
        "crates/ledger/src",
        "crates/tally/src",
        "crates/calendar/src",
        "crates/kernel/src",
        "crates/domain/src",
        "crates/papers/src",
    ] {
        files(&root().join(folder), &mut |path, text| {
            for word in
                ["SystemTime", "::now(", "now_v7", "new_v4", "std::fs", "std::net", "std::env", "thread::"]
            {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        });
    }
}

#[test]
fn the_program_is_made_of_few_packages() {
    let count = built_of("yishi", "normal,build").len();
    println!("{count} packages");
    assert!(count > 50 && count <= MOST_PACKAGES, "{count} packages");
}

#[test]
fn every_dependency_is_named_by_its_crate() {
    for package in metadata()["packages"].as_array().unwrap().iter().filter(|p| p["source"].is_null()) {
        let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
        // What only tests name is a dependency of tests.
        for (kind, rooms) in [(None, &["src"][..]), (Some("dev"), &["src", "tests", "benches"])] {
            let mut code = String::new();
            for room in rooms {
                files(&folder.join(room), &mut |path, text| {
                    if path.extension().is_some_and(|extension| extension == "rs") {
                        code.extend(
                            text.lines()
                                .filter(|line| !line.trim_start().starts_with("//"))
                                .flat_map(|line| [line, "\n"]),
                        );
                    }
                });
            }
            let declared = package["dependencies"].as_array().unwrap();
            for dependency in declared.iter().filter(|d| d["kind"].as_str() == kind) {
                let name = dependency["rename"].as_str().unwrap_or(dependency["name"].as_str().unwrap());
                assert!(
                    names(&code, &name.replace('-', "_")),
                    "{} never names its dependency {name} in {}: take it out, or move it to where it is used",
                    package["name"],
                    rooms.join(", ")
                );
            }
        }
    }
}

/// Whether code takes something from a crate: by a path, or by `use` of the crate itself.
fn names(code: &str, crate_name: &str) -> bool {
    code.match_indices(crate_name).any(|(at, found)| {
        let (before, after) = (&code[..at], &code[at + found.len()..]);
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':')
            && (after.starts_with("::") || before.ends_with("use ") && after.starts_with([';', ' ']))
    })
}

#[test]
fn a_crate_is_named_by_a_path_or_by_use() {
    for code in ["tower::Service", "use tower;", "use tower as t;", "#[tower::test]"] {
        assert!(names(code, "tower"), "{code}");
    }
    for code in ["crate::tower::up()", "let tower = 1;", "my_tower::x", "tower_http::x", ""] {
        assert!(!names(code, "tower"), "{code}");
    }
}

/// Licences whose work may be joined with ours.
const FREE: [&str; 15] = [
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "Unlicense",
    "0BSD",
    "CC0-1.0",
    "BSL-1.0",
    "MPL-2.0",
];

/// Whether an SPDX expression leaves a choice that is free: one side of each OR, both of each AND.
fn is_free(expression: &str) -> bool {
    let one = |part: &str| {
        let part = part.trim();
        match part.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            Some(inner) => is_free(inner),
            None => FREE.contains(&part),
        }
    };
    outermost(expression, " OR ").iter().any(|choice| outermost(choice, " AND ").iter().all(|part| one(part)))
}

/// Parts of an expression between the words that stand in no bracket.
fn outermost<'a>(expression: &'a str, word: &str) -> Vec<&'a str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, character) in expression.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth == 0 && expression[at..].starts_with(word) => {
                parts.push(&expression[from..at]);
                from = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&expression[from..]);
    parts
}

#[test]
fn licence_expressions_are_read_as_spdx_means_them() {
    for free in ["MIT", "GPL-3.0-only OR MIT", "(MIT OR GPL-2.0-only) AND Unicode-3.0", "MIT AND (ISC OR X)"]
    {
        assert!(is_free(free), "{free}");
    }
    for bound in ["", "GPL-3.0-only", "(MIT OR Apache-2.0) AND GPL-3.0-only", "MIT AND SSPL-1.0 OR X"] {
        assert!(!is_free(bound), "{bound}");
    }
}

#[test]
fn every_licence_may_be_joined_with_ours() {
    for package in metadata()["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        if package["source"].is_null() {
            assert_eq!(licence, "AGPL-3.0-or-later", "{name}");
        } else {
            // Older packages write MIT/Apache-2.0.
            assert!(is_free(&licence.replace('/', " OR ")), "{name} is under {licence}");
        }
    }
}

#[test]
fn cargo_deny_knows_the_same_licences() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).unwrap();
    let allowed = deny.split("allow = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    let allowed: Vec<&str> = allowed
        .split(',')
        .map(|line| line.trim().trim_matches('"'))
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(allowed, FREE);
}

#[test]
fn files_stay_short_and_name_no_machine() {
    for folder in ["crates", "docs", "e2e", "xtask"] {
        files(&root().join(folder), &mut |path, text| {
            let lines = text.lines().count();
            let ours = path.extension().is_some_and(|extension| extension == "rs" || extension == "mjs");
            assert!(!ours || lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
            for place in ["work", "root", "home", "tmp"].map(|name| format!("/{name}/")) {
                assert!(!text.contains(&place), "{} names {place}", path.display());
            }
        });
    }
}

/// Every text file of a folder but what others wrote.
fn files(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("vendor") {
                files(&path, visit);
            }
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            visit(&path, &text);
        }
    }
}
