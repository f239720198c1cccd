//! What the office can do with a stream whose kind is known only at run time: apply what
//! follows from a command elsewhere, and erase. One line a stream in the list of features.

use crate::Batch;
use crate::Of;
use crate::Viewed;
use crate::{Failure, Office};
use std::pin::Pin;
use yishi_kernel::command::{Also, stamped};
use yishi_kernel::record::Subject;
use yishi_kernel::{Context, Passing, PlaceId, StreamName};
use yishi_store::{Fault, Shown};

/// A future that knows no type.
pub type Boxed<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

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

    /// Erases the private values of these subjects in a stream of this kind.
    fn erase<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        subjects: &'a [Subject],
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

    fn erase<'a>(
        &'a self,
        office: &'a Office,
        batch: &'a mut Batch,
        stream: &'a StreamName,
        subjects: &'a [Subject],
    ) -> Boxed<'a> {
        Box::pin(async move { Ok(batch.erase::<S>(&office.db, stream, subjects).await?) })
    }
}
