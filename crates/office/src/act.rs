//! Carrying commands out, written once for all features: load, gather facts, judge the right,
//! decide, record with what follows in other streams, and again when somebody else was
//! quicker. What is decided is the domain's; what must be known for it is each feature's.

use crate::Batch;
use crate::Viewed;
use crate::case::{Case, Load};
use crate::features::registered;
use crate::once::Mark;
use crate::people::reads::{holds_at, organisations};
use crate::places::reads::place;
use crate::{Failure, FormKey, Office};
use std::fmt;
use std::time::{Duration, Instant};
use yishi_domain::places::Place;
use yishi_kernel::command::{Command, Decided, Start, decide, stamped, start};
use yishi_kernel::named::{Named, What};
use yishi_kernel::record::SENT;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Context, Loaded, Moment, Pack, PlaceId, Role, Stream, StreamName};
use yishi_store::{AppendError, Fault, Guard};

/// How often a command is decided anew at once when another one was quicker.
const TRIES: usize = 5;
/// How long it is tried after that. Each time another one was quicker, something was
/// recorded: a room that votes while somebody takes the minutes comes through in moments.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it then waits between one try and the next, at most.
const PAUSE: Duration = Duration::from_millis(80);

/// Whether something was made now, or stood already: a form sent twice makes it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Now.
    Now,
    /// Before, under the same id.
    Before,
    /// Before, by the same form with something else in it; nothing was made of this.
    Otherwise,
}

/// What one try came to: carried out, or to be decided anew.
pub(crate) enum Try<T> {
    Done(T),
    Again,
}

impl Office {
    /// Carries out a command on a thing that exists; of a form that comes again, once.
    pub async fn act<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        thing: impl Into<StreamName>,
        command: C,
    ) -> Result<(), Failure>
    where
        C: Command<On: Viewed, Facts: Load<C>>,
    {
        let stream = thing.into();
        let mark = self.mark();
        self.carry_out(|| {
            Box::pin(async {
                let mut loaded = self.load::<C::On>(ledger, &stream).await?;
                if let Some(mark) = &mark
                    && mark.stands(&loaded)?
                {
                    return Ok(Try::Done(()));
                }
                let mut batch = self.acted(actor, ledger, &stream, &mut loaded, command.clone()).await?;
                batch.sent(&stream, mark.as_ref().map(Mark::text).as_deref());
                self.append(batch).await
            })
        })
        .await
    }

    /// Carries out a command that makes something new, unless it stands already.
    pub async fn start<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        thing: impl Into<StreamName>,
        command: C,
    ) -> Result<Made, Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        self.start_once(actor, ledger, thing, command, None).await
    }

    /// The same for what a form asks for whose id follows from the form.
    ///
    /// # Errors
    /// Why it was refused, or that the same form made something else by it.
    pub(crate) async fn start_by_form<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        thing: impl Into<StreamName>,
        command: C,
    ) -> Result<(), Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        match self.start_once(actor, ledger, thing, command, self.said()).await? {
            Made::Otherwise => Err(Common::SentOtherwise.into()),
            Made::Now | Made::Before => Ok(()),
        }
    }

    /// Makes what a form asks for: once, however often the same sender sends the same. Sent
    /// again with something else in it, it makes a thing of its own beside the first; from
    /// another sender it is another form. `thing` says what the form makes under a key; the key
    /// under which it stands comes back, which is another than `form` where it stands beside.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn make<C, I>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        form: FormKey,
        thing: impl Fn(&FormKey) -> (I, C),
    ) -> Result<FormKey, Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
        I: Into<StreamName>,
    {
        let (first, command) = thing(&form);
        if self.start_once(actor, ledger, first, command, form.said()).await? != Made::Otherwise {
            return Ok(form);
        }
        let beside = form.beside();
        let (second, command) = thing(&beside);
        self.start_once(actor, ledger, second, command, form.said()).await?;
        Ok(beside)
    }

    /// The same as [`Office::start`], with a digest of what was sent: kept with the first entry,
    /// and compared with what is kept there.
    pub(crate) async fn start_once<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        thing: impl Into<StreamName>,
        command: C,
        said: Option<String>,
    ) -> Result<Made, Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        let stream = thing.into();
        self.carry_out(|| {
            Box::pin(async {
                let mut loaded = self.load::<C::Of>(ledger, &stream).await?;
                if loaded.version > 0 {
                    return Ok(Try::Done(stands(&loaded, said.as_deref())));
                }
                match self.started(actor, ledger, &stream, &mut loaded, command.clone()).await {
                    Ok(mut batch) => {
                        batch.sent(&stream, said.as_deref());
                        Ok(self.append(batch).await?.with(Made::Now))
                    }
                    // The same form, sent twice at once: what refuses this one may be what the
                    // other made since this one looked.
                    Err(Failure::Refused(refusal)) => {
                        let loaded = self.load::<C::Of>(ledger, &stream).await?;
                        match loaded.version {
                            0 => Err(refusal.into()),
                            _ => Ok(Try::Done(stands(&loaded, said.as_deref()))),
                        }
                    }
                    Err(failure) => Err(failure),
                }
            })
        })
        .await
    }

    /// Whether a command that makes something new would be carried out.
    pub(crate) async fn would_start<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        thing: impl Into<StreamName>,
        command: C,
    ) -> Result<(), Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        let mut nothing = Loaded::<C::Of>::default();
        self.started(actor, ledger, &thing.into(), &mut nothing, command).await.map(|_| ())
    }

    /// Carries out a command that makes something new or, where it stands already, puts its
    /// events after those that it has.
    pub async fn put<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        thing: impl Into<StreamName>,
        command: C,
    ) -> Result<(), Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        let stream = thing.into();
        self.carry_out(|| {
            Box::pin(async {
                let mut loaded = self.load::<C::Of>(ledger, &stream).await?;
                let batch = self.started(actor, ledger, &stream, &mut loaded, command.clone()).await?;
                self.append(batch).await
            })
        })
        .await
    }

    /// What a command comes to on a thing as loaded, ready to be recorded.
    pub(crate) async fn acted<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        stream: &StreamName,
        loaded: &mut Loaded<C::On>,
        command: C,
    ) -> Result<Batch, Failure>
    where
        C: Command<On: Viewed, Facts: Load<C>>,
    {
        let now = self.now();
        let mut case = Case::on(self, ledger, stream, now, loaded.must()?);
        let facts = C::Facts::load(&mut case, &command).await?;
        let (path, guards) = case.close(C::On::lies_at(stream.id(), loaded.must()?)).await?;
        let rules = self.rules(ledger, now).await?;
        let ctx = context(now, actor, &rules, &path);
        let names = command.names();
        let (role, decided) = decide(command, loaded.must()?, &facts, &ctx)?;
        self.must_lie_here(ledger, &names, &ctx).await?;
        self.batch(ledger, stream, loaded, role, decided, guards, &ctx).await
    }

    /// What a start comes to, ready to be recorded.
    pub(crate) async fn started<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        stream: &StreamName,
        loaded: &mut Loaded<C::Of>,
        command: C,
    ) -> Result<Batch, Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        let now = self.now();
        let mut case = Case::new(self, ledger, stream, now);
        let facts = C::Facts::load(&mut case, &command).await?;
        let (path, guards) = case.close(command.at()).await?;
        let rules = self.rules(ledger, now).await?;
        let ctx = context(now, actor, &rules, &path);
        let names = command.names();
        let (role, decided) = start(command, &facts, &ctx)?;
        self.must_lie_here(ledger, &names, &ctx).await?;
        self.batch(ledger, stream, loaded, role, decided, guards, &ctx).await
    }

    /// That what a command names by ids lies where it is decided: whatever a form says, nobody
    /// else's body, person or place gets into what is recorded.
    async fn must_lie_here(
        &self,
        ledger: PlaceId,
        names: &[Named],
        ctx: &Context<'_>,
    ) -> Result<(), Failure> {
        if names.is_empty() {
            return Ok(());
        }
        let bodies = organisations(&self.db, ctx.path).await?;
        for Named { field, what } in names {
            let here = match what {
                What::Body(id) => bodies.iter().any(|row| row.id == *id),
                What::Person(id) => holds_at(&self.db, *id, ctx.path, ctx.now).await?,
                What::Above(id) => ctx.path.contains(id),
                What::Within(id) => {
                    let row = place(&self.db, *id).await?;
                    row.is_some_and(|row| row.ledger == ledger && row.closed.is_none())
                }
            };
            if !here {
                return Err(Common::NotHere { field }.into());
            }
        }
        Ok(())
    }

    /// A decision with what follows from it in other streams.
    #[expect(clippy::too_many_arguments, reason = "each is one part of one decision")]
    async fn batch<S: Viewed>(
        &self,
        ledger: PlaceId,
        stream: &StreamName,
        loaded: &mut Loaded<S>,
        role: Role,
        decided: Decided<S>,
        guards: Vec<Guard>,
        ctx: &Context<'_>,
    ) -> Result<Batch, Failure> {
        let ctx = Context { role, ..*ctx };
        let mut batch = Batch::new(ledger, ctx.now);
        for guard in guards {
            batch.guard(guard);
        }
        let events = decided.events.into_iter().map(|event| stamped(event, &ctx)).collect();
        self.record(&mut batch, ledger, stream, loaded, role, events).await?;
        for also in &decided.also {
            registered(&also.stream)?.apply(self, &mut batch, ledger, also, &ctx).await?;
        }
        Ok(batch)
    }

    /// Runs a try until it is carried out.
    pub(crate) async fn carry_out<T, F>(&self, mut step: impl FnMut() -> F) -> Result<T, Failure>
    where
        F: Future<Output = Result<Try<T>, Failure>>,
    {
        let began = Instant::now();
        for tried in 1.. {
            if let Try::Done(done) = step().await? {
                return Ok(done);
            }
            if tried >= TRIES {
                if began.elapsed() >= PATIENCE {
                    break;
                }
                let pause = Duration::from_millis(5 << (tried - TRIES).min(4)).min(PAUSE);
                tokio::time::sleep(pause).await;
            }
        }
        Err(Fault::Busy.into())
    }

    pub(crate) async fn append(&self, batch: Batch) -> Result<Try<()>, Failure> {
        // Said once more, something may change nothing.
        if batch.is_empty() {
            return Ok(Try::Done(()));
        }
        let files = batch.freed();
        let of_places = batch.holds(Place::KIND);
        match self.db.append(batch.into_append()).await {
            Ok(_) => {
                if of_places {
                    self.locals.forget();
                }
                self.drop_unused(&files).await?;
                Ok(Try::Done(()))
            }
            Err(AppendError::Conflict) => Ok(Try::Again),
            Err(AppendError::Fault(fault)) => Err(fault.into()),
        }
    }
}

/// What stands where a form comes again with this in it.
pub(crate) fn stands<S: Stream>(loaded: &Loaded<S>, said: Option<&str>) -> Made {
    match (loaded.private::<String>(1, SENT), said) {
        (Some(before), Some(now)) if before != now => Made::Otherwise,
        _ => Made::Before,
    }
}

impl Try<()> {
    /// The same with what the command answers.
    pub(crate) fn with<T>(self, answer: T) -> Try<T> {
        match self {
            Try::Done(()) => Try::Done(answer),
            Try::Again => Try::Again,
        }
    }
}

impl<T> fmt::Debug for Try<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Try::Done(_) => "done",
            Try::Again => "again",
        })
    }
}

/// A context for deciding; the role is set once the right was judged.
pub(crate) fn context<'a>(
    now: Moment,
    actor: &'a Actor,
    rules: &'a Pack,
    path: &'a [PlaceId],
) -> Context<'a> {
    Context { now, actor, role: Role::Visitor, rules, path }
}
