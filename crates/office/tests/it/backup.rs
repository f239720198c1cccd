//! A backup is taken while others record, and put back whole: on both engines, with what was
//! acknowledged before it and without what was erased after it.

use super::twin::photo;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use yishi_domain::matters::Summarise;
use yishi_domain::meetings::SeatId;
use yishi_kernel::{Actor, CorrectReason, EraseReason, ValueAt};
use yishi_office::ledgers::entries_of;
use yishi_office::people::{Secret, SignedIn};
use yishi_office::restore::{Accept, NotRestored, Restored, Restoring, restore};
use yishi_office::{Clock, Correcting, DERIVED, Failure, Office};
use yishi_store::backup::{self, Passphrase, Wanted};
use yishi_store::verify::Known;
use yishi_store::{Fault, Location, rebuild};
use yishi_testkit::meetings::{DAY, by_phone, open_meeting};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::outside::outside;
use yishi_testkit::traces::standing;
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

fn passphrase() -> Passphrase {
    Passphrase::new("三个街坊五棵槐树七盏灯八口井").unwrap()
}

async fn filled(store: &TestStore) -> Neighbourhood {
    let office = &store.office;
    let there = neighbourhood(office).await;
    let mut one = raising("first", there.building, "楼道灯坏了，老人怕黑。");
    one.speaker.name = "李阿姨".to_owned();
    one.photos = vec![photo(office, 7).await];
    office.raise(&Actor::visitor(), one).await.unwrap();
    office.seal().await.unwrap();
    there
}

async fn write(office: &Office, to: &Path) -> backup::Made {
    let wanted = Wanted { now: office.now(), days: 30, keys: Some(passphrase()) };
    backup::write(&office.db, &office.keys, to, &wanted).await.unwrap()
}

/// An empty place on the same engine, and what keeps it alive.
struct Empty {
    location: Location,
    _store: Option<TestStore>,
    folder: tempfile::TempDir,
}

async fn empty(like: &TestStore) -> Empty {
    let folder = tempfile::tempdir().unwrap();
    match &like.database {
        None => {
            let location = Location::Directory(folder.path().join("new"));
            Empty { location, _store: None, folder }
        }
        Some(_) => {
            let mut store = TestStore::postgres().await.unwrap();
            let url = store.database.as_ref().unwrap().url.clone();
            // The database stays, and nobody uses it.
            store.close().await;
            let location = Location::Postgres { url, keys: folder.path().join("new/keys") };
            Empty { location, _store: Some(store), folder }
        }
    }
}

fn restoring<'a>(file: &'a Path, to: &'a Location, now: yishi_kernel::Moment) -> Restoring<'a> {
    Restoring { file, to, passphrase: None, erased: None, accepting: &[], now }
}

async fn put_back(store: &TestStore, file: &Path, erased: Option<&Path>) -> (Empty, Restored) {
    let empty = empty(store).await;
    let passphrase = passphrase();
    let now = store.office.now();
    let asked = Restoring { passphrase: Some(&passphrase), erased, ..restoring(file, &empty.location, now) };
    let restored = restore(asked).await.unwrap();
    (empty, restored)
}

async fn open(store: &TestStore, location: &Location) -> Office {
    Office::open(location, Clock::set_to(store.office.now())).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_before_a_backup_under_load_is_put_back() {
    for store in stores().await {
        let there = filled(&store).await;
        let office = &store.office;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar");
        let over = Arc::new(AtomicBool::new(false));
        let load: Vec<_> = (0..4)
            .map(|client| {
                let (office, over, building) = (office.clone(), Arc::clone(&over), there.building);
                tokio::spawn(async move {
                    let mut done = Vec::new();
                    for n in 0.. {
                        if over.load(Ordering::SeqCst) {
                            break;
                        }
                        let one = raising(&format!("load-{client}-{n}"), building, "积水。");
                        let raised = office.raise(&Actor::visitor(), one).await.unwrap();
                        done.push((std::time::Instant::now(), raised.matter));
                    }
                    done
                })
            })
            .collect();
        let sealing = tokio::spawn(yishi_office::background::run(office.clone()));
        tokio::time::sleep(std::time::Duration::from_millis(1_200)).await;
        let began = std::time::Instant::now();
        let made = write(office, &file).await;
        backup::remember(&office.db, &made).await.unwrap();
        over.store(true, Ordering::SeqCst);
        let mut all = Vec::new();
        for one in load {
            all.extend(one.await.unwrap());
        }
        sealing.abort();
        let before = all.iter().filter(|(at, _)| *at < began).count();
        assert!(before > 10 && all.len() > before, "{before} of {} before it", all.len());
        assert_eq!(backup::last(&office.db).await.unwrap(), Some(made.clone()));
        assert_eq!(std::fs::metadata(&file).unwrap().len(), made.size);

        let (empty, restored) = put_back(&store, &file, None).await;
        assert!(restored.ledgers.len() == 2 && restored.left_out == 0 && restored.before.is_none());
        assert!(restored.keys.is_empty(), "{:?}", restored.keys);
        let again = open(&store, &empty.location).await;
        assert_eq!(again.behind().await.unwrap(), []);
        assert_eq!(again.verify(Known::default()).await.unwrap().wrong, [], "{}", store.engine());
        for (_, matter) in all.iter().filter(|(at, _)| *at < began) {
            let loaded =
                again.load::<yishi_domain::matters::Matter>(there.community, &(*matter).into()).await;
            assert!(loaded.unwrap().state.is_some(), "{matter} was acknowledged");
        }
        // And goes on: what is recorded is sealed with the keys that came along.
        again.raise(&Actor::visitor(), raising("later", there.building, "又坏了。")).await.unwrap();
        again.seal().await.unwrap();
        assert_eq!(again.verify(Known::default()).await.unwrap().wrong, []);
        println!(
            "{}: {} matters, {before} before a backup of {} bytes",
            store.engine(),
            all.len(),
            made.size
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_is_put_back_is_the_same() {
    for store in stores().await {
        filled(&store).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar");
        write(&store.office, &file).await;
        let (empty, _) = put_back(&store, &file, None).await;
        let again = open(&store, &empty.location).await;
        let digests = rebuild::digests(&store.office.db, &DERIVED).await.unwrap();
        assert_eq!(rebuild::digests(&again.db, &DERIVED).await.unwrap(), digests, "{}", store.engine());
        const PRIVATE: &str =
            "select ledger, stream, version, field, salt, value from private order by 1, 2, 3, 4";
        let private = store.office.db.rows(PRIVATE, &[]).await.unwrap();
        assert_eq!(again.db.rows(PRIVATE, &[]).await.unwrap(), private);
        let used = yishi_store::duty::used_after(&again.db, "", 100).await.unwrap();
        assert!(!used.is_empty());
        for digest in used {
            assert_eq!(again.db.blob(&digest).await.unwrap(), store.office.db.blob(&digest).await.unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_erased_after_a_backup_does_not_come_back_with_it() {
    for store in stores().await {
        let there = filled(&store).await;
        let office = &store.office;
        let matter =
            office.raise(&Actor::visitor(), raising("m", there.compound, "太黑。")).await.unwrap().matter;
        office.act(&there.worker, there.community, matter, super::office::to_worker(&there)).await.unwrap();
        let (_, meeting) = open_meeting(office, &there, "m", &[matter]).await;
        let seat: SeatId = by_phone(office, &there, meeting, "erased").await.seat;
        office.seal().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar");
        write(office, &file).await;
        office.erase_seat(&there.secretary, there.community, seat, EraseReason::Asked).await.unwrap();
        let count = async |office: &Office| {
            const NAME: &str = "select count(*) from private where value like '%居民erased%'";
            office.db.row(NAME, &[]).await.unwrap().unwrap().int(0).unwrap()
        };
        assert_eq!(count(office).await, 0);
        let bytes = std::fs::read(&file).unwrap();
        let name = "居民erased".as_bytes();
        assert!(bytes.windows(name.len()).any(|some| some == name), "the backup still holds it");

        let journal = store.folder().join("keys/erased.jsonl");
        let (empty, restored) = put_back(&store, &file, Some(&journal)).await;
        assert!(restored.left_out > 1, "{restored:?}");
        let again = open(&store, &empty.location).await;
        assert_eq!(count(&again).await, 0, "{}", store.engine());
        let report = again.verify(Known::default()).await.unwrap();
        assert_eq!((report.wrong, report.erased), (vec![], restored.left_out));
        // The journal goes along: a second time, it lies beside the keys.
        assert_eq!(again.keys.journal().read().unwrap(), office.keys.journal().read().unwrap());
        drop((again, empty.folder));
    }
}

/// Somebody has the folder on another disk, and a link where the program looks for it.
#[tokio::test]
async fn a_link_to_a_folder_is_followed_and_stays_a_link() {
    let store = TestStore::sqlite().await;
    filled(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    write(&store.office, &file).await;
    let (disk, link) = (folder.path().join("disk/data"), folder.path().join("data"));
    std::os::unix::fs::symlink(&disk, &link).unwrap();
    let to = Location::Directory(link.clone());
    let not = restore(restoring(&file, &to, store.office.now())).await.unwrap_err();
    assert!(matches!(&not, NotRestored::Astray(path) if *path == link), "{not}");
    assert!(link.is_symlink(), "nothing was replaced");
    std::fs::create_dir_all(&disk).unwrap();
    std::fs::write(disk.join("before"), "").unwrap();
    let restored = restore(restoring(&file, &to, store.office.now())).await.unwrap();
    assert!(link.is_symlink() && disk.join("yishi.db").exists());
    let before = restored.before.unwrap();
    assert!(before.starts_with(folder.path().join("disk")) && before.join("before").exists(), "{before:?}");
    assert!(disk.join("keys/erased.jsonl").exists(), "one that is missing from now on was lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_second_step_gets_in_after_a_backup_was_put_back_with_its_keys_and_without() {
    for store in stores().await {
        let office = &store.office;
        let there = filled(&store).await;
        let account = there.worker.account.unwrap();
        let link = office.invite_by_machine(account).await.unwrap();
        let who = office.accept_invitation(&link.word, "shen", "a hash").await.unwrap();
        let secret = Secret::of([7; 20]);
        let spare = office.set_second_step(&who, &secret, None).await.unwrap();
        office.seal().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let (with, without) = (folder.path().join("with.tar"), folder.path().join("without.tar"));
        write(office, &with).await;
        let bare = Wanted { now: office.now(), days: 30, keys: None };
        backup::write(&office.db, &office.keys, &without, &bare).await.unwrap();

        let (empty, restored) = put_back(&store, &with, None).await;
        assert!(restored.keys.is_empty(), "{:?}", restored.keys);
        let again = open(&store, &empty.location).await;
        assert!(again.has_second_step(&who).await.unwrap());
        assert!(again.takes_code(&who, &secret.shown(again.now())).await.unwrap());
        drop(again);

        // Without them it is said at once, and again by whatever asks for the keys.
        let empty = self::empty(&store).await;
        let restored = restore(restoring(&without, &empty.location, office.now())).await.unwrap();
        let told = |faults: &[Fault]| {
            assert!(faults.iter().any(|fault| matches!(fault, Fault::Sealing(_))), "{faults:?}");
        };
        told(&restored.keys);
        let again = open(&store, &empty.location).await;
        told(&again.wrong_keys().await.unwrap());
        assert_eq!(again.credential("shen").await.unwrap().unwrap().0.account, account);
        let refused = again.takes_code(&who, &secret.shown(again.now())).await.unwrap_err();
        assert!(matches!(refused, Failure::Fault(Fault::Sealing(_))), "{refused}");
        assert!(again.takes_code(&who, &spare[0]).await.unwrap(), "a spare code");
        assert!(!again.takes_code(&who, &spare[0]).await.unwrap(), "once");
        // Who has no spare code either: a new link ends the second step.
        let link = again.invite_by_machine(account).await.unwrap();
        assert!(again.has_second_step(&who).await.unwrap(), "not before it is used");
        again.accept_invitation(&link.word, "shen", "another hash").await.unwrap();
        assert!(!again.has_second_step(&who).await.unwrap());
        assert!(again.accept_invitation(&link.word, "shen", "a third hash").await.is_err(), "it works once");
        // The old steps are gone, so that no key is missed; a new one is as good as any.
        assert!(again.wrong_keys().await.unwrap().iter().all(|fault| !matches!(fault, Fault::Sealing(_))));
        let other = Secret::of([8; 20]);
        again.set_second_step(&who, &other, None).await.unwrap();
        assert!(again.takes_code(&who, &other.shown(again.now())).await.unwrap());
        drop((again, empty.folder));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_of_the_second_steps_that_were_put_back_takes_the_place_of_another() {
    for store in stores().await {
        let office = &store.office;
        let there = filled(&store).await;
        let who = SignedIn { account: there.worker.account.unwrap(), ledger: there.community };
        let secret = Secret::of([7; 20]);
        office.set_second_step(&who, &secret, None).await.unwrap();
        office.seal().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar");
        write(office, &file).await;
        let empty = empty(&store).await;
        std::fs::create_dir_all(empty.location.keys()).unwrap();
        let another = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        std::fs::write(empty.location.keys().join("second.steps.key"), another).unwrap();
        let passphrase = passphrase();
        let asked = restoring(&file, &empty.location, office.now());
        let restored = restore(Restoring { passphrase: Some(&passphrase), ..asked }).await.unwrap();
        assert!(restored.keys.is_empty(), "{:?}", restored.keys);
        let again = open(&store, &empty.location).await;
        assert_eq!(again.wrong_keys().await.unwrap().len(), 0, "{}", store.engine());
        assert!(again.takes_code(&who, &secret.shown(again.now())).await.unwrap());
        drop((again, empty.folder));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_expired_or_older_replaces_nothing() {
    let store = TestStore::sqlite().await;
    let there = filled(&store).await;
    let office = &store.office;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    let made = write(office, &file).await;
    let again = Wanted { now: office.now(), days: 1, keys: None };
    let refused = backup::write(&office.db, &office.keys, &file, &again).await.unwrap_err();
    assert!(refused.to_string().contains("there already"));
    let new = Location::Directory(folder.path().join("new"));
    let left = |folder: &Path| -> Vec<PathBuf> {
        let all = std::fs::read_dir(folder).unwrap().map(|one| one.unwrap().path());
        all.filter(|path| path.extension().is_none_or(|extension| extension != "tar")).collect()
    };
    // Any damage: a cut at every tenth, and changed bytes all over.
    let whole = std::fs::read(&file).unwrap();
    let damaged = folder.path().join("damaged.tar");
    for n in 0..10 {
        std::fs::write(&damaged, &whole[..whole.len() * n / 10]).unwrap();
        let not = restore(restoring(&damaged, &new, office.now())).await.unwrap_err();
        assert!(matches!(not, NotRestored::Fault(_)), "{not}");
    }
    let mut altered = 0;
    for n in 1..20 {
        let mut bytes = whole.clone();
        let at = bytes.len() * n / 20;
        // Zeros fill the last block of a part, and say nothing.
        if bytes[at] == 0 {
            continue;
        }
        bytes[at] ^= 1;
        std::fs::write(&damaged, &bytes).unwrap();
        assert!(restore(restoring(&damaged, &new, office.now())).await.is_err(), "byte {at}");
        altered += 1;
    }
    assert!(altered > 5);
    assert_eq!(left(folder.path()), Vec::<PathBuf>::new(), "nothing is left of it");
    // The wrong passphrase.
    let wrong = Passphrase::new("一个完全不对的口令短语呀").unwrap();
    let asked = Restoring { passphrase: Some(&wrong), ..restoring(&file, &new, office.now()) };
    assert!(restore(asked).await.unwrap_err().to_string().contains("passphrase"));
    // Too old.
    let late = made.expires.plus_seconds(DAY);
    let not = restore(restoring(&file, &new, late)).await.unwrap_err();
    assert!(matches!(not, NotRestored::Expired(_)) && not.to_string().contains("--accept expired"));
    let asked = Restoring { accepting: &[Accept::Expired], ..restoring(&file, &new, late) };
    let restored = restore(asked).await.unwrap();
    assert!(!restored.keys.is_empty(), "without the passphrase there are no keys: {restored:?}");
    let Location::Directory(placed) = &new else { unreachable!() };
    // In use.
    let used = open(&store, &new).await;
    let not = restore(restoring(&file, &new, office.now())).await.unwrap_err();
    assert!(matches!(not, NotRestored::InUse(_)), "{not}");
    drop(used);
    // More was recorded and sealed since: that it is lost must be said.
    let passphrase = passphrase();
    std::fs::remove_dir_all(placed).unwrap();
    let asked = || Restoring { passphrase: Some(&passphrase), ..restoring(&file, &new, office.now()) };
    restore(asked()).await.unwrap();
    let later = open(&store, &new).await;
    later.raise(&Actor::visitor(), raising("later", there.building, "又坏了。")).await.unwrap();
    later.seal().await.unwrap();
    drop(later);
    // The writer lets go of the file once it has seen that nobody asks any more.
    let mut not = restore(asked()).await.unwrap_err();
    for _ in 0..50 {
        if !matches!(not, NotRestored::InUse(_)) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        not = restore(asked()).await.unwrap_err();
    }
    assert!(matches!(&not, NotRestored::Older(_, lost) if lost.len() == 1), "{not}");
    let restored = restore(Restoring { accepting: &[Accept::Older], ..asked() }).await.unwrap();
    let before = restored.before.unwrap();
    assert!(before.join("yishi.db").exists(), "what was there is kept");
    let again = open(&store, &new).await;
    assert_eq!(again.behind().await.unwrap(), []);
    assert_eq!(again.verify(Known::default()).await.unwrap().wrong, []);
}

#[tokio::test]
async fn a_database_with_ledgers_is_not_written_over() {
    let Some(store) = TestStore::postgres().await else { return };
    filled(&store).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    write(&store.office, &file).await;
    let url = store.database.as_ref().unwrap().url.clone();
    let same = Location::Postgres { url, keys: folder.path().join("keys") };
    let not = restore(restoring(&file, &same, store.office.now())).await.unwrap_err();
    assert!(matches!(not, NotRestored::Occupied), "{not}");
}

#[tokio::test]
async fn a_backup_of_one_engine_can_be_put_into_the_other() {
    let Some(postgres) = TestStore::postgres().await else { return };
    let there = filled(&postgres).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    write(&postgres.office, &file).await;
    let new = Location::Directory(folder.path().join("new"));
    let passphrase = passphrase();
    let asked = Restoring { passphrase: Some(&passphrase), ..restoring(&file, &new, postgres.office.now()) };
    restore(asked).await.unwrap();
    let again = open(&postgres, &new).await;
    let digests = rebuild::digests(&postgres.office.db, &DERIVED).await.unwrap();
    assert_eq!(rebuild::digests(&again.db, &DERIVED).await.unwrap(), digests);
    again.raise(&Actor::visitor(), raising("later", there.building, "又坏了。")).await.unwrap();
    again.seal().await.unwrap();
    assert_eq!(again.verify(Known::default()).await.unwrap().wrong, []);
    assert!(matches!(backup::about(&folder.path().join("none.tar")), Err(Fault::File { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_or_taken_back_after_a_backup_does_not_come_back_with_it() {
    for store in stores().await {
        let there = filled(&store).await;
        let (office, ledger) = (&store.office, there.community);
        let matter =
            office.raise(&Actor::visitor(), raising("m", there.compound, "太黑。")).await.unwrap().matter;
        office.act(&there.worker, ledger, matter, super::office::to_worker(&there)).await.unwrap();
        let summary = Summarise { summary: "qsummary 王家门口黑".to_owned(), category: None };
        office.act(&there.worker, ledger, matter, summary).await.unwrap();
        office.act(&there.worker, ledger, matter, super::office::answer("qanswer 王家说好。")).await.unwrap();
        office.seal().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar");
        write(office, &file).await;
        let entries = entries_of(&office.db, ledger, &matter.into()).await.unwrap();
        for (field, text) in [("summary", Some("门口黑")), ("text", None)] {
            let entry = entries.iter().rfind(|entry| entry.text(field).is_some()).unwrap();
            let value = ValueAt { version: entry.version, field: field.to_owned() };
            let what = Correcting { value, text: text.map(str::to_owned), reason: CorrectReason::Personal };
            office.correct(&there.worker, ledger, &matter.into(), &what).await.unwrap();
        }

        let journal = store.folder().join("keys/erased.jsonl");
        let (empty, _) = put_back(&store, &file, Some(&journal)).await;
        let again = open(&store, &empty.location).await;
        for words in ["qsummary", "qanswer"] {
            assert_eq!(standing(&again.db, words).await, Vec::<String>::new(), "{}: {words}", store.engine());
        }
        let report = again.verify(Known::default()).await.unwrap();
        assert_eq!(report.wrong, vec![], "{}", store.engine());
        drop((again, empty.folder));
    }
}

#[test]
fn any_file_is_the_backup_that_was_made_or_is_refused() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(TestStore::sqlite());
    runtime.block_on(filled(&store));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.tar");
    runtime.block_on(write(&store.office, &file));
    let same = runtime.block_on(rebuild::digests(&store.office.db, &DERIVED)).unwrap();
    let (whole, said) = (std::fs::read(&file).unwrap(), backup::about(&file).unwrap());
    let (tried, new) = (folder.path().join("tried.tar"), folder.path().join("new"));
    outside(vec![whole], 40, |bytes| {
        std::fs::write(&tried, bytes).unwrap();
        let location = Location::Directory(new.clone());
        let restored = runtime.block_on(restore(restoring(&tried, &location, store.office.now())));
        if restored.is_ok() {
            assert_eq!(backup::about(&tried).unwrap(), said);
            let again = runtime.block_on(open(&store, &location));
            assert_eq!(runtime.block_on(rebuild::digests(&again.db, &DERIVED)).unwrap(), same);
            drop(again);
            std::fs::remove_dir_all(&new).unwrap();
        }
        assert!(!new.exists(), "nothing is left of what is refused");
    });
}
