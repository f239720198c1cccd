//! What happens by itself: each entry is followed once, whatever crashes in between; what is due
//! is answered once; files that nobody uses go, and others stay.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};
use yishi_kernel::{Actor, PhotoDigest};
use yishi_office::background::{Driver, Entry, Follower, Job, OfEntries, Plan, Reader, Repeated, Timer, run};
use yishi_office::{Failure, Office};
use yishi_store::duty::Duty;
use yishi_store::ledgers::{ledger_by_slug, ledgers};
use yishi_store::outbox::{self, Job as Asked};
use yishi_store::verify::verify;
use yishi_store::{Fault, Value};
use yishi_testkit::neighbourhood::raising;
use yishi_testkit::{neighbourhood, stores};

type Work<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

const NOTHING: Driver = Driver { followers: &[], timers: &[], repeated: &[], jobs: &[] };

async fn count(office: &Office, sql: &'static str) -> i64 {
    office.db.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap()
}

#[tokio::test]
async fn a_running_program_seals_by_itself_and_two_do_not_disagree() {
    for store in stores().await {
        let office = store.office.clone();
        let there = neighbourhood(&office).await;
        let running = || tokio::spawn(run(office.clone()));
        let both = [running(), running()];
        office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        const SEALED: &str = "select count(*) from head h where h.number =
             (select max(size) from seal s where s.ledger = h.ledger)";
        let began = Instant::now();
        while count(&office, SEALED).await < 2 {
            assert!(began.elapsed() < Duration::from_secs(30), "not sealed");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        both.iter().for_each(tokio::task::JoinHandle::abort);
        verify(&office.db).await.unwrap();
    }
}

#[tokio::test]
async fn several_ledgers_are_sealed_at_once_and_one_without_its_key_does_not_hold_the_others_up() {
    for store in stores().await {
        let office = &store.office;
        neighbourhood(office).await;
        Driver::OWN.begin(office).await.unwrap();
        // A fresh office has read no keys yet.
        let nowhere = store.folder().join("keys").join("qinghe.key");
        std::fs::rename(&nowhere, nowhere.with_extension("gone")).unwrap();
        let fresh =
            Office::on(office.db.clone(), &store.folder().join("keys"), office.clock.clone()).unwrap();
        Driver::OWN.round(&fresh).await.unwrap();
        let [street, community] = ["qinghe", "xinglin"];
        let sealed = async |slug| {
            let row = ledger_by_slug(&office.db, slug).await.unwrap().unwrap();
            const SEALS: &str = "select count(*) from seal where ledger = ?1";
            let row = office.db.row(SEALS, &[Value::from(row.ledger)]).await.unwrap().unwrap();
            row.int(0).unwrap()
        };
        assert_eq!((sealed(street).await, sealed(community).await), (0, 1));
        std::fs::rename(nowhere.with_extension("gone"), &nowhere).unwrap();
        Driver::OWN.round(&fresh).await.unwrap();
        assert_eq!((sealed(street).await, sealed(community).await), (1, 1));
    }
}

/// Asks for a job for each matter raised.
struct Notes;

impl Reader for Notes {
    const NAME: &'static str = "test-notes";
    const OF: &'static [&'static str] = &["matter.raised.1"];

    fn read(&self, entry: &Entry, plan: &mut Plan) -> Result<(), Fault> {
        plan.job("test-note", "note", entry.stream.clone(), entry.at);
        Ok(())
    }
}

static NOTES: OfEntries<Notes> = OfEntries(Notes);
static FOLLOWING: &[&dyn Follower] = &[&NOTES];

#[tokio::test]
async fn an_entry_is_followed_once_also_after_a_crash() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        for word in ["one", "two"] {
            office.raise(&Actor::visitor(), raising(word, there.building, "积水。")).await.unwrap();
        }
        let driver = Driver { followers: FOLLOWING, ..NOTHING };
        driver.begin(office).await.unwrap();
        const JOBS: &str = "select count(*) from outbox where kind = 'test-note'";
        driver.round(office).await.unwrap();
        assert_eq!(count(office, JOBS).await, 2);
        // As after a crash in between: the cursors stand where they stood, the jobs are there.
        office.db.execute(vec![("delete from cursor", Vec::new())]).await.unwrap();
        driver.round(office).await.unwrap();
        assert_eq!(count(office, JOBS).await, 2);
        office.raise(&Actor::visitor(), raising("three", there.building, "积水。")).await.unwrap();
        driver.round(office).await.unwrap();
        assert_eq!(count(office, JOBS).await, 3);
        // Nothing grew: the cursors stand at the heads.
        const BEHIND: &str = "select count(*) from head h join cursor c on c.ledger = h.ledger
             and c.follower = 'test-notes' where c.number < h.number";
        assert_eq!(count(office, BEHIND).await, 0);
        assert_eq!(ledgers(&office.db).await.unwrap().len(), 2);
    }
}

static FIRED: AtomicUsize = AtomicUsize::new(0);

/// Counts matters that were not sorted in time.
struct Unsorted;

impl Timer for Unsorted {
    fn name(&self) -> &'static str {
        "test-unsorted"
    }

    fn after(&self) -> Duration {
        Duration::from_secs(3_600)
    }

    fn fire<'a>(&'a self, _: &'a Office, duty: &'a Duty) -> Work<'a> {
        Box::pin(async move {
            if (duty.kind.as_str(), duty.step.as_str()) == ("matter", "triage") {
                FIRED.fetch_add(1, Ordering::Relaxed);
            }
            Ok(())
        })
    }
}

static TIMERS: &[&dyn Timer] = &[&Unsorted];

#[tokio::test]
async fn what_has_been_due_for_a_while_is_answered_once() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        office.raise(&Actor::visitor(), raising("m", there.building, "积水。")).await.unwrap();
        let driver = Driver { timers: TIMERS, ..NOTHING };
        FIRED.store(0, Ordering::Relaxed);
        driver.round(office).await.unwrap();
        assert_eq!(FIRED.load(Ordering::Relaxed), 0, "it is not due");
        office.clock.put(office.now().plus_seconds(5 * 86_400));
        for _ in 0..3 {
            driver.round(office).await.unwrap();
        }
        assert_eq!(FIRED.load(Ordering::Relaxed), 1);
    }
}

/// Fails the first time.
struct Clumsy(AtomicUsize);

impl Job for Clumsy {
    fn kind(&self) -> &'static str {
        "test-clumsy"
    }

    fn run<'a>(&'a self, _: &'a Office, _: &'a Asked) -> Work<'a> {
        Box::pin(async move {
            match self.0.fetch_add(1, Ordering::Relaxed) {
                0 => Err(Fault::Busy.into()),
                _ => Ok(()),
            }
        })
    }
}

#[tokio::test]
async fn a_job_that_fails_is_tried_again_later_and_one_that_nobody_does_is_kept() {
    static CLUMSY: Clumsy = Clumsy(AtomicUsize::new(0));
    static JOBS: &[&dyn Job] = &[&CLUMSY];
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        CLUMSY.0.store(0, Ordering::Relaxed);
        let ask = |kind: &str| Asked {
            ledger: there.community.0,
            id: yishi_office::FormKey::named(kind).id("toy"),
            kind: kind.to_owned(),
            body: String::new(),
            due: office.now(),
            tries: 0,
        };
        let asked = ["test-clumsy", "test-nobody"].map(ask);
        office.db.execute(asked.iter().map(outbox::add).collect()).await.unwrap();
        let driver = Driver { jobs: JOBS, ..NOTHING };
        driver.round(office).await.unwrap();
        assert_eq!(CLUMSY.0.load(Ordering::Relaxed), 1);
        driver.round(office).await.unwrap();
        assert_eq!(CLUMSY.0.load(Ordering::Relaxed), 1, "not before its time");
        office.clock.put(office.now().plus_seconds(120));
        driver.round(office).await.unwrap();
        assert_eq!(CLUMSY.0.load(Ordering::Relaxed), 2);
        assert_eq!(count(office, "select count(*) from outbox").await, 1, "nobody's stays");
    }
}

#[tokio::test]
async fn files_that_nobody_uses_are_swept_once_they_are_old() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let [used, unused, young] = ["used", "unused", "young"].map(|word| word.as_bytes().to_vec());
        let digest = office.db.put_blob(used).await.unwrap();
        let photos = vec![PhotoDigest(digest.clone())];
        let said = yishi_office::matters::Raising { photos, ..raising("m", there.building, "积水。") };
        office.raise(&Actor::visitor(), said).await.unwrap();
        let gone = office.db.put_blob(unused).await.unwrap();
        let rules = office.rules(there.community, office.now()).await.unwrap().digest().to_owned();
        // An hour and more later.
        let old = SystemTime::now() - Duration::from_secs(7_200);
        for file in [&digest, &gone, &rules] {
            age(office, store.folder(), file, old).await;
        }
        let kept = office.db.put_blob(young).await.unwrap();
        let sweep: Vec<&&dyn Repeated> =
            Driver::OWN.repeated.iter().filter(|work| work.name() == "sweep-files").collect();
        sweep[0].run(office).await.unwrap();
        for (file, there) in [(&digest, true), (&gone, false), (&rules, true), (&kept, true)] {
            assert_eq!(office.db.blob(file).await.unwrap().is_some(), there, "{file}");
        }
    }
}

/// Makes a file old.
async fn age(office: &Office, folder: &std::path::Path, digest: &str, old: SystemTime) {
    let path = folder.join("blobs").join(&digest[..2]).join(&digest[2..]);
    if path.exists() {
        return std::fs::File::open(path).unwrap().set_modified(old).unwrap();
    }
    let micros = old.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros() as i64;
    const AGE: &str = "update blob set at = ?2 where digest = ?1";
    office.db.execute(vec![(AGE, vec![Value::from(digest), Value::Int(micros)])]).await.unwrap();
}
