//! A community that has lived for years (多年旧账), to measure with: `lived FOLDER COMMUNITY ALL OPEN`
//! raises ALL matters in a demonstration's community, and all but OPEN of them end. Nine in ten of
//! these are taken back; one in ten is sorted, answered, found solved and closed. Of what stays, half
//! waits to be sorted; the rest is held by the desk, by a worker and by a body. Then what follows by
//! itself is done too. Every step is the act that people do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "what is wrong ends it")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use yishi_domain::evaluation::{Contacted, Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{
    Answer, Behalf, Channel, Close, MatterId, Outcome, Proof, ReceiptId, Shown, Triage, Withdraw,
};
use yishi_kernel::{AccountId, Actor, Claim, Holder, PlaceId, Role};
use yishi_office::background::Driver;
use yishi_office::matters::{Raising, Speaker};
use yishi_office::people::reads::{actor, holders_at};
use yishi_office::{Clock, FormKey, Office};
use yishi_store::Location;

/// Raised at once, which takes memory meanwhile.
const AT_ONCE: usize = 50_000;
/// How many act at once.
const ACTING: usize = 256;
/// Of what ends, one in so many goes the whole way.
const WHOLE: usize = 10;
const SAID: [&str; 4] = [
    "楼道灯坏了三天，老人晚上看不清台阶",
    "电动车没处停，都堆在单元门口",
    "绿化带的草没人修剪，蚊子很多",
    "公交站牌在拐弯处，上下车很危险",
];

/// A community, who works there, and how much is to happen.
struct There {
    office: Office,
    ledger: PlaceId,
    worker: Actor,
    all: usize,
    open: usize,
}

fn key(n: usize) -> FormKey {
    FormKey::named(&format!("lived/{n}"))
}

fn category(n: usize) -> String {
    format!("{:02}", n % 14 + 1)
}

fn raising(n: usize, place: PlaceId) -> Raising {
    Raising {
        form: key(n),
        channel: Channel::Import,
        behalf: Behalf::Import,
        place,
        shown: Shown::Building,
        about: None,
        about_person: None,
        category: Some(category(n)),
        title: None,
        text: format!("{}（第{n}件）", SAID[n % SAID.len()]),
        photos: Vec::new(),
        occurred_at: None,
        source: Some(format!("lived/{n}")),
        after: None,
        floor: None,
        danger: None,
        speaker: Speaker {
            supporter: format!("lived/{n}"),
            proof: Proof::Import,
            name: String::new(),
            contact: String::new(),
            consent: None,
        },
    }
}

impl There {
    async fn raises(&self) {
        for from in (0..self.all).step_by(AT_ONCE) {
            let some = (from..self.all.min(from + AT_ONCE)).map(|n| raising(n, self.ledger));
            self.office.raise_all(&self.worker, self.ledger, some).await.unwrap();
        }
        self.office.db.count_anew().await.unwrap();
    }

    async fn sorts(&self, n: usize, holder: Holder, person: Option<AccountId>) {
        let (outcome, reason) = (Outcome::Public, String::new());
        let sorted = Triage { outcome, category: category(n), holder, person, reason };
        self.office.act(&self.worker, self.ledger, MatterId(key(n).id("matter")), sorted).await.unwrap();
    }

    /// What becomes of one: the last ones stay open.
    async fn goes_on(&self, n: usize) {
        let (matter, receipt) = (MatterId(key(n).id("matter")), ReceiptId(key(n).id("receipt")));
        let (office, ledger) = (&self.office, self.ledger);
        let raiser = Actor::visitor().showing(Claim::Receipt);
        let desk = Holder::Desk(ledger);
        if n + self.open >= self.all {
            return match (n % 8, self.worker.employer) {
                (0 | 1, _) => self.sorts(n, desk, None).await,
                (2, _) => {
                    let worker = Holder::Person(Role::CommunityWorker, ledger);
                    self.sorts(n, worker, self.worker.account).await;
                }
                (3, Some(body)) => self.sorts(n, Holder::Organisation(body), None).await,
                _ => {}
            };
        }
        if !n.is_multiple_of(WHOLE) {
            return office.act(&raiser, ledger, receipt, Withdraw).await.unwrap();
        }
        self.sorts(n, desk, None).await;
        let text = "已修好，请大家留意。".to_owned();
        let answer = Answer { text, word: String::new(), photos: Vec::new() };
        office.act(&self.worker, ledger, matter, answer).await.unwrap();
        let said =
            Evaluation { solved: Solved::Yes, satisfaction: Satisfaction::Satisfied, comment: String::new() };
        let found = Evaluate { said, contacted: Some(Contacted::Yes) };
        office.act(&raiser, ledger, receipt, found).await.unwrap();
        office.act(&self.worker, ledger, matter, Close).await.unwrap();
    }

    async fn lives(self: &Arc<Self>) {
        let next = Arc::new(AtomicUsize::new(0));
        let one = |_| {
            let (there, next) = (Arc::clone(self), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    match next.fetch_add(1, Ordering::Relaxed) {
                        n if n < there.all => there.goes_on(n).await,
                        _ => return,
                    }
                }
            })
        };
        for acting in (0..ACTING).map(one).collect::<Vec<_>>() {
            acting.await.unwrap();
        }
        self.office.db.count_anew().await.unwrap();
    }

    async fn follows(&self) {
        Driver::OWN.begin(&self.office).await.unwrap();
        Driver::OWN.round(&self.office).await.unwrap();
        self.office.seal().await.unwrap();
    }
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, ledger, all, open] = &arguments[..] else { panic!("lived FOLDER COMMUNITY ALL OPEN") };
    let ledger: PlaceId = ledger.parse().expect("the id of a community");
    let [all, open] = [all, open].map(|number| number.parse().expect("a number"));
    let office = Office::open(&Location::Directory(folder.into()), Clock::System).await.unwrap();
    let holders = holders_at(&office.db, &[ledger], office.now()).await.unwrap();
    let worker = holders.iter().find(|holder| holder.role == Role::CommunityWorker);
    let worker = actor(&office.db, worker.expect("a worker").id).await.unwrap().unwrap();
    let there = Arc::new(There { office, ledger, worker, all, open });
    let took = |began: Instant| Duration::as_secs_f64(&began.elapsed());
    let began = Instant::now();
    there.raises().await;
    println!("{all} matters raised in {:.0} s", took(began));
    let began = Instant::now();
    there.lives().await;
    println!("all but {open} ended in {:.0} s", took(began));
    let began = Instant::now();
    there.follows().await;
    println!("what follows by itself done, and sealed, in {:.0} s", took(began));
    there.office.db.clone().close().await.unwrap();
}
