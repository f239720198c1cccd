//! What a row of a file was imported as (导入过的行): to compare the row of a later file with, and
//! told to nobody. What was erased since is known to be gone, so that it is no difference.

use crate::matters::RaisedMatter;
use crate::matters::reads::imported;
use crate::{Failure, FormKey, Office};
use yishi_domain::matters::{Matter, Receipt};
use yishi_kernel::{Loaded, Moment, PlaceId, Stream, StreamName};
use yishi_store::ledgers::{EntryRow, entries_of};

/// A value of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The row said this; nothing where it said nothing.
    Kept(String),
    /// It was erased since.
    Erased,
}

impl Taken {
    /// Whether something else is said now.
    #[must_use]
    pub fn is_other(&self, said: &str) -> bool {
        matches!(self, Taken::Kept(kept) if kept != said)
    }
}

/// All that was taken of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Where.
    pub place: Taken,
    /// Its headline.
    pub title: Taken,
    /// Its text.
    pub text: Taken,
    /// Who said it.
    pub name: Taken,
    /// How they are reached.
    pub contact: Taken,
    /// When it was said, where the row told.
    pub at: Option<Moment>,
    /// What it is about, where the row told.
    pub category: Option<String>,
}

impl Office {
    /// What the row of this key was imported as, if it was.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn imported(&self, ledger: PlaceId, key: &str) -> Result<Option<Imported>, Failure> {
        let Some(matter) = imported(&self.db, ledger, key).await? else { return Ok(None) };
        let raised = self.first::<Matter>(ledger, matter.into()).await?;
        let receipt = RaisedMatter::of(ledger, &FormKey::named(key)).receipt;
        let opened = self.first::<Receipt>(ledger, receipt.into()).await?;
        let public = |field| raised.entry.as_ref().and_then(|entry| entry.public.get(field));
        let said = |field| public(field).and_then(|value| value.as_str()).map(str::to_owned);
        Ok(Some(Imported {
            place: raised.taken("exact"),
            title: raised.taken("title"),
            text: raised.taken("text"),
            name: opened.taken("name"),
            contact: opened.taken("contact"),
            at: public("occurred_at").and_then(serde_json::Value::as_i64).map(Moment),
            category: said("category"),
        }))
    }

    async fn first<S: crate::Viewed>(
        &self,
        ledger: PlaceId,
        stream: StreamName,
    ) -> Result<First<S>, Failure> {
        let entry = entries_of(&self.db, ledger, &stream).await?.into_iter().next();
        Ok(First { entry, loaded: self.load(ledger, &stream).await? })
    }
}

/// The first entry of a stream.
struct First<S> {
    entry: Option<EntryRow>,
    loaded: Loaded<S>,
}

impl<S: Stream> First<S> {
    fn taken(&self, field: &str) -> Taken {
        let committed = |entry: &EntryRow| entry.private.iter().any(|name| name == field);
        match self.loaded.private::<String>(1, field) {
            Some(kept) => Taken::Kept(kept),
            None if self.entry.as_ref().is_some_and(committed) => Taken::Erased,
            None => Taken::Kept(String::new()),
        }
    }
}
