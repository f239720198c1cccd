//! `yishi tally` as it is run: what it prints for good files, and that a bad one is told by its
//! place, with nothing printed and exit code 2.
#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tally/tests/fixtures").join(name)
}

fn tally(kind: &str, file: &Path, options: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yishi"));
    command.arg("tally").arg(kind).arg(file).args(options).output().unwrap()
}

/// What a good run prints.
#[track_caller]
fn printed(kind: &str, file: &str, options: &[&str]) -> String {
    let output = tally(kind, &fixture(file), options);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
    String::from_utf8(output.stdout).unwrap()
}

/// The one line of JSON, and its keys in their order.
#[track_caller]
fn counted(kind: &str, file: &str, options: &[&str]) -> (Value, String) {
    let printed = printed(kind, file, options);
    let line = printed.strip_suffix('\n').unwrap();
    assert!(!line.contains('\n'));
    (serde_json::from_str(line).unwrap(), line.to_owned())
}

/// What a bad run says.
#[track_caller]
fn refused(output: Output) -> String {
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "");
    String::from_utf8(output.stderr).unwrap()
}

/// Run on a file of this content, whose name stands before the place.
#[track_caller]
fn refused_file(kind: &str, content: &[u8], options: &[&str], place: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, content).unwrap();
    let said = refused(tally(kind, &file, options));
    let begin = format!("yishi: {}:{place}: expected ", file.display());
    assert!(said.starts_with(&begin), "{said}");
    assert!(said.contains(", found "), "{said}");
    said
}

#[test]
fn owners_are_counted() {
    let (outcome, line) = counted("owners", "owners/roof.json", &[]);
    assert!(line.starts_with(
        r#"{"total":{"heads":6,"area":"629.00"},"strict":{"took_part":{"heads":4,"area":"375.21"},"for":"#
    ));
    assert_eq!(outcome["strict"]["missing"], json!({"heads": 1, "area": "44.13"}));
    assert_eq!(outcome["silence_follows_majority"]["missing"], Value::Null);
    assert_eq!(outcome["invalid"], json!(["o6", "o7", "o9"]));
    // Without a date the law of today counts.
    let (outcome, _) = counted("owners", "owners/lift.json", &[]);
    assert_eq!(outcome["strict"]["passed"], json!(true));
    assert!(outcome["article"].as_str().unwrap().contains("278"));
}

#[test]
fn ranked_ballots_are_counted() {
    for rule in ["approval", "borda", "copeland", "schulze", "irv", "stv"] {
        let (outcome, line) = counted("ranked", "ranked/courtyard.soc", &["--rule", rule]);
        assert!(line.starts_with(&format!(r#"{{"rule":"{rule}","winners":["#)), "{line}");
        assert!(outcome["ranking"].is_array() && outcome["rounds"].is_array());
    }
    // Seats are those the file names, or those asked for.
    let winners = |options: &[&str]| {
        let (outcome, _) = counted("ranked", "ranked/committee.csv", &[&["--rule", "stv"], options].concat());
        outcome["winners"].as_array().unwrap().len()
    };
    assert_eq!((winners(&[]), winners(&["--seats", "1"])), (2, 1));
}

#[test]
fn projects_are_chosen() {
    for rule in ["greedy", "mes", "mes-add1", "phragmen"] {
        let (outcome, line) = counted("budget", "pb/xinglin.pb", &["--rule", rule]);
        assert!(line.starts_with(&format!(r#"{{"rule":"{rule}","utility":"cost","selected":["#)), "{line}");
        assert!(outcome["cost"].is_string() && outcome["order"].is_array() && outcome["explain"].is_array());
        let named = counted("budget", "pb/xinglin.pb", &["--rule", rule, "--utility", "cost"]).0;
        assert_eq!(named, outcome);
    }
    let cardinality = ["--rule", "greedy", "--utility", "cardinality"];
    assert_eq!(counted("budget", "pb/xinglin.pb", &cardinality).0["utility"], "cardinality");
}

#[test]
fn reasons_come_in_the_language_asked_for() {
    let zh = printed("owners", "owners/roof.json", &["--explain", "zh"]);
    assert!(zh.contains("6 名业主中 4 人参与表决，需 4 人：人数已达三分之二。\n"), "{zh}");
    let en = printed("owners", "owners/roof.json", &["--explain", "en"]);
    assert!(en.contains("4 of 6 heads took part, 4 needed"), "{en}");
    assert_eq!(zh.lines().count(), en.lines().count());
    for (kind, file, options) in [
        ("ranked", "ranked/courtyard.soc", ["--rule", "schulze"]),
        ("budget", "pb/xinglin.pb", ["--rule", "mes"]),
    ] {
        let said = |language| printed(kind, file, &[&options[..], &["--explain", language]].concat());
        assert!(!said("en").is_empty() && said("en") != said("zh"));
        assert_eq!(said("zh").lines().count(), said("en").lines().count());
    }
}

#[test]
fn a_malformed_file_is_told_by_its_place() {
    let good = std::fs::read_to_string(fixture("owners/roof.json")).unwrap();
    let bad = good.replacen("\"89.50\"", "\"89.505\"", 1);
    let said = refused_file("owners", bad.as_bytes(), &[], "5:29");
    assert!(said.ends_with("like \"89.50\", found \"89.505\"\n"), "{said}");
    let unknown = good.replacen("\"o8\"]", "\"o8\"],\n  \"note\": \"x\"", 1);
    refused_file("owners", unknown.as_bytes(), &[], "28:3");
    refused_file("owners", b"", &["--explain", "zh"], "1:1");

    refused_file("ranked", b"# NUMBER ALTERNATIVES: 2\n3: 1,2\n1: 3\n", &["--rule", "irv"], "3:4");
    let pb = std::fs::read_to_string(fixture("pb/xinglin.pb")).unwrap();
    let line = pb.lines().position(|line| line == "PROJECTS").unwrap() + 1;
    let bad = pb.replacen("PROJECTS", "PROJEKTS", 1);
    let said = refused_file("budget", bad.as_bytes(), &["--rule", "mes"], &format!("{line}:1"));
    assert!(said.contains("PROJEKTS"), "{said}");
}

#[test]
fn a_file_that_is_not_utf8_is_told_by_its_place() {
    let said = refused_file("owners", b"{\"matter\":\n  \"\xe7\x94\xb2\xff\"}", &[], "2:5");
    assert!(said.ends_with("expected text in UTF-8, found \"byte 0xff\"\n"), "{said}");
    refused_file("ranked", b"\xc9\xe7\xc7\xf8", &["--rule", "borda"], "1:1");
    refused_file("budget", b"META\n\xc9\xe7", &["--rule", "greedy"], "2:1");
}

#[test]
fn what_cannot_be_read_or_does_not_fit_is_refused() {
    let nowhere = fixture("nowhere.json");
    assert!(refused(tally("owners", &nowhere, &[])).contains("nowhere.json: "));
    refused(tally("owners", &fixture("owners"), &[]));

    let ties = fixture("ranked/courtyard.toc");
    for rule in ["irv", "stv"] {
        assert!(refused(tally("ranked", &ties, &["--rule", rule])).contains("tied ranks"));
    }
    let strict = fixture("ranked/courtyard.soc");
    refused(tally("ranked", &strict, &["--rule", "stv", "--seats", "0"]));
    refused(tally("ranked", &strict, &["--rule", "stv", "--seats", "999"]));
    refused(tally("ranked", &strict, &["--rule", "irv", "--seats", "2"]));

    let approvals = fixture("pb/xinglin.pb");
    refused(tally("budget", &approvals, &["--rule", "greedy", "--utility", "borda"]));
    refused(tally("budget", &approvals, &["--rule", "mes", "--utility", "score"]));
    refused(tally("budget", &fixture("pb/ranking.pb"), &["--rule", "phragmen"]));
}

#[test]
fn unknown_words_are_refused_with_those_that_are_known() {
    let file = fixture("pb/xinglin.pb");
    assert!(refused(tally("budget", &file, &["--rule", "best"])).contains("mes-add1"));
    assert!(refused(tally("budget", &file, &["--rule", "mes", "--utility", "joy"])).contains("cardinality"));
    assert!(refused(tally("ranked", &file, &["--rule", "best"])).contains("schulze"));
    assert!(refused(tally("owners", &file, &["--explain", "fr"])).contains("zh"));
    refused(tally("budget", &file, &[]));
}
