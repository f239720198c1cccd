//! What the office can do with a stream whose kind is known only at run time: apply what
//! follows from a command elsewhere, and erase. One line a stream in the list of features.

use crate::Batch;
use crate::Of;
use crate::Viewed;
use crate::amending::Amending;
use crate::correct::Correcting;
use crate::erase::Erasing;
use crate::features::registered;
use crate::rulebook::Turn;
use crate::{Failure, Office};
use std::pin::Pin;
use yishi_kernel::command::{Also, Over, stamped};
use yishi_kernel::{Actor, Context, Denied, Loaded, Passing, PlaceId, Role, StreamName, may};
use yishi_store::ledgers::{EntryRow, entries_of_all};
use yishi_store::{Fault, Shown};

/// A future that knows no type.
pub type Boxed<'a, T = ()> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// What somebody wants to do with values of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Erase somebody's.
    Erase,
    /// Correct a text for everyone, or take it back.
    Correct,
}

/// A kind of stream.
pub trait Registered: Shown {
    /// Applies what follows from a command in a stream of this kind.
    fn apply<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        ledger: PlaceId,
        also: &'a Also,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a>;

    /// Passes on what hangs on somebody who is no longer there.
    fn pass_on<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        ledger: PlaceId,
        stream: &'a StreamName,
        passing: &'a Passing,
    ) -> Boxed<'a>;

    /// Reckons anew what was promised by a calendar, now that another one came.
    fn reckon<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        ledger: PlaceId,
        stream: &'a StreamName,
        turn: &'a Turn<'a>,
    ) -> Boxed<'a>;

    /// The role in which somebody may change values of a stream of this kind.
    ///
    /// # Errors
    /// Why they may not.
    fn may<'a>(
        &'a self,
        office: &'a Office,
        actor: &'a Actor,
        ledger: PlaceId,
        stream: &'a StreamName,
        asks: Asks,
    ) -> Boxed<'a, Role>;

    /// Corrects a text of a stream of this kind, or takes it back. Gives the old one, as JSON;
    /// nothing where nothing changes.
    fn correct<'a>(
        &'a self,
        amending: Amending<'a>,
        what: &'a Correcting,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a, Option<String>>;

    /// Does what follows from a text of another stream that was corrected or taken back: the old
    /// one, as JSON.
    fn requote<'a>(
        &'a self,
        amending: Amending<'a>,
        old: &'a str,
        what: &'a Correcting,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a>;

    /// The streams that quote or copy texts of a stream of this kind.
    fn quoted_by<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
    ) -> Boxed<'a, Vec<StreamName>>;

    /// The parts of the same thing of which something was said in one breath with what an entry of
    /// a stream of this kind says.
    fn said_with<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
        version: u64,
    ) -> Boxed<'a, Vec<StreamName>>;

    /// The parts of a stream of this kind.
    fn parts<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
    ) -> Boxed<'a, Vec<StreamName>>;

    /// Erases values of a stream of this kind.
    fn erase<'a>(&'a self, amending: Amending<'a>, what: &'a Erasing) -> Boxed<'a>;
}

impl<S: Viewed> Registered for Of<S> {
    fn apply<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        ledger: PlaceId,
        also: &'a Also,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a> {
        Box::pin(async move {
            let wrong = || Fault::unreadable(format!("an effect that is not for a {}: {also:?}", S::KIND));
            let effect = also.on::<S>().ok_or_else(wrong)?;
            let mut loaded = match also.over {
                Over::State => office.load::<S>(ledger, &also.stream).await?,
                Over::Nothing => Loaded::default(),
            };
            let events = effect.apply(loaded.get(), ctx)?;
            let events = events.into_iter().map(|event| stamped(event, ctx)).collect();
            office.record(batch, ledger, &also.stream, &mut loaded, ctx.role, events).await
        })
    }

    fn pass_on<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        ledger: PlaceId,
        stream: &'a StreamName,
        passing: &'a Passing,
    ) -> Boxed<'a> {
        Box::pin(crate::endings::pass_on::<S>(office, batch, ledger, stream, passing))
    }

    fn reckon<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        ledger: PlaceId,
        stream: &'a StreamName,
        turn: &'a Turn<'a>,
    ) -> Boxed<'a> {
        Box::pin(crate::rulebook::reckon::<S>(office, batch, ledger, stream, turn))
    }

    fn may<'a>(
        &'a self,
        office: &'a Office,
        actor: &'a Actor,
        ledger: PlaceId,
        stream: &'a StreamName,
        asks: Asks,
    ) -> Boxed<'a, Role> {
        Box::pin(async move {
            let loaded = office.load::<S>(ledger, stream).await?;
            let state = loaded.must()?;
            if let Some(over) = state.judged_over() {
                return registered(&over)?.may(office, actor, ledger, &over, asks).await;
            }
            let right = match asks {
                Asks::Erase => S::ERASE,
                Asks::Correct => S::CORRECT,
            };
            let right = right.ok_or_else(|| Denied::Role { may: Vec::new() })?;
            let path = office.path_at(S::lies_at(stream.id(), state).unwrap_or(ledger)).await?;
            Ok(may(actor, right, &state.resource(&path, actor), office.now())?)
        })
    }

    fn correct<'a>(
        &'a self,
        amending: Amending<'a>,
        what: &'a Correcting,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a, Option<String>> {
        Box::pin(amending.correct::<S>(what, ctx))
    }

    fn requote<'a>(
        &'a self,
        amending: Amending<'a>,
        old: &'a str,
        what: &'a Correcting,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a> {
        Box::pin(amending.requote::<S>(old, what, ctx))
    }

    fn quoted_by<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
    ) -> Boxed<'a, Vec<StreamName>> {
        Box::pin(async move {
            let loaded = office.load::<S>(ledger, stream).await?;
            Ok(loaded.get().map(S::quoted_by).unwrap_or_default())
        })
    }

    fn said_with<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
        version: u64,
    ) -> Boxed<'a, Vec<StreamName>> {
        Box::pin(async move {
            let loaded = office.load::<S>(ledger, stream).await?;
            let Some(whole) = loaded.get().and_then(S::part_of) else { return Ok(Vec::new()) };
            let parts = registered(&whole)?.parts(office, ledger, &whole).await?;
            let entries = entries_of_all(&office.db, ledger, &parts).await?;
            let own = entries.get(stream).and_then(|all| all.iter().find(|one| one.version == version));
            let Some(own) = own else { return Ok(Vec::new()) };
            let same =
                |one: &EntryRow| one.kind == own.kind && one.public.get("time") == own.public.get("time");
            let with = entries.iter().filter(|(other, all)| *other != stream && all.iter().any(same));
            Ok(with.map(|(other, _)| other.clone()).collect())
        })
    }

    fn parts<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
    ) -> Boxed<'a, Vec<StreamName>> {
        Box::pin(async move {
            let loaded = office.load::<S>(ledger, stream).await?;
            Ok(loaded.get().map(S::parts).unwrap_or_default())
        })
    }

    fn erase<'a>(&'a self, amending: Amending<'a>, what: &'a Erasing) -> Boxed<'a> {
        Box::pin(async move { Ok(amending.erase::<S>(what).await?) })
    }
}
