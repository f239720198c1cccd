//! What is too much to be held at once (分批写入): appends of one ledger that come one after the other
//! and are recorded together or not at all. No more than a few of them are in memory at a time.

use crate::append::Prepared;
use crate::fault::Written;
use crate::{Append, AppendError, Db, Fault};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};
use yishi_kernel::PlaceId;

/// Parts that wait while one is written.
const WAITING: usize = 2;

/// A part on its way to the store.
#[derive(Debug)]
pub(crate) enum Part {
    /// One more.
    Next(Box<Prepared>),
    /// There are no more, and all of them stand.
    Last,
}

/// Parts being taken by a store. Where they end without the last, nothing of them has happened.
#[derive(Debug)]
pub(crate) struct Taking {
    /// What comes.
    pub parts: mpsc::Receiver<Part>,
    /// What became of it.
    pub reply: oneshot::Sender<Result<(), AppendError>>,
}

impl Taking {
    /// Notes how writing went, and tells whoever asked what became of it.
    pub fn answer(self, taken: Result<(), AppendError>, written: &Written) {
        let taken = match taken {
            Err(AppendError::Fault(fault)) => {
                written.note(Some(&fault));
                tracing::warn!(%fault, "an append in parts failed and was rolled back");
                Err(AppendError::met(&Arc::new(fault)))
            }
            taken => {
                written.note(None);
                taken
            }
        };
        // Whoever asked may be gone; what was written stays.
        drop(self.reply.send(taken));
    }
}

/// An append in parts. Dropped before it is finished, none of it has happened.
#[derive(Debug)]
pub struct Parts {
    db: Db,
    sender: mpsc::Sender<Part>,
    answer: oneshot::Receiver<Result<(), AppendError>>,
}

impl Parts {
    /// Adds a part. Others who write to the ledger wait until the last one.
    ///
    /// # Errors
    /// When another change was quicker, or the store fails; then none of it has happened.
    pub async fn add(&mut self, append: Append) -> Result<(), AppendError> {
        // Hashing a part takes some tens of milliseconds.
        let prepared = tokio::task::spawn_blocking(move || Prepared::new(append)).await;
        let prepared = prepared.map_err(Fault::unreadable)??;
        self.send(Part::Next(Box::new(prepared))).await
    }

    /// All of it stands when this returns.
    ///
    /// # Errors
    /// As above.
    pub async fn finish(mut self) -> Result<(), AppendError> {
        self.send(Part::Last).await?;
        let taken = (&mut self.answer).await.map_err(|_| Fault::Stopped)?;
        self.db.look_anew();
        taken
    }

    async fn send(&mut self, part: Part) -> Result<(), AppendError> {
        if self.sender.send(part).await.is_ok() {
            return Ok(());
        }
        // Nobody takes them any more: why, is known by now.
        match (&mut self.answer).await {
            Ok(Err(error)) => Err(error),
            _ => Err(Fault::Stopped.into()),
        }
    }
}

impl Db {
    /// Begins an append in parts to a ledger.
    pub async fn append_in_parts(&self, ledger: PlaceId) -> Result<Parts, AppendError> {
        let (sender, parts) = mpsc::channel(WAITING);
        let (reply, answer) = oneshot::channel();
        let taking = Taking { parts, reply };
        match self {
            Db::Sqlite(db) => db.take_parts(taking)?,
            Db::Postgres(db) => db.take_parts(ledger.to_string(), taking),
        }
        Ok(Parts { db: self.clone(), sender, answer })
    }
}
