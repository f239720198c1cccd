//! The outbox: jobs that follow from a recorded change, written in its transaction
//! ([`crate::Append::jobs`]) and done afterwards by whichever process takes them. A job may be
//! done twice after a crash, so whoever does it must not mind. What jobs there are is not
//! known here.

use crate::{Db, Fault, Value, args, query, row};
use uuid::Uuid;
use yishi_kernel::Moment;

/// How long a process may take over a job before another one tries, in seconds.
const LEASE_SECONDS: i64 = 60;
/// How often a job is tried before a person has to look at it.
pub const TRIES: i64 = 12;

row! {
    /// A job.
    pub Job, from "outbox" {
        /// The ledger it follows from.
        ledger: Uuid,
        /// Its id: adding it twice adds it once.
        id: Uuid,
        /// What is to be done.
        kind: String,
        /// What it needs, as JSON text.
        body: String,
        /// Not before this moment.
        due: Moment,
        /// How often it failed.
        tries: i64,
    }
}

row! {
    Held, from "outbox" {
        owner: Option<String>,
        leased: Moment,
    }
}

query! {
    ADD: () = "insert into outbox (ledger, id, kind, body, due, leased, tries)
         values (?1, ?2, ?3, ?4, ?5, 0, 0) on conflict (ledger, id) do nothing";
    // One that is leased for longer than anybody takes it was leased by a clock that was wrong.
    DUE: Job => "where due <= ?1 and (leased <= ?1 or leased > ?3) and tries < ?2 order by due, ledger, id limit 1";
    LEASE: () = "update outbox set leased = ?4, owner = ?3
         where ledger = ?1 and id = ?2 and (leased <= ?5 or leased > ?6)";
    MINE: Held => "where ledger = ?1 and id = ?2";
    DONE: () = "delete from outbox where ledger = ?1 and id = ?2";
    FAILED: () = "update outbox set tries = tries + 1, due = ?3, leased = 0, failed = ?4
         where ledger = ?1 and id = ?2";
    FRESH: i64 = "select count(*) from outbox where kind = ?1 and tries < ?2", scans "jobs that are not done yet";
    NAMING: Job => "where body like ?1 order by due, ledger, id", scans "jobs that are not done yet";
    /// Jobs that are not done yet, some at a time, by ledger and id.
    pub ALL: Job => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
    STUCK: Job => "where ledger = ?1 and tries >= ?2 order by due, id",
        walks "jobs of one ledger that are not done yet";
}

/// The statement that adds a job, to go along with others in one transaction.
#[must_use]
pub fn add(job: &Job) -> (&'static str, Vec<Value>) {
    ADD.with(args![job.ledger, job.id, &job.kind, &job.body, job.due])
}

/// Takes the job that is due longest, if there is one and nobody else has it.
pub async fn take(db: &Db, owner: &str, now: Moment) -> Result<Option<Job>, Fault> {
    let (until, stale) = (now.plus_seconds(LEASE_SECONDS), now.plus_seconds(2 * LEASE_SECONDS));
    let Some(job) = DUE.first(db, &args![now, TRIES, stale]).await? else { return Ok(None) };
    db.execute(vec![LEASE.with(args![job.ledger, job.id, owner, until, now, stale])]).await?;
    let held = MINE.first(db, &args![job.ledger, job.id]).await?;
    let ours = held.is_some_and(|held| held.owner.as_deref() == Some(owner) && held.leased == until);
    Ok(ours.then_some(job))
}

/// Whether jobs of a kind are to be done that did not fail again and again.
pub async fn has_fresh(db: &Db, kind: &str) -> Result<bool, Fault> {
    /// From then on others need not wait for it.
    const FAILS: i64 = 3;
    Ok(FRESH.first(db, &args![kind, FAILS]).await?.unwrap_or_default() > 0)
}

/// The job is done.
pub async fn done(db: &Db, job: &Job) -> Result<(), Fault> {
    db.execute(vec![DONE.with(args![job.ledger, job.id])]).await
}

/// The job failed: it is tried again after one minute, then two, four … at most a day.
pub async fn failed(db: &Db, job: &Job, why: &str, now: Moment) -> Result<(), Fault> {
    let wait = 60_i64.saturating_mul(1 << job.tries.clamp(0, 20)).min(86_400);
    db.execute(vec![FAILED.with(args![job.ledger, job.id, now.plus_seconds(wait), why])]).await
}

/// Jobs in which a word stands, whether they are due or not.
pub async fn naming(db: &Db, word: &str) -> Result<Vec<Job>, Fault> {
    NAMING.all(db, &args![format!("%{word}%")]).await
}

/// Jobs that failed too often, for a person to look at.
pub async fn stuck(db: &Db, ledger: Uuid) -> Result<Vec<Job>, Fault> {
    STUCK.all(db, &args![ledger, TRIES]).await
}
