//! What the office can do with a stream whose kind is known only at run time: apply what
//! follows from a command elsewhere, and erase. One line a stream in the list of features.

use crate::Batch;
use crate::Of;
use crate::Viewed;
use crate::correct::Correcting;
use crate::erase::{Erasing, Hand};
use crate::features::registered;
use crate::{Failure, Office};
use std::pin::Pin;
use yishi_kernel::command::{Also, stamped};
use yishi_kernel::{Actor, Context, Denied, Passing, PlaceId, Role, StreamName, may};
use yishi_store::{Fault, Shown};

/// A future that knows no type.
pub type Boxed<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

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
    ) -> Pin<Box<dyn Future<Output = Result<Role, Failure>> + Send + 'a>>;

    /// Corrects a text of a stream of this kind, or takes it back.
    fn correct<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        what: &'a Correcting,
        hand: &'a Hand,
        ctx: &'a Context<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Option<String>, Failure>> + Send + 'a>>;

    /// Does what follows from a text of another stream that was corrected or taken back.
    #[expect(clippy::too_many_arguments, reason = "a stream, what is done to it, and by whom")]
    fn requote<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        old: &'a str,
        what: &'a Correcting,
        hand: &'a Hand,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a>;

    /// The streams that quote or copy texts of a stream of this kind.
    fn quoted_by<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<StreamName>, Failure>> + Send + 'a>>;

    /// Erases values of a stream of this kind.
    fn erase<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        what: &'a Erasing,
        hand: &'a Hand,
    ) -> Boxed<'a>;
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
            let mut loaded = office.load::<S>(ledger, &also.stream).await?;
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

    fn may<'a>(
        &'a self,
        office: &'a Office,
        actor: &'a Actor,
        ledger: PlaceId,
        stream: &'a StreamName,
        asks: Asks,
    ) -> Pin<Box<dyn Future<Output = Result<Role, Failure>> + Send + 'a>> {
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
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        what: &'a Correcting,
        hand: &'a Hand,
        ctx: &'a Context<'a>,
    ) -> Pin<Box<dyn Future<Output = Result<Option<String>, Failure>> + Send + 'a>> {
        Box::pin(batch.correct::<S>(&office.db, stream, what, hand, ctx))
    }

    fn requote<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        old: &'a str,
        what: &'a Correcting,
        hand: &'a Hand,
        ctx: &'a Context<'a>,
    ) -> Boxed<'a> {
        Box::pin(batch.requote::<S>(&office.db, stream, old, what, hand, ctx))
    }

    fn quoted_by<'a>(
        &'a self,
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
    ) -> Pin<Box<dyn Future<Output = Result<Vec<StreamName>, Failure>> + Send + 'a>> {
        Box::pin(async move {
            let loaded = office.load::<S>(ledger, stream).await?;
            Ok(loaded.get().map(S::quoted_by).unwrap_or_default())
        })
    }

    fn erase<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        what: &'a Erasing,
        hand: &'a Hand,
    ) -> Boxed<'a> {
        Box::pin(async move { Ok(batch.erase::<S>(&office.db, stream, what, hand).await?) })
    }
}
