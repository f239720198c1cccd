//! `yishi invite`: the way back in for whoever runs the machine. Whom it lets in, whom it does
//! not, and what each is told.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::process::Command;
use yishi_domain::places::PlaceKind;
use yishi_kernel::{Actor, Heir};
use yishi_office::people::reads::{accounts, actor};
use yishi_office::people::{Secret, SignedIn};
use yishi_office::places::NewLedger;
use yishi_office::{Clock, Office, ledgers};
use yishi_store::Location;

/// Runs a command on a store; what it prints, or what it says on stopping.
fn run(folder: &Path, args: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yishi"));
    let done = command.args(args).arg("--data").arg(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    match done.status.code() {
        Some(0) => Ok(text(done.stdout)),
        code => {
            assert_eq!(code, Some(2), "{}", text(done.stderr.clone()));
            Err(text(done.stderr))
        }
    }
}

/// The word of a printed link.
fn word(printed: &str) -> String {
    printed.split("/invite/").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect()
}

async fn open(folder: &Path) -> Office {
    Office::open(&Location::Directory(folder.to_owned()), Clock::System).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_runs_the_machine_lets_somebody_in_again_and_nobody_who_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let first = word(&run(folder, &["init", "--administrator", "林晓"]).unwrap());
    let invite = |user: &str| run(folder, &["invite", "--user", user]);
    let refused = |user: &str| invite(user).unwrap_err();
    for nobody in ["lin", "林", "", "' or 1=1 --"] {
        assert!(refused(nobody).contains("nobody signs in as"), "{nobody}");
    }
    // The first administrator, whose link was lost: no user name was ever set.
    let printed = invite(" 林晓 ").unwrap();
    assert!(printed.contains("works once, for 7 days"), "{printed}");
    let second = word(&printed);

    let office = open(folder).await;
    let ledger = ledgers::ledgers(&office.db).await.unwrap()[0].ledger;
    assert!(office.accept_invitation(&first, "lin", "hash").await.is_err(), "links made before work no more");
    let who = office.accept_invitation(&second, "lin", "hash").await.unwrap();
    assert!(office.accept_invitation(&second, "other", "hash").await.is_err(), "it works once");
    assert_eq!(accounts(&office.db, ledger).await.unwrap().len(), 1);
    let secret = Secret::of([7; 20]);
    office.set_second_step(&who, &secret, None).await.unwrap();
    office.db.close().await.unwrap();

    // By the user name, however it is typed; no more by the person's.
    assert!(refused("林晓").contains("nobody signs in as"));
    let third = word(&invite("\u{200b}LIN ").unwrap());
    let office = open(folder).await;
    assert_eq!(office.credential("lin").await.unwrap().unwrap().1, "hash", "as before until it is used");
    assert!(office.has_second_step(&who).await.unwrap());
    office.accept_invitation(&third, "lin2", "another hash").await.unwrap();
    assert!(!office.has_second_step(&who).await.unwrap(), "whose telephone is lost gets in");
    assert_eq!(office.credential("lin").await.unwrap().unwrap().1, "another hash", "the name stays");
    assert!(office.credential("lin2").await.unwrap().is_none());

    // Two of one name who never signed in, and one whose account was closed.
    let admin: Actor = actor(&office.db, who.account).await.unwrap().unwrap();
    office.open_account(&admin, ledger, "王芳", None).await.unwrap();
    let new = NewLedger { slug: "liuhe".to_owned(), host: "yishi.local".to_owned() };
    let town = office.found(PlaceKind::Town, "柳河镇", new).await.unwrap();
    office.found_administrator(town, "王芳").await.unwrap();
    let gone = office.open_account(&admin, ledger, "周平", None).await.unwrap();
    let link = office.invite_by_machine(gone).await.unwrap();
    let SignedIn { account, .. } = office.accept_invitation(&link.word, "zhou", "hash").await.unwrap();
    office.close_account(&admin, account, Heir::Desk).await.unwrap();
    office.db.close().await.unwrap();
    assert!(refused("王芳").contains("several people called 王芳"));
    for closed in ["zhou", "周平"] {
        let said = refused(closed);
        assert!(said.contains("Accounts that were closed get no link"), "{said}");
    }
}
