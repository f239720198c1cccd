//! Making many new things, all or none (批量新建): for files. They are decided one by one and go to the
//! store part by part, so that a hundred thousand of them are never held at once.

use crate::act::Try;
use crate::case::Load;
use crate::{Batch, Failure, Office, Viewed};
use yishi_kernel::command::Start;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Actor, Loaded, PlaceId, StreamName};
use yishi_store::{AppendError, Parts};

/// Entries in a part: some megabytes.
const PART: usize = 1_000;

impl Office {
    /// Makes many new things, all or none. Each comes a microsecond after the one before, in
    /// their order.
    ///
    /// # Errors
    /// When any is refused, or stands already; then none was made.
    pub(crate) async fn start_all<C>(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        commands: impl IntoIterator<Item = (StreamName, C), IntoIter: Send> + Send,
    ) -> Result<(), Failure>
    where
        C: Start<Of: Viewed, Facts: Load<C>>,
    {
        let mut many = Many { office: self, ledger, batch: Batch::new(ledger, self.now()), parts: None };
        let decided = async {
            for (stream, command) in commands {
                let mut loaded = Loaded::<C::Of>::default();
                let next = self.started(actor, ledger, &stream, &mut loaded, command).await?;
                many.add(next).await?;
            }
            Ok::<_, Failure>(many)
        };
        // They are about few places, by few rules.
        self.db.alike(decided).await?.finish().await
    }
}

/// What was decided and is not with the store yet, and the parts that are.
struct Many<'a> {
    office: &'a Office,
    ledger: PlaceId,
    batch: Batch,
    parts: Option<Parts>,
}

impl Many<'_> {
    async fn add(&mut self, next: Batch) -> Result<(), Failure> {
        let empty = Batch::new(self.ledger, self.office.now());
        self.batch = std::mem::replace(&mut self.batch, empty).then(next);
        if self.batch.len() >= PART { self.hand_over().await } else { Ok(()) }
    }

    /// Gives the store what there is.
    async fn hand_over(&mut self) -> Result<(), Failure> {
        let parts = match &mut self.parts {
            Some(parts) => parts,
            None => {
                let begun = self.office.db.append_in_parts(self.ledger).await.map_err(failed)?;
                self.parts.insert(begun)
            }
        };
        let empty = Batch::new(self.ledger, self.office.now());
        let part = std::mem::replace(&mut self.batch, empty);
        parts.add(part.into_append()).await.map_err(failed)
    }

    async fn finish(mut self) -> Result<(), Failure> {
        if self.parts.is_some() && !self.batch.is_empty() {
            self.hand_over().await?;
        }
        match self.parts {
            Some(parts) => parts.finish().await.map_err(failed),
            // What is little goes with what others write.
            None => match self.office.append(self.batch).await? {
                Try::Done(()) => Ok(()),
                Try::Again => Err(Common::Exists.into()),
            },
        }
    }
}

/// What is new meets nothing but itself.
fn failed(error: AppendError) -> Failure {
    match error {
        AppendError::Conflict => Common::Exists.into(),
        AppendError::Fault(fault) => fault.into(),
    }
}
