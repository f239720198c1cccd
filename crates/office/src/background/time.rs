//! Timers: what is done when something has been due for a while. What waits stands in one table
//! for all features, and so does what a timer has answered already.

use super::{Repeated, Work};
use crate::{Failure, Office};
use std::time::Duration;
use yishi_store::duty::Duty;
use yishi_store::{args, query};

/// What is answered in one round.
const AT_ONCE: i64 = 200;

query! {
    DUE: Duty => "left join fired f on f.timer = ?1 and f.ledger = duty.ledger and f.stream = duty.stream
         and f.n = duty.n and f.due = duty.due
         where duty.due <= ?2 and f.timer is null
         order by duty.due, duty.ledger, duty.stream, duty.n limit ?3";
    FIRED: () = "insert into fired (timer, ledger, stream, n, due) values (?1, ?2, ?3, ?4, ?5)
         on conflict (timer, ledger, stream, n, due) do nothing";
    FORGET: () = "delete from fired where not exists (select 1 from duty where duty.ledger = fired.ledger
         and duty.stream = fired.stream and duty.n = fired.n and duty.due = fired.due)",
        scans "what was answered and waits no more, once a day";
}

/// Something done when what waits has been due for a while.
pub trait Timer: Sync {
    /// Its name, for ever.
    fn name(&self) -> &'static str;

    /// How long after it was due.
    fn after(&self) -> Duration;

    /// Does it, for one thing that waits. It may be done twice after a crash, so it must not
    /// mind; it must look by itself whether the thing concerns it.
    fn fire<'a>(&'a self, office: &'a Office, duty: &'a Duty) -> Work<'a>;
}

/// Answers what has been due for a while, each once.
pub(super) async fn fire(office: &Office, timer: &dyn Timer) -> Result<(), Failure> {
    let after = i64::try_from(timer.after().as_secs()).unwrap_or(i64::MAX);
    let until = office.now().plus_seconds(after.saturating_neg());
    for duty in DUE.all(&office.db, &args![timer.name(), until, AT_ONCE]).await? {
        timer.fire(office, &duty).await?;
        let fired = FIRED.with(args![timer.name(), duty.ledger, &duty.stream, duty.n, duty.due]);
        office.db.execute(vec![fired]).await?;
    }
    Ok(())
}

/// Forgets what was answered and waits no more.
#[derive(Debug)]
pub(super) struct ForgetFired;

impl Repeated for ForgetFired {
    fn name(&self) -> &'static str {
        "forget-fired"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(86_400)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Work<'a> {
        Box::pin(async move { Ok(office.db.execute(vec![FORGET.with([])]).await?) })
    }
}
