//! What was acknowledged had been synced: seen from outside, by the system calls made.

use super::append::{append, entry};
use std::process::Command;
use tokio::task::JoinSet;
use uuid::Uuid;
use yishi_office::DERIVED;
use yishi_store::{Db, Location};
use yishi_testkit::TestStore;

const FOLDER: &str = "YISHI_TEST_DURABLE_FOLDER";
const ONE_BY_ONE: usize = 20;
const AT_ONCE: usize = 200;

/// Runs only under [`a_sync_comes_before_each_acknowledgement`], in a process of its own.
#[tokio::test]
#[ignore = "the other half of a_sync_comes_before_each_acknowledgement"]
async fn acknowledge() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let db = Db::open(&Location::Directory(folder.into()), &DERIVED).await.unwrap();
    let ledger = Uuid::now_v7();
    println!("acknowledged start");
    for n in 0..ONE_BY_ONE {
        db.append(append(ledger, 1, vec![entry(&format!("poster/{n}"), 1)])).await.unwrap();
        println!("acknowledged {n}");
    }
    let mut all = JoinSet::new();
    for n in 0..AT_ONCE {
        let db = db.clone();
        all.spawn(async move {
            db.append(append(ledger, 1, vec![entry(&format!("poster/all-{n}"), 1)])).await.unwrap();
        });
    }
    all.join_all().await;
    println!("acknowledged all");
}

#[test]
fn a_sync_comes_before_each_acknowledgement() {
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let traced = Command::new("strace")
        .args(["-f", "-y", "-s", "200", "-e", "trace=fsync,fdatasync,write", "-o"])
        .arg(&trace)
        .arg(std::env::current_exe().unwrap())
        .args(["durable::acknowledge", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path().join("data"))
        .output();
    let output = match traced {
        Ok(output) if output.status.success() => output,
        // Our own half failing is a failure; only strace missing or forbidden is an excuse.
        Ok(output) if !String::from_utf8_lossy(&output.stderr).contains("strace: ") => {
            panic!("what was traced failed: {output:?}")
        }
        other => {
            eprintln!("\n*** SYNCS NOT COUNTED: strace does not run here: {other:?} ***\n");
            return;
        }
    };
    let trace = std::fs::read_to_string(trace).unwrap();
    let mut syncs = 0_usize;
    let mut between = Vec::new();
    for line in trace.lines() {
        if line.contains("acknowledged ") && line.contains("write(1<") {
            between.push(std::mem::take(&mut syncs));
        } else if line.contains("sync") && line.ends_with("= 0") {
            // `-y` names the file; a call that was interrupted in the trace does not.
            assert!(
                line.contains("yishi.db") || line.contains("resumed") || line.contains("/data"),
                "{line}"
            );
            syncs += 1;
        }
    }
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(between.len(), 1 + ONE_BY_ONE + 1, "{said}");
    for (n, syncs) in between[1..=ONE_BY_ONE].iter().enumerate() {
        assert!(*syncs >= 1, "append {n} was acknowledged without a sync: {between:?}");
    }
    let together = between[ONE_BY_ONE + 1];
    println!("{ONE_BY_ONE} one by one: {:?}; {AT_ONCE} at once: {together} syncs", &between[1..=ONE_BY_ONE]);
    assert!((1..AT_ONCE / 2).contains(&together), "{AT_ONCE} appends at once took {together} syncs");
}

#[tokio::test]
async fn the_engines_are_set_to_sync() {
    let store = TestStore::sqlite().await;
    let row = store.office.db.row("select journal_mode from pragma_journal_mode", &[]).await.unwrap();
    assert_eq!(row.unwrap().text(0).unwrap(), "wal");
    if let Some(store) = TestStore::postgres().await {
        let row = store.office.db.row("select current_setting('synchronous_commit')", &[]).await.unwrap();
        assert_eq!(row.unwrap().text(0).unwrap(), "on");
    }
}
