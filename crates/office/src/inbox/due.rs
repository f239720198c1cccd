//! What falls due (到期): with each look, what fell due since the last one comes to the inbox of those
//! for whom it waits. What was overdue before stands on their desk, and is not told again.

use super::follow::{THINGS, all_of, parts_of};
use super::{KEPT, News};
use crate::background::Repeated;
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::time::Duration;
use yishi_kernel::cell::Number;
use yishi_kernel::{Moment, StreamName};
use yishi_store::duty::Duty;
use yishi_store::{args, query};

/// How much of what fell due is read at once.
const READ: i64 = 500;
/// How long before it is due somebody is told, in seconds.
pub(crate) const SOON: i64 = 86_400;
/// How far back one looks at the first look, in seconds.
const FIRST: i64 = 86_400;

query! {
    FELL_DUE: Duty => "where (due, ledger, stream, n) > (?1, ?2, ?3, ?4) and due <= ?5
         order by due, ledger, stream, n limit ?6";
    CAME: i64 = "select number from cursor where follower = ?1 and ledger = ''";
    COMES: () = "insert into cursor (follower, ledger, number) values (?1, '', ?2)
         on conflict (follower, ledger) do update set number = excluded.number";
    // The last entry that was looked at stays: no entry made this.
    TELL: () = "insert into arrival (holder, ledger, stream, number, entry, news, came, at, held)
         values (?1, ?2, ?3, ?4, 0, ?5, ?6, ?6, 1) on conflict (holder, ledger, stream) do update set
         news = excluded.news, came = excluded.came, at = excluded.at, held = 1";
    SWEEP: () = "delete from arrival where at < ?1";
}

/// Tells of what falls due, so long before it does.
#[derive(Debug)]
pub(crate) struct FallsDue {
    /// Its name, for ever.
    pub(crate) name: &'static str,
    /// The name of its place in time, for ever.
    pub(crate) came: &'static str,
    /// How long before, in seconds.
    pub(crate) before: i64,
    /// What is told.
    pub(crate) news: News,
}

impl FallsDue {
    /// What is due within a day.
    pub(crate) const SOON: FallsDue =
        FallsDue { name: "inbox-soon", came: "inbox-soon-upto", before: SOON, news: News::Soon };
    /// What is overdue.
    pub(crate) const OVERDUE: FallsDue =
        FallsDue { name: "inbox-overdue", came: "inbox-overdue-upto", before: 0, news: News::Overdue };

    async fn look(&self, office: &Office) -> Result<(), Failure> {
        let (db, now) = (&office.db, office.now());
        let until = now.plus_seconds(self.before);
        let came = CAME.first(db, &args![self.came]).await?;
        let from = came.map_or(until.plus_seconds(-FIRST), Moment);
        // All that was due at that moment was looked at.
        let mut after = (from, "~".to_owned(), "~".to_owned(), i64::MAX);
        loop {
            let (due, ledger, stream, n) = &after;
            let found = FELL_DUE.all(db, &args![*due, ledger, stream, *n, until, READ]).await?;
            let Some(last) = found.last() else { break };
            after = (last.due, last.ledger.to_string(), last.stream.clone(), i64::from(last.n));
            let parts = parts_of(office, &found).await?;
            let mut told = Vec::new();
            for duty in found.iter().filter(|duty| THINGS.contains(&StreamName::stored(&duty.stream).kind()))
            {
                let Number::Is(number) = duty.number else { continue };
                for holder in all_of(duty, &parts) {
                    told.push(TELL.with(args![&holder, duty.ledger, &duty.stream, number, self.news, now]));
                }
            }
            db.execute(told).await?;
        }
        // Whoever dies before this tells it again, which changes nothing but the time.
        Ok(db.execute(vec![COMES.with(args![self.came, until])]).await?)
    }
}

impl Repeated for FallsDue {
    fn name(&self) -> &'static str {
        self.name
    }

    fn every(&self) -> Duration {
        Duration::from_secs(20)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Boxed<'a> {
        Box::pin(self.look(office))
    }
}

/// Sweeps what is older than the inbox goes back.
#[derive(Debug)]
pub(crate) struct SweepInbox;

impl Repeated for SweepInbox {
    fn name(&self) -> &'static str {
        "sweep-inbox"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(86_400)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Boxed<'a> {
        Box::pin(async move {
            let before = office.now().plus_seconds(-KEPT);
            Ok(office.db.execute(vec![SWEEP.with(args![before])]).await?)
        })
    }
}
