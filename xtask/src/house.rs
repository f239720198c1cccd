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
const LONGEST_FILE: usize = 900;

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
    const ALLOWED: [(&str, &[&str]); 7] = [
        ("yishi-ledger", &[]),
        ("yishi-domain", &[]),
        ("yishi-store", &["yishi-ledger", "yishi-domain"]),
        ("yishi-web", &["yishi-domain", "yishi-store"]),
        ("yishi", &["yishi-domain", "yishi-store", "yishi-web"]),
        ("yishi-testkit", &["yishi-domain", "yishi-store"]),
        ("xtask", &[]),
    ];
    let arrows = arrows(&metadata());
    for (name, dependencies) in &arrows {
        let (_, allowed) = ALLOWED
            .iter()
            .find(|(known, _)| known == name)
            .unwrap_or_else(|| panic!("{name} has no arrows yet"));
        for dependency in dependencies.iter().filter(|d| d.starts_with("yishi")) {
            assert!(
                allowed.contains(&dependency.as_str()),
                "{name} -> {dependency} is no arrow of the design"
            );
        }
    }
}

#[test]
fn pure_crates_stay_pure() {
    const IMPURE: [&str; 14] = [
        "tokio",
        "rusqlite",
        "tokio-postgres",
        "deadpool-postgres",
        "axum",
        "hyper",
        "reqwest",
        "getrandom",
        "rand",
        "uuid-rng-internal",
        "tower-http",
        "tempfile",
        "tracing-subscriber",
        "lettre",
    ];
    let arrows = arrows(&metadata());
    for pure in ["yishi-ledger", "yishi-domain"] {
        for dependency in &arrows[pure] {
            assert!(!IMPURE.contains(&dependency.as_str()), "{pure} -> {dependency}");
        }
    }
    // Nor does their code look at the clock or the machine by the standard library.
    for folder in ["crates/ledger/src", "crates/domain/src"] {
        sources(&root().join(folder), &mut |path, text| {
            for word in [
                "SystemTime",
                "Instant::now",
                "Timestamp::now",
                "std::fs",
                "std::net",
                "std::env",
                "thread::",
            ] {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        });
    }
}

#[test]
fn the_program_is_made_of_few_packages() {
    let output = Command::new("cargo")
        .args([
            "tree",
            "--package=yishi",
            "--edges=normal,build",
            "--prefix=none",
            "--no-dedupe",
            "--locked",
            "--offline",
        ])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages: BTreeSet<&str> = text
        .lines()
        .map(|line| line.split(" (").next().unwrap().trim())
        .filter(|line| !line.is_empty())
        .collect();
    println!("{} packages", packages.len());
    assert!(packages.len() > 50 && packages.len() <= MOST_PACKAGES, "{} packages", packages.len());
}

#[test]
fn every_licence_may_be_joined_with_ours() {
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
    for package in metadata()["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        if package["source"].is_null() {
            assert_eq!(licence, "AGPL-3.0-or-later", "{name}");
            continue;
        }
        let licence = licence.replace('/', " OR ");
        // One of the choices must do, and of it every part.
        let fits = licence.split(" OR ").any(|choice| {
            choice.split(" AND ").all(|part| FREE.contains(&part.trim_matches(['(', ')', ' '])))
        });
        assert!(fits, "{name} is under {licence}");
    }
}

#[test]
fn files_stay_short_and_name_no_machine() {
    sources(&root().join("crates"), &mut |path, text| {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines", path.display());
        for place in ["/work/", "/root/", "/home/"] {
            assert!(!text.contains(place), "{} names {place}", path.display());
        }
    });
}

fn sources(folder: &Path, visit: &mut dyn FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}
