//! Which matters of a list somebody may read, and what was said with them. A [`Readable`] is made
//! by asking the right and by nothing else, and without one no list tells what residents wrote.

use super::own::OwnReceipt;
use super::reads::MatterRow;
use crate::places::reads::paths_of;
use crate::{Failure, Office};
use std::collections::BTreeMap;
use std::ops::Deref;
use yishi_domain::matters::{How, Matter, MatterId, READ};
use yishi_kernel::{Actor, Denied, Loaded, Moment, PlaceId, Resource, Right, Role, Stream, StreamName, may};
use yishi_store::query::args_and_pairs;
use yishi_store::{Db, Fault, query, row};

row! {
    Said, from "private" {
        stream: String,
        field: String,
        value: String,
    }
}

query! {
    SAID: Said => "where (ledger, stream) in (values (?1, ?2), …) and version = 1 and field in ('title', 'text')";
}

/// A matter as listed, which whoever asked may read.
#[derive(Clone, Debug)]
pub struct Readable {
    row: MatterRow,
    matter: Matter,
    resource: Resource,
}

impl Deref for Readable {
    type Target = MatterRow;

    fn deref(&self) -> &MatterRow {
        &self.row
    }
}

impl Readable {
    /// As it stands.
    #[must_use]
    pub fn matter(&self) -> &Matter {
        &self.matter
    }

    /// It as the predicate of access sees it.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Whether somebody may do something else to it.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, actor: &Actor, right: &Right, now: Moment) -> Result<Role, Denied> {
        may(actor, right, &self.resource, now)
    }
}

impl Office {
    /// Those of some matters that somebody may read: a grid's secretary, say, not the whole
    /// community's desk, and nobody what is about them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn readable(&self, actor: &Actor, rows: Vec<MatterRow>) -> Result<Vec<Readable>, Failure> {
        let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
        let mut matters = self.load_all::<Matter, MatterId>(&keys).await?;
        let at = |matter: &Matter| matter.at().unwrap_or(matter.place);
        let wheres: Vec<PlaceId> = matters.values().filter_map(Loaded::get).map(at).collect();
        let paths = paths_of(&self.db, &wheres).await?;
        let now = self.now();
        let readable = |row: MatterRow| {
            let matter = matters.remove(&(row.ledger, row.id))?.state?;
            let resource = matter.resource(paths.get(&at(&matter))?, actor);
            may(actor, &READ, &resource, now).ok()?;
            Some(Readable { row, matter, resource })
        };
        Ok(rows.into_iter().filter_map(readable).collect())
    }
}

/// What was said with matters that may be read, title first, where it is kept.
///
/// # Errors
/// When the store fails.
pub async fn said(db: &Db, rows: &[Readable]) -> Result<BTreeMap<MatterId, String>, Fault> {
    said_with(db, rows.iter().map(|one| (one.ledger, one.id)).collect()).await
}

/// The same of what somebody raised themselves; of what they joined, nothing.
///
/// # Errors
/// When the store fails.
pub async fn own_words(db: &Db, own: &[OwnReceipt]) -> Result<BTreeMap<MatterId, String>, Fault> {
    let raised = own.iter().filter(|one| one.how == How::Raised);
    said_with(db, raised.map(|one| (one.ledger, one.matter)).collect()).await
}

async fn said_with(db: &Db, of: Vec<(PlaceId, MatterId)>) -> Result<BTreeMap<MatterId, String>, Fault> {
    if of.is_empty() {
        return Ok(BTreeMap::new());
    }
    let streams = of.into_iter().map(|(ledger, id)| (ledger, StreamName::from(id).as_str().to_owned()));
    let mut rows = SAID.all(db, &args_and_pairs([], streams)).await?;
    // `text` comes before `title`; a title says it better.
    rows.sort_by(|a, b| a.field.cmp(&b.field));
    let mut said = BTreeMap::new();
    for row in rows {
        let id = row.stream.strip_prefix("matter/").and_then(|id| id.parse().ok());
        let text: Option<String> = serde_json::from_str(&row.value).ok();
        if let (Some(id), Some(text)) = (id, text) {
            said.insert(id, text);
        }
    }
    Ok(said)
}
