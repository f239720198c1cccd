//! The driver: holds the lease, finds in one query which ledgers grew for whom, and gives
//! followers, timers, repeated work and jobs their turn. Whatever fails is told and tried
//! again; nothing of it is lost, since each remembers how far it came.

use super::watch::Watch;
use super::{FOLLOWERS, Follower, Grown, JOBS, Job, REPEATED, Repeated, TIMERS, Timer, repeat, time};
use crate::{Failure, Office};
use std::time::Duration;
use yishi_kernel::{Moment, PlaceId};
use yishi_store::sealer::{Lease, lease};
use yishi_store::{Fault, args, query, random_word, row};

/// How often it looks.
const PERIOD: Duration = Duration::from_millis(500);
/// How long before its lease ends it is renewed, in seconds.
const RENEW_SECONDS: i64 = 2;

row! {
    Behind, from "head h cross join follower f
         join keeper k on k.ledger = h.ledger
         left join cursor c on c.follower = f.name and c.ledger = h.ledger" {
        follower: String = "f.name",
        ledger: PlaceId = "h.ledger",
        slug: String = "k.slug",
        origin: String = "k.origin",
        verifier: String = "k.verifier",
        from: i64 = "coalesce(c.number, 0)",
        to: i64 = "h.number",
    }
}

query! {
    GROWN: Behind => "where h.number > coalesce(c.number, 0) order by f.name, h.ledger",
        scans "one row a community and follower";
    KNOW: () = "insert into follower (name) values (?1) on conflict (name) do nothing";
    FORGET: () = "delete from follower", scans "a handful of rows";
}

/// Who does what by itself.
#[derive(Clone, Copy)]
pub struct Driver {
    /// What follows from entries.
    pub followers: &'static [&'static dyn Follower],
    /// What is done when something has been due for a while.
    pub timers: &'static [&'static dyn Timer],
    /// What is done again and again.
    pub repeated: &'static [&'static dyn Repeated],
    /// Jobs by their kind.
    pub jobs: &'static [&'static dyn Job],
}

impl Driver {
    /// What this program does by itself.
    pub const OWN: Driver = Driver { followers: FOLLOWERS, timers: TIMERS, repeated: REPEATED, jobs: JOBS };

    /// Makes its followers known to the store, and forgets those of other programs.
    pub async fn begin(&self, office: &Office) -> Result<(), Fault> {
        let known = self.followers.iter().map(|follower| KNOW.with(args![follower.name()]));
        office.db.execute([FORGET.with([])].into_iter().chain(known).collect()).await
    }

    /// One round: everything that grew, is due or is to be done has its turn.
    pub async fn round(&self, office: &Office) -> Result<(), Fault> {
        let behind = GROWN.all(&office.db, &[]).await?;
        for follower in self.followers {
            let own = behind.iter().filter(|row| row.follower == follower.name());
            let grown: Vec<Grown> = own.map(Grown::from).collect();
            if grown.is_empty() {
                continue;
            }
            told(follower.name(), follower.follow(office, &grown).await);
        }
        for timer in self.timers {
            told(timer.name(), time::fire(office, *timer).await);
        }
        for work in self.repeated {
            told(work.name(), repeat::repeat(office, *work).await);
        }
        repeat::jobs(office, self.jobs).await
    }
}

impl From<&Behind> for Grown {
    fn from(row: &Behind) -> Self {
        let keeper = yishi_store::ledgers::LedgerRow {
            ledger: row.ledger,
            slug: row.slug.clone(),
            origin: row.origin.clone(),
            verifier: row.verifier.clone(),
        };
        Grown { keeper, from: row.from, to: row.to }
    }
}

fn told(name: &str, done: Result<(), Failure>) {
    if let Err(failure) = done {
        tracing::error!(%failure, name, "background work failed; it is tried again");
    }
}

/// Does what happens by itself, again and again, until the task is dropped.
pub async fn run(office: Office) {
    let owner = random_word(12).unwrap_or_else(|_| std::process::id().to_string());
    let mut renew = 0_i64;
    let mut begun = Begun::No;
    let mut watch = Watch::default();
    loop {
        tokio::time::sleep(PERIOD).await;
        // The lease is about processes, so it goes by the machine's clock, not a set one.
        let now = Moment(jiff::Timestamp::now().as_microsecond());
        let round = async {
            if now.0 >= renew {
                if lease(&office.db, "background", &owner, now).await? == Lease::Elsewhere {
                    return Ok(());
                }
                renew = now.plus_seconds(RENEW_SECONDS).0;
            }
            if begun == Begun::No {
                Driver::OWN.begin(&office).await?;
                begun = Begun::Yes;
            }
            Driver::OWN.round(&office).await
        };
        if let Err(fault) = round.await {
            tracing::error!(%fault, "background work failed; it is tried again");
        }
        if let Err(fault) = watch.look(&office, now).await {
            tracing::error!(%fault, "nobody sees whether ledgers are sealed");
        }
    }
}

/// Whether the store knows who follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    No,
    Yes,
}
