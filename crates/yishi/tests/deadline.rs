//! `yishi deadline` as somebody at a terminal sees it.
#![allow(clippy::unwrap_used, missing_docs)]

use std::process::Command;

fn yishi(args: &[&str]) -> (bool, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_yishi")).arg("deadline").args(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.success(), text(output.stdout), text(output.stderr))
}

fn reckoned(args: &[&str]) -> serde_json::Value {
    let (done, out, error) = yishi(args);
    assert!(done, "{error}");
    assert_eq!(out.lines().count(), 1, "one line: {out}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_deadline_is_one_object_with_its_reckoning() {
    let found = reckoned(&["--from", "2026-09-28T15:00", "--for", "3 working days"]);
    assert_eq!(found["due"], "2026-10-08T23:59:59+08:00");
    assert_eq!(found["provisional"], false);
    assert_eq!(found["calendar"], "2026: 国办发明电〔2025〕7号");
    let days = found["breakdown"].as_array().unwrap();
    assert_eq!(days.len(), 11);
    assert_eq!((&days[0]["taken"], &days[3]["kind"]), (&"start, not counted".into(), &"holiday".into()));
    assert_eq!((&days[10]["day"], &days[10]["count"]), (&"2026-10-08".into(), &3.into()));
}

#[test]
fn a_pause_holds_the_clock_and_a_year_without_notice_is_provisional() {
    let pause = "2026-09-28T16:00..2026-09-29T09:00";
    let found = reckoned(&["--from", "2026-09-28T15:00", "--for", "2 h", "--pause", pause]);
    assert_eq!(found["due"], "2026-09-29T10:00:00+08:00");
    let found = reckoned(&["--from", "2026-12-31T15:00", "--for", "1 working day"]);
    assert_eq!(found["due"], "2027-01-04T23:59:59+08:00");
    assert_eq!(found["provisional"], true);
    assert!(found["calendar"].as_str().unwrap().contains("2027: not announced yet"));
}

#[test]
fn what_does_not_read_says_how_to_write_it() {
    for (args, said) in [
        (&["--from", "2026-09-28T15:00", "--for", "3 moons"][..], "no length of time"),
        (&["--from", "tomorrow", "--for", "3 days"], "--from"),
        (&["--from", "2026-09-28T15:00", "--for", "3 days", "--pause", "a..b"], "is no pause"),
        (&["--from", "9999-12-30T15:00", "--for", "30 days"], "shorter time"),
        (&["--from", "2026-09-28T15:00", "--for", "3 days", "--calendar", "/nowhere"], "/nowhere"),
    ] {
        let (done, out, error) = yishi(args);
        assert!(!done && out.is_empty(), "{args:?}");
        assert!(error.contains(said), "{args:?}: {error}");
    }
}
