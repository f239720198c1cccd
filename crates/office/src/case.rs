//! A case: one command on its way, while what must be known for it is gathered. Whatever was
//! read from other streams is guarded, so that the decision still fits what it was made from.

use crate::Viewed;
use crate::places::reads::{path_at, path_of, place};
use crate::{Failure, Office};
use std::any::Any;
use std::str::FromStr;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Loaded, Moment, PlaceId, Stream, StreamName};
use yishi_store::query::{Query, Shape};
use yishi_store::{Db, Fault, Guard, Value};

/// What a command needs to know, loaded by the office and by nobody else.
pub trait Load<C>: Sized + Send {
    /// Gathers it.
    fn load(case: &mut Case<'_>, command: &C) -> impl Future<Output = Result<Self, Failure>> + Send;
}

/// Most commands need nothing besides the state.
impl<C: Sync> Load<C> for () {
    async fn load(_: &mut Case<'_>, _: &C) -> Result<Self, Failure> {
        Ok(())
    }
}

/// One command on its way.
pub struct Case<'a> {
    /// Where it is carried out.
    pub office: &'a Office,
    /// The ledger.
    pub ledger: PlaceId,
    /// The stream it is asked of.
    pub stream: &'a StreamName,
    /// The moment of the decision.
    pub now: Moment,
    on: Option<&'a (dyn Any + Send + Sync)>,
    path: Option<Vec<PlaceId>>,
    guards: Vec<Guard>,
}

impl<'a> Case<'a> {
    pub(crate) fn new(office: &'a Office, ledger: PlaceId, stream: &'a StreamName, now: Moment) -> Self {
        Self { office, ledger, stream, now, on: None, path: None, guards: Vec::new() }
    }

    pub(crate) fn on<S: Stream>(
        office: &'a Office,
        ledger: PlaceId,
        stream: &'a StreamName,
        now: Moment,
        state: &'a S,
    ) -> Self {
        Self { on: Some(state), ..Self::new(office, ledger, stream, now) }
    }

    /// The store.
    pub(crate) fn db(&self) -> &Db {
        &self.office.db
    }

    /// The state of what the command is asked of.
    ///
    /// # Errors
    /// When it is asked of nothing, or of another kind of thing.
    pub(crate) fn state<S: Stream>(&self) -> Result<&'a S, Failure> {
        let state = self.on.and_then(|on| on.downcast_ref());
        state.ok_or_else(|| Common::Unknown.into())
    }

    /// Another stream, which must still stand there when the decision is recorded.
    pub(crate) async fn read<S: Viewed>(
        &mut self,
        thing: impl Into<StreamName>,
    ) -> Result<Loaded<S>, Failure> {
        let stream = thing.into();
        let loaded = self.office.load::<S>(self.ledger, &stream).await?;
        self.guards.push(Guard::Stream { stream: stream.as_str().to_owned(), version: loaded.version });
        Ok(loaded)
    }

    /// Another stream that exists.
    ///
    /// # Errors
    /// When it does not.
    pub async fn must<S: Viewed>(&mut self, thing: impl Into<StreamName>) -> Result<S, Failure> {
        let loaded = self.read::<S>(thing).await?;
        Ok(loaded.state.ok_or(Common::Unknown)?)
    }

    /// What a statement finds in rows of the ledger, and must still find when the decision is
    /// recorded: for what is decided by many streams together.
    pub(crate) async fn find<R: Shape>(
        &mut self,
        query: &'static Query<R>,
        args: &[Value],
    ) -> Result<Vec<R>, Failure> {
        let (found, answer) = query.answer(self.db(), args).await?;
        self.guards.push(Guard::Found(answer));
        Ok(found)
    }

    /// The command is about this place: rights are judged there.
    ///
    /// # Errors
    /// When there is no such place.
    pub(crate) async fn lies_at(&mut self, place: PlaceId) -> Result<Vec<PlaceId>, Failure> {
        let path = path_at(self.db(), place).await?;
        self.path = Some(path.clone());
        Ok(path)
    }

    /// The path of another place, without the command being about it; of none, the ledger's.
    ///
    /// # Errors
    /// When there is no such place.
    pub(crate) async fn path_of(&self, place: Option<PlaceId>) -> Result<Vec<PlaceId>, Failure> {
        path_at(self.db(), place.unwrap_or(self.ledger)).await
    }

    /// The command is about the place of what it is asked of, whatever else was looked at.
    pub(crate) fn lies_nowhere_else(&mut self) {
        self.path = None;
    }

    /// The id of what it is asked of.
    pub(crate) fn id<I: FromStr>(&self) -> Result<I, Failure> {
        let wrong = |_| Fault::unreadable(format!("{} is no such id", self.stream));
        Ok(self.stream.id().parse().map_err(wrong)?)
    }

    /// The path of the command and what it guards; without a place of its own, at `otherwise`.
    pub(crate) async fn close(
        self,
        otherwise: Option<PlaceId>,
    ) -> Result<(Vec<PlaceId>, Vec<Guard>), Failure> {
        let path = match (self.path, otherwise) {
            (Some(path), _) => path,
            (None, Some(at)) => path_at(&self.office.db, at).await?,
            // What has no place is the ledger's. One that is only being founded has nobody above.
            (None, None) => match place(&self.office.db, self.ledger).await? {
                Some(row) => path_of(&self.office.db, &row).await?,
                None => vec![self.ledger],
            },
        };
        Ok((path, self.guards))
    }
}
