//! Followers: what follows from entries in its own time. Each has a cursor in every ledger that
//! moves once its work is done, so that nothing is left out; ids derive from follower and entry,
//! so that nothing happens twice. Its output is commands and jobs, and no follower is followed.

use super::Work;
use crate::{Failure, Load, Office, Viewed};
use uuid::Uuid;
use yishi_kernel::command::{Command, Start};
use yishi_kernel::{Actor, Moment, PlaceId, StreamName};
use yishi_store::ledgers::LedgerRow;
use yishi_store::outbox::{self, Job};
use yishi_store::query::args_and;
use yishi_store::{Db, Fault, Value, args, blobs, query, row};

/// Entries read at once.
const READ: i64 = 500;

row! {
    /// An entry, as a follower sees it: what anyone may read of it stands in its envelope.
    pub Entry, from "event" {
        /// Its number in the ledger.
        number: i64,
        /// Its stream.
        stream: String,
        /// Its version in the stream.
        version: u64,
        /// Versioned name of what happened.
        kind: String,
        /// When it was recorded.
        at: Moment,
        /// The envelope.
        envelope: String,
    }
}

query! {
    ENTRIES: Entry => "where ledger = ?1 and number >= ?2 and number < ?3 and kind in (?5, …) order by number limit ?4";
    MOVE: () = "insert into cursor (follower, ledger, number) values (?1, ?2, ?3)
         on conflict (follower, ledger) do update set number = excluded.number";
}

/// A ledger that has grown since a follower looked last.
#[derive(Clone, Debug, PartialEq)]
pub struct Grown {
    /// The ledger and where it is found.
    pub keeper: LedgerRow,
    /// The first entry not followed yet.
    pub from: i64,
    /// How many entries there are.
    pub to: i64,
}

impl Grown {
    /// Entries of these kinds that were not followed yet, so many from a number on, and where to go on
    /// behind them: whoever looks at few kinds is not handed all the others.
    pub(crate) async fn entries(
        &self,
        db: &Db,
        from: i64,
        kinds: impl IntoIterator<Item = &'static str>,
    ) -> Result<(Vec<Entry>, i64), Fault> {
        let asked = args_and(args![self.keeper.ledger, from, self.to, READ], kinds);
        let entries = ENTRIES.all(db, &asked).await?;
        let full = i64::try_from(entries.len()).is_ok_and(|read| read >= READ);
        let next = entries.last().filter(|_| full).map_or(self.to, |last| last.number + 1);
        Ok((entries, next))
    }

    /// The statement that moves a follower's cursor: it goes along with what the follower
    /// writes, in one transaction.
    pub(crate) fn followed(&self, follower: &str, to: i64) -> (&'static str, Vec<Value>) {
        MOVE.with(args![follower, self.keeper.ledger, to])
    }
}

/// Something that follows from entries.
pub trait Follower: Sync {
    /// Its name, for ever: its cursors are kept under it.
    fn name(&self) -> &'static str;

    /// Follows ledgers that grew, and moves its cursors.
    fn follow<'a>(&'a self, office: &'a Office, grown: &'a [Grown]) -> Work<'a>;
}

/// A follower that looks at entries one by one.
pub trait Reader: Sync {
    /// Its name, for ever.
    const NAME: &'static str;
    /// The kinds of entries that it looks at.
    const OF: &'static [&'static str];

    /// What follows from an entry.
    fn read(&self, entry: &Entry, plan: &mut Plan) -> Result<(), Fault>;
}

/// A [`Reader`] as a follower.
#[derive(Debug)]
pub struct OfEntries<R>(pub R);

/// What follows from one entry.
pub struct Plan {
    ledger: PlaceId,
    follower: &'static str,
    number: i64,
    steps: Vec<Step>,
    jobs: Vec<Job>,
}

type Step = Box<dyn for<'a> FnOnce(&'a Office) -> Work<'a> + Send>;

impl Plan {
    /// The ledger.
    #[must_use]
    pub fn ledger(&self) -> PlaceId {
        self.ledger
    }

    /// An id that is the same whenever this follower looks at this entry.
    #[must_use]
    pub fn id(&self, purpose: &str) -> Uuid {
        let name = format!("{}/{}/{}/{purpose}", self.follower, self.ledger, self.number);
        blobs::id_of(name.as_bytes())
    }

    /// Makes something new, in the role of the program; made before, it stands. Where nothing is to be
    /// made the domain refuses it: that is no fault.
    pub fn start<C>(&mut self, thing: impl Into<StreamName>, command: C)
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        let (ledger, stream) = (self.ledger, thing.into());
        self.steps.push(Box::new(move |office| {
            Box::pin(async move {
                match office.start(&Actor::system(ledger), ledger, stream, command).await {
                    Err(Failure::Refused(refusal)) => {
                        tracing::info!(%refusal, "nothing follows from an entry");
                        Ok(())
                    }
                    done => done.map(|_| ()),
                }
            })
        }));
    }

    /// Carries a command out in the role of the program. What does not fit any more was done
    /// before, or has gone on by itself: that is no fault.
    pub fn act<C>(&mut self, thing: impl Into<StreamName>, command: C)
    where
        C: Command<On: Viewed, Facts: Load<C>>,
    {
        let (ledger, stream) = (self.ledger, thing.into());
        self.steps.push(Box::new(move |office| {
            Box::pin(async move {
                match office.act(&Actor::system(ledger), ledger, stream, command).await {
                    Err(Failure::Refused(refusal)) => {
                        tracing::info!(%refusal, "what follows from an entry was refused");
                        Ok(())
                    }
                    done => done,
                }
            })
        }));
    }

    /// Asks for a job, once for each purpose.
    pub fn job(&mut self, kind: &str, purpose: &str, body: String, due: Moment) {
        let (ledger, id) = (self.ledger.0, self.id(purpose));
        self.jobs.push(Job { ledger, id, kind: kind.to_owned(), body, due, tries: 0 });
    }
}

impl<R: Reader> Follower for OfEntries<R> {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn follow<'a>(&'a self, office: &'a Office, grown: &'a [Grown]) -> Work<'a> {
        Box::pin(async move {
            for one in grown {
                follow_one(&self.0, office, one).await?;
            }
            Ok(())
        })
    }
}

async fn follow_one<R: Reader>(reader: &R, office: &Office, grown: &Grown) -> Result<(), Failure> {
    let ledger = grown.keeper.ledger;
    let mut from = grown.from;
    while from < grown.to {
        let (entries, next) = grown.entries(&office.db, from, R::OF.iter().copied()).await?;
        let mut jobs = Vec::new();
        for entry in &entries {
            let mut plan =
                Plan { ledger, follower: R::NAME, number: entry.number, steps: Vec::new(), jobs: Vec::new() };
            reader.read(entry, &mut plan)?;
            for step in plan.steps {
                step(office).await?;
            }
            jobs.extend(plan.jobs);
        }
        from = next;
        let mut statements: Vec<_> = jobs.iter().map(outbox::add).collect();
        statements.push(grown.followed(R::NAME, from));
        office.db.execute(statements).await?;
    }
    Ok(())
}
