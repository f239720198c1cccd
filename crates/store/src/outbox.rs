//! The outbox: jobs that follow from a recorded change, written in its transaction
//! ([`crate::Append::jobs`]) and done afterwards by whichever process takes them. A job may be
//! done twice after a crash, so whoever does it must not mind. What jobs there are is not
//! known here.

use crate::{Db, Fault, Row, Value};
use uuid::Uuid;
use yishi_domain::Moment;

/// How long a process may take over a job before another one tries, in seconds.
const LEASE_SECONDS: i64 = 60;
/// How often a job is tried before a person has to look at it.
pub const TRIES: i64 = 12;

/// A job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The ledger it follows from.
    pub ledger: Uuid,
    /// Its id: adding it twice adds it once.
    pub id: Uuid,
    /// What is to be done.
    pub kind: String,
    /// What it needs, as JSON text.
    pub body: String,
    /// Not before this moment.
    pub due: Moment,
    /// How often it failed.
    pub tries: i64,
}

/// The statement that adds a job, to go along with others in one transaction.
#[must_use]
pub fn add(job: &Job) -> (&'static str, Vec<Value>) {
    const ADD: &str = "insert into outbox (ledger, id, kind, body, due, leased, tries)
         values (?1, ?2, ?3, ?4, ?5, 0, 0) on conflict (ledger, id) do nothing";
    let values = vec![
        Value::from(job.ledger),
        Value::from(job.id),
        Value::from(job.kind.as_str()),
        Value::from(job.body.as_str()),
        Value::Int(job.due.0),
    ];
    (ADD, values)
}

fn read(row: &Row) -> Result<Job, Fault> {
    Ok(Job {
        ledger: row.uuid(0)?,
        id: row.uuid(1)?,
        kind: row.text(2)?.to_owned(),
        body: row.text(3)?.to_owned(),
        due: Moment(row.int(4)?),
        tries: row.int(5)?,
    })
}

/// Takes the job that is due longest, if there is one and nobody else has it.
///
/// # Errors
/// When the store fails.
pub async fn take(db: &Db, owner: &str, now: Moment) -> Result<Option<Job>, Fault> {
    const DUE: &str = "select ledger, id, kind, body, due, tries from outbox
         where due <= ?1 and leased <= ?1 and tries < ?2 order by due, ledger, id limit 1";
    const LEASE: &str =
        "update outbox set leased = ?4, owner = ?3 where ledger = ?1 and id = ?2 and leased <= ?5";
    const MINE: &str = "select owner, leased from outbox where ledger = ?1 and id = ?2";
    let Some(row) = db.row(DUE, &[Value::Int(now.0), Value::Int(TRIES)]).await? else { return Ok(None) };
    let job = read(&row)?;
    let until = now.plus_seconds(LEASE_SECONDS);
    let key = [Value::from(job.ledger), Value::from(job.id)];
    let mut args = key.to_vec();
    args.extend([Value::from(owner), Value::Int(until.0), Value::Int(now.0)]);
    db.execute(vec![(LEASE, args)]).await?;
    let held = match db.row(MINE, &key).await? {
        Some(row) => row.opt_text(0)? == Some(owner) && row.int(1)? == until.0,
        None => false,
    };
    Ok(held.then_some(job))
}

/// The job is done.
///
/// # Errors
/// When the store fails.
pub async fn done(db: &Db, job: &Job) -> Result<(), Fault> {
    const DONE: &str = "delete from outbox where ledger = ?1 and id = ?2";
    db.execute(vec![(DONE, vec![Value::from(job.ledger), Value::from(job.id)])]).await
}

/// The job failed: it is tried again after one minute, then two, four … at most a day.
///
/// # Errors
/// When the store fails.
pub async fn failed(db: &Db, job: &Job, why: &str, now: Moment) -> Result<(), Fault> {
    const FAILED: &str = "update outbox set tries = tries + 1, due = ?3, leased = 0, failed = ?4
         where ledger = ?1 and id = ?2";
    let wait = 60_i64.saturating_mul(1 << job.tries.clamp(0, 20)).min(86_400);
    let args = vec![
        Value::from(job.ledger),
        Value::from(job.id),
        Value::Int(now.plus_seconds(wait).0),
        Value::from(why),
    ];
    db.execute(vec![(FAILED, args)]).await
}

/// Jobs that failed too often, for a person to look at.
///
/// # Errors
/// When the store fails.
pub async fn stuck(db: &Db, ledger: Uuid) -> Result<Vec<Job>, Fault> {
    const STUCK: &str = "select ledger, id, kind, body, due, tries from outbox
         where ledger = ?1 and tries >= ?2 order by due, id limit 100";
    db.rows(STUCK, &[Value::from(ledger), Value::Int(TRIES)]).await?.iter().map(read).collect()
}
