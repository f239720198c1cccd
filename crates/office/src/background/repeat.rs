//! What is done again and again, and jobs that are done once. A job that fails is tried again
//! after a while, longer each time, until a person has to look at it.

use super::Work;
use crate::{Failure, Office};
use std::time::Duration;
use yishi_kernel::Moment;
use yishi_store::outbox::{self, Job as Asked};
use yishi_store::{Fault, args, query};

/// Jobs done in one round.
const AT_ONCE: usize = 50;

query! {
    LAST: i64 = "select number from cursor where follower = ?1 and ledger = ''";
    DONE: () = "insert into cursor (follower, ledger, number) values (?1, '', ?2)
         on conflict (follower, ledger) do update set number = excluded.number";
}

/// Something done again and again.
pub trait Repeated: Sync {
    /// Its name, for ever.
    fn name(&self) -> &'static str;

    /// How often.
    fn every(&self) -> Duration;

    /// Does it. It may be done twice after a crash.
    fn run<'a>(&'a self, office: &'a Office) -> Work<'a>;
}

/// Jobs of one kind.
pub trait Job: Sync {
    /// Their kind.
    fn kind(&self) -> &'static str;

    /// Does one. It may be done twice after a crash.
    fn run<'a>(&'a self, office: &'a Office, job: &'a Asked) -> Work<'a>;
}

/// Does repeated work, if it is time.
pub(super) async fn repeat(office: &Office, work: &dyn Repeated) -> Result<(), Failure> {
    let now = Moment(jiff::Timestamp::now().as_microsecond());
    let every = i64::try_from(work.every().as_secs()).unwrap_or(i64::MAX);
    let last = LAST.first(&office.db, &args![work.name()]).await?;
    // What was done in the future was done by a clock that was wrong.
    if last.is_some_and(|last| last <= now.0 && Moment(last).plus_seconds(every) > now) {
        return Ok(());
    }
    work.run(office).await?;
    Ok(office.db.execute(vec![DONE.with(args![work.name(), now])]).await?)
}

/// Does jobs that are due, of the kinds that are known.
pub(super) async fn jobs(office: &Office, kinds: &[&dyn Job]) -> Result<(), Fault> {
    for _ in 0..AT_ONCE {
        let now = office.now();
        let Some(job) = outbox::take(&office.db, "background", now).await? else { return Ok(()) };
        let done = match kinds.iter().find(|kind| kind.kind() == job.kind) {
            Some(kind) => kind.run(office, &job).await,
            None => Err(Fault::unreadable(format!("nobody does jobs of kind {}", job.kind)).into()),
        };
        match done {
            Ok(()) => outbox::done(&office.db, &job).await?,
            Err(failure) => {
                tracing::error!(%failure, kind = job.kind, "a job failed; it is tried again later");
                outbox::failed(&office.db, &job, &failure.to_string(), now).await?;
            }
        }
    }
    Ok(())
}
