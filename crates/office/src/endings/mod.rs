//! Endings 移交: a role, an account, an organisation or a place ends, and what hangs on it passes
//! to the heir, some things in one append and the next in another, in the role of the program.
//! Each looks anew at what still hangs there, so that it may be broken off and done again.
//! What an heir takes over in a thing is said by its feature ([`Stream::pass_on`]).

mod living;
mod within;

pub(crate) use living::{QUERIES, Roll};
pub(crate) use within::QUERIES as WITHIN_QUERIES;

use crate::background::{Job, Repeated};
use crate::features::registered;
use crate::people::reads::actor;
use crate::registered::Boxed;
use crate::{Batch, Failure, Office, Viewed};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;
use yishi_kernel::{
    AccountId, Actor, Heir, Holder, HolderKey, Loaded, Moment, Passing, PlaceId, Role, Stamped, Stream,
    StreamName, Whom,
};
use yishi_store::duty::{self, Duty, Key};
use yishi_store::outbox::{self, Job as Asked};
use yishi_store::{Fault, blobs};

/// The kind of the jobs that finish what an ending began.
const KIND: &str = "ending";
/// Things that pass in one append.
const AT_ONCE: usize = 100;
/// Rows of what waits that are read at once.
const PAGE: i64 = 500;
/// Things that pass before whoever ended something is answered; the job does the others.
const BEFORE_ANSWER: usize = 500;

/// What ended, as a job carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Somebody left a post or is no longer here, or a body takes part no more.
    Holder {
        /// The key of the holder.
        key: String,
        /// Who takes over; the desk of each thing where nobody is named.
        to: Option<(Holder, Option<AccountId>)>,
    },
    /// A place is no more.
    Place(PlaceId),
}

impl Ending {
    /// A holder's, with the heir.
    #[must_use]
    pub fn of(key: &HolderKey, heir: Heir) -> Self {
        let to = match heir {
            Heir::Desk => None,
            Heir::Named(holder, person) => Some((holder, person)),
        };
        Ending::Holder { key: key.as_str().to_owned(), to }
    }

    /// The job that carries it out: the same whenever the same entry is looked at.
    pub(crate) fn job(
        &self,
        ledger: PlaceId,
        stream: &StreamName,
        version: u64,
        due: Moment,
    ) -> Result<Asked, Fault> {
        let id = blobs::id_of(format!("{KIND}/{ledger}/{stream}/{version}").as_bytes());
        let body = serde_json::to_string(self).map_err(Fault::unreadable)?;
        Ok(Asked { ledger: ledger.0, id, kind: KIND.to_owned(), body, due, tries: 0 })
    }
}

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// To its end.
    ToTheEnd,
    /// Something is left.
    SomeWay,
}

/// Things by their ledgers.
type Things = BTreeMap<PlaceId, BTreeSet<StreamName>>;

impl Office {
    /// Carries out what follows from an ending, now that it is recorded, as far as whoever
    /// waits for an answer can wait.
    pub(crate) async fn ended(&self, ending: &Ending) -> Result<(), Failure> {
        self.follow_ending(ending, BEFORE_ANSWER).await.map(|_| ())
    }

    pub(crate) async fn follow_ending(&self, ending: &Ending, most: usize) -> Result<Came, Failure> {
        match ending {
            Ending::Holder { key, to } => {
                let to = to.map_or(Heir::Desk, |(holder, person)| Heir::Named(holder, person));
                let passing = Passing { from: HolderKey::stored(key), to };
                if let Whom::Organisation(body) = passing.from.whom() {
                    self.end_roles_for(body).await?;
                }
                self.pass_on(&passing, most).await
            }
            Ending::Place(place) => self.empty(*place).await.map(|()| Came::ToTheEnd),
        }
    }

    /// Finishes the endings in which somebody is named, so that no job for them is left.
    pub(crate) async fn finish_endings_of(&self, id: AccountId) -> Result<(), Failure> {
        for job in outbox::naming(&self.db, &id.to_string()).await? {
            if job.kind == KIND {
                FinishEnding.run(self, &job).await?;
                outbox::done(&self.db, &job).await?;
            }
        }
        Ok(())
    }

    /// Passes what hangs on somebody who is no longer there for it to the heir.
    async fn pass_on(&self, passing: &Passing, most: usize) -> Result<Came, Failure> {
        let mut done = 0;
        if let Whom::Person(_) = passing.from.whom() {
            // Whoever chairs or records holds that before it is a step.
            let meetings = living::open_meetings(&self.db).await?;
            let at =
                meetings.into_iter().map(|(ledger, stream, at)| (ledger, stream, passing.from.clone(), at));
            done += self.pass_each(passing.to, self.left_alone(at.collect()).await?).await?;
        }
        let mut after = Key::FIRST;
        loop {
            let page = duty::held_after(&self.db, &passing.from, &after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(Came::ToTheEnd) };
            after = last.into();
            let at = page.iter().map(waiting).collect();
            done += self.pass_each(passing.to, self.left_alone(at).await?).await?;
            if done >= most {
                return Ok(Came::SomeWay);
            }
        }
    }

    /// Those of some things whose holder is not there for them.
    async fn left_alone(
        &self,
        all: Vec<(PlaceId, StreamName, HolderKey, PlaceId)>,
    ) -> Result<BTreeMap<HolderKey, Things>, Failure> {
        let roll = Roll::of(&self.db, self.now(), all.iter().map(|(_, _, holder, at)| (holder, *at))).await?;
        let mut alone: BTreeMap<HolderKey, Things> = BTreeMap::new();
        for (ledger, stream, holder, at) in all {
            if !roll.is_there(&holder, at) {
                alone.entry(holder).or_default().entry(ledger).or_default().insert(stream);
            }
        }
        Ok(alone)
    }

    async fn pass_each(&self, to: Heir, alone: BTreeMap<HolderKey, Things>) -> Result<usize, Failure> {
        let mut done = 0;
        for (from, things) in alone {
            let passing = Passing { from, to };
            for (ledger, streams) in things {
                let streams: Vec<StreamName> = streams.into_iter().collect();
                for some in streams.chunks(AT_ONCE) {
                    self.pass_some(ledger, some, &passing).await?;
                    done += some.len();
                }
            }
        }
        Ok(done)
    }

    async fn pass_some(
        &self,
        ledger: PlaceId,
        streams: &[StreamName],
        passing: &Passing,
    ) -> Result<(), Failure> {
        self.carry_out(|| async {
            let mut batch = Batch::new(ledger, self.now());
            for stream in streams {
                registered(stream)?.pass_on(self, &mut batch, ledger, stream, passing).await?;
            }
            self.append(batch).await
        })
        .await
    }

    /// Records what happened in a stream, and what follows where it comes to wait for somebody
    /// who is not there for it: whatever brought that about, it passes to the desk at once.
    pub(crate) async fn record<S: Viewed>(
        &self,
        batch: &mut Batch,
        ledger: PlaceId,
        stream: &StreamName,
        loaded: &mut Loaded<S>,
        role: Role,
        events: Vec<Stamped<S::Event>>,
    ) -> Result<(), Failure> {
        let before = holders(loaded);
        let now = events.last().map_or_else(|| self.now(), |event| event.time);
        batch.record(stream, loaded, role, events)?;
        let Some(state) = loaded.get() else { return Ok(()) };
        let new = |holder: &HolderKey| !matches!(holder.whom(), Whom::Desk(_)) && !before.contains(holder);
        let new: Vec<(HolderKey, PlaceId)> = (state.waits().into_iter())
            .filter(|wait| new(&wait.holder))
            .map(|wait| (wait.holder, wait.place.unwrap_or(ledger)))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        let (roll, guards) =
            Roll::guarded(&self.db, now, new.iter().map(|(holder, at)| (holder, *at))).await?;
        guards.into_iter().for_each(|guard| batch.guard(guard));
        for (from, at) in new {
            if let (false, Some(state)) = (roll.is_there(&from, at), loaded.get()) {
                let events = state.pass_on(&Passing { from, to: Heir::Desk });
                batch.record(stream, loaded, Role::System, by_itself(events, now))?;
            }
        }
        Ok(())
    }
}

/// The same of a kind of stream that is known only by its name.
pub(crate) async fn pass_on<S: Viewed>(
    office: &Office,
    batch: &mut Batch,
    ledger: PlaceId,
    stream: &StreamName,
    passing: &Passing,
) -> Result<(), Failure> {
    let mut loaded = office.load::<S>(ledger, stream).await?;
    let Some(state) = loaded.get() else { return Ok(()) };
    let to = fit::<S>(office, ledger, stream, state, passing.to).await?;
    let events = by_itself(state.pass_on(&Passing { to, ..passing.clone() }), office.now());
    office.record(batch, ledger, stream, &mut loaded, Role::System, events).await
}

/// The heir, unless the thing is about whoever was named: then it is the desk's.
async fn fit<S: Viewed>(
    office: &Office,
    ledger: PlaceId,
    stream: &StreamName,
    state: &S,
    to: Heir,
) -> Result<Heir, Failure> {
    let Heir::Named(holder, person) = to else { return Ok(to) };
    let person = match person {
        Some(id) => actor(&office.db, id).await?,
        None => None,
    };
    let heir = person.unwrap_or_else(|| Actor { employer: holder.organisation(), ..Actor::default() });
    let path = office.path_at(S::lies_at(stream.id(), state).unwrap_or(ledger)).await?;
    Ok(if state.resource(&path, &heir).keeps_away(&heir) { Heir::Desk } else { to })
}

/// Events that the program brings about.
pub(crate) fn by_itself<E>(events: Vec<E>, time: Moment) -> Vec<Stamped<E>> {
    events.into_iter().map(|what| Stamped { time, by: None, what }).collect()
}

fn holders<S: Stream>(loaded: &Loaded<S>) -> BTreeSet<HolderKey> {
    loaded.get().into_iter().flat_map(S::waits).map(|wait| wait.holder).collect()
}

/// What waits, for whom and where.
pub(crate) fn waiting(duty: &Duty) -> (PlaceId, StreamName, HolderKey, PlaceId) {
    let (stream, holder) = (StreamName::stored(&duty.stream), HolderKey::stored(&duty.holder.0));
    (duty.ledger, stream, holder, duty.place.unwrap_or(duty.ledger))
}

/// The job that finishes an ending.
#[derive(Debug)]
pub(crate) struct FinishEnding;

impl Job for FinishEnding {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn run<'a>(&'a self, office: &'a Office, job: &'a Asked) -> Boxed<'a> {
        Box::pin(async move {
            let ending: Ending = serde_json::from_str(&job.body).map_err(Fault::unreadable)?;
            office.follow_ending(&ending, usize::MAX).await.map(|_| ())
        })
    }
}

/// Passes on what waits for somebody who is not there any more without anything having ended
/// it: a role whose time is over.
#[derive(Debug)]
pub(crate) struct PassOnExpired;

impl Repeated for PassOnExpired {
    fn name(&self) -> &'static str {
        "pass-on-expired"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(300)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Boxed<'a> {
        Box::pin(async move {
            // What an ending leaves to its job goes to the heir that was named, not to the desk.
            if outbox::has_fresh(&office.db, KIND).await? {
                return Ok(());
            }
            let mut after = Key::FIRST;
            loop {
                let page = duty::all_after(&office.db, &after, PAGE).await?;
                let Some(last) = page.last() else { return Ok(()) };
                after = last.into();
                let held = page
                    .iter()
                    .map(waiting)
                    .filter(|(_, _, holder, _)| !matches!(holder.whom(), Whom::Desk(_)));
                office.pass_each(Heir::Desk, office.left_alone(held.collect()).await?).await?;
            }
        })
    }
}
