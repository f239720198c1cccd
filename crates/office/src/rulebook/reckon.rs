//! A calendar that came later: where a pack is adopted whose calendar is another than the one
//! before, what is open and was promised by a rule is reckoned anew, each in an entry of its own, and
//! never put off. Which clock runs for a thing is its feature's to say ([`Stream::clock`]).

use crate::background::{Entry, Job, Plan, Reader};
use crate::features::registered;
use crate::registered::Boxed;
use crate::{Batch, Failure, Office, Viewed};
use std::collections::BTreeSet;
use yishi_domain::rulebook::{Adopted, stream};
use yishi_kernel::access::Role;
use yishi_kernel::command::stamped;
use yishi_kernel::due::Calendar;
use yishi_kernel::{Actor, Context, Pack, PlaceId, StreamName};
use yishi_store::Fault;
use yishi_store::duty::{self, Key};
use yishi_store::outbox::Job as Asked;

/// The kind of the jobs that reckon anew.
const KIND: &str = "reckon";
/// Rows of what waits that are read at once.
const PAGE: i64 = 500;
/// Things reckoned in one append.
const AT_ONCE: usize = 100;

/// Asks for what is open to be reckoned anew, once a pack was adopted.
#[derive(Debug)]
pub(crate) struct AfterAdoption;

impl Reader for AfterAdoption {
    const NAME: &'static str = "reckon";
    const OF: &'static [&'static str] = &["rules.adopted.1", "rules.adopted.2"];

    fn read(&self, entry: &Entry, plan: &mut Plan) -> Result<(), Fault> {
        plan.job(KIND, "anew", entry.version.to_string(), entry.at);
        Ok(())
    }
}

/// Reckons what is open anew.
#[derive(Debug)]
pub(crate) struct ReckonAnew;

impl Job for ReckonAnew {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(&'a self, office: &'a Office, job: &'a Asked) -> Boxed<'a> {
        Box::pin(async move {
            let version: usize = job.body.parse().map_err(Fault::unreadable)?;
            office.reckon_anew(PlaceId(job.ledger), version).await
        })
    }
}

/// The pack that was adopted, and the one before.
#[derive(Debug)]
pub struct Turn<'a> {
    before: &'a Pack,
    ctx: &'a Context<'a>,
}

impl Office {
    /// Reckons anew what is open in a ledger, after the adoption that is this version of its
    /// rulebook. It may be broken off and done again.
    async fn reckon_anew(&self, ledger: PlaceId, version: usize) -> Result<(), Failure> {
        let book = self.load::<Adopted>(ledger, &stream()).await?;
        let pack = async |version: Option<usize>| match version
            .and_then(|version| book.get()?.versions.get(version))
        {
            Some(version) => self.pack(&version.sha256).await.map(Some),
            None => Ok(None),
        };
        // The first entry is version 1, and has none before it.
        let (before, after) = (pack(version.checked_sub(2)).await?, pack(version.checked_sub(1)).await?);
        let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
        if before.section::<Calendar>() == after.section::<Calendar>() {
            return Ok(());
        }
        let (actor, path) = (Actor::system(ledger), self.path_at(ledger).await?);
        let mut next = Key::before(ledger);
        loop {
            let page = duty::all_after(&self.db, &next, PAGE).await?;
            let here: BTreeSet<StreamName> = (page.iter())
                .filter(|duty| duty.ledger == ledger)
                .map(|duty| StreamName::stored(&duty.stream))
                .collect();
            for some in Vec::from_iter(here).chunks(AT_ONCE) {
                self.carry_out(|| async {
                    let rules = &after;
                    let ctx =
                        Context { now: self.now(), actor: &actor, role: Role::System, rules, path: &path };
                    let turn = Turn { before: &before, ctx: &ctx };
                    let mut batch = Batch::new(ledger, ctx.now);
                    for stream in some {
                        registered(stream)?.reckon(self, &mut batch, ledger, stream, &turn).await?;
                    }
                    self.append(batch).await
                })
                .await?;
            }
            match page.last() {
                Some(last) if last.ledger == ledger => next = last.into(),
                _ => return Ok(()),
            }
        }
    }
}

/// Reckons one thing anew.
pub(crate) async fn reckon<S: Viewed>(
    office: &Office,
    batch: &mut Batch,
    ledger: PlaceId,
    stream: &StreamName,
    turn: &Turn<'_>,
) -> Result<(), Failure> {
    let mut loaded = office.load::<S>(ledger, stream).await?;
    let Some(state) = loaded.get() else { return Ok(()) };
    let Turn { before, ctx } = turn;
    let calendars = (before.section::<Calendar>(), ctx.section::<Calendar>());
    let sooner = state.clock(before).and_then(|clock| clock.sooner(calendars.0, calendars.1, ctx.now));
    let Some(due) = sooner else { return Ok(()) };
    let events = state.reckoned(due, ctx).into_iter().map(|event| stamped(event, ctx)).collect();
    office.record(batch, ledger, stream, &mut loaded, ctx.role, events).await
}
