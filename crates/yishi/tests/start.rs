//! What stands in the way of starting is told with where it is, why, and what to do; nothing is
//! made where there was nothing.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::process::Command;
use yishi_testkit::postgres::Database;

/// What it says on stopping, and its code.
fn told(folder: &Path, args: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yishi"));
    let done = command.args(args).args(["--listen", "127.0.0.1:1", "--data"]).arg(folder).output().unwrap();
    assert!(done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stdout));
    (String::from_utf8(done.stderr).unwrap(), done.status.code())
}

#[test]
fn a_folder_without_a_store_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("yishi.db");
    for nothing in ["there is no store in", "there is no place yet in"] {
        let (said, code) = told(folder.path(), &["serve"]);
        assert!(said.contains(nothing) && said.contains("yishi init --data"), "{said}");
        assert_eq!(code, Some(2));
        assert_eq!(empty.exists(), nothing.contains("place"), "nothing is made where there was nothing");
        std::fs::write(&empty, "").unwrap();
    }
}

#[test]
fn a_file_that_is_no_store_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("yishi.db");
    std::fs::write(&file, "garbage ".repeat(1_000)).unwrap();
    let (said, code) = told(folder.path(), &["serve"]);
    assert!(said.contains(&format!("cannot open {}", file.display())), "{said}");
    assert!(said.contains("file is not a database") && said.contains("backup"), "{said}");
    assert_eq!(code, Some(1));
}

#[test]
fn a_database_server_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    for (url, parts) in [
        (
            "postgres://lin:secret@127.0.0.1:1/yishi",
            ["database yishi at 127.0.0.1:1 (user lin)", "refused", "see that the server runs there"],
        ),
        (
            "postgres://127.0.0.1:1/yishi?sslmode=verify-ca",
            ["verify-ca", "verify-full", "--database is like"],
        ),
        ("127.0.0.1", ["the database", "invalid", "--database is like postgres://"]),
    ] {
        let (said, code) = told(folder.path(), &["serve", "--database", url]);
        assert!(parts.iter().all(|part| said.contains(part)) && !said.contains("secret"), "{said}");
        assert_eq!(code, Some(1));
    }
}

#[test]
fn an_empty_or_missing_database_is_refused_with_what_to_do() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = match runtime.block_on(Database::fresh()) {
        Ok(database) => database,
        Err(why) => {
            let required = std::env::var("YISHI_REQUIRE_PG").is_ok_and(|value| value == "1");
            assert!(!required, "PostgreSQL is required: {why}");
            return;
        }
    };
    let folder = tempfile::tempdir().unwrap();
    let serve = |url: &str| told(folder.path(), &["serve", "--database", url]);
    let (said, code) = serve(&database.url);
    assert!(said.contains("there is no store in the PostgreSQL database"), "{said}");
    assert!(said.contains("yishi init --database"), "{said}");
    assert_eq!(code, Some(2));
    let (said, _) = serve(&database.url);
    assert!(said.contains("there is no store"), "the first look made nothing: {said}");
    let (said, _) = serve(&database.url.replace('?', "_of_nobody?"));
    assert!(said.contains("does not exist") && said.contains("make the database first"), "{said}");
}

/// What does not work without the keys is the last thing that is said.
#[test]
fn a_store_that_is_put_back_without_its_keys_says_so_last() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str], data: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yishi"));
        let done = command.args(args).arg("--data").arg(folder.path().join(data)).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let file = folder.path().join("backup.tar");
    let file = file.to_str().unwrap();
    run(&["init"], "old");
    run(&["backup", "--without-keys", "--to", file], "old");
    let said = run(&["restore", file, "--without-keys"], "new");
    let last = said.lines().last().unwrap();
    assert!(last.starts_with("NOT WHOLE") && last.contains("new/keys"), "{said}");
    assert!(
        last.contains("1 of 1 ledgers are without their keys") && !last.contains("second step"),
        "{last}"
    );
    std::fs::copy(folder.path().join("old/keys/street.key"), folder.path().join("new/keys/street.key"))
        .unwrap();
    assert!(run(&["ledger", "verify"], "new").starts_with("sound: "));
}
