//! Matters from a sheet (批量导入事项): read, compared with what was imported before, shown, and
//! raised all or none. The same sheet twice adds nothing. The page and the command line both go
//! this way; how they say it is theirs.

mod before;
mod columns;
mod repeats;
mod rows;

use super::reads::imported_of;
use super::{Raising, Speaker};
pub use crate::columns::{NoColumn, OneColumn, Spoilt, Unread, in_line};
use crate::places::addressed::addressed;
use crate::places::reads::PlaceRow;
use crate::{Failure, FormKey, Office};
pub use before::{Imported, Taken};
pub use columns::Column;
pub use repeats::{Alike, Repeat};
pub use rows::{Reading, Remark, Row, Table, Told, Why, Wrong, read};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{Behalf, Channel, Proof, Shown};
use yishi_kernel::{Actor, PlaceId};
use yishi_spreadsheet::read::open;
pub use yishi_spreadsheet::read::{Damage, Form, Line, NoSheet, Record};
use yishi_store::Fault;

/// The columns of a sheet of matters.
pub type Columns = crate::columns::Columns<Column>;
/// What somebody says of them.
pub type Wishes = crate::columns::Wishes<Column>;

/// So many at once change what a store should know of its tables.
const MANY: usize = 1_000;

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Which sheet of a workbook; the first that holds something where nobody said.
    pub sheet: Option<String>,
    /// What its columns hold.
    pub wishes: Wishes,
    /// Name of the source, part of each row's key.
    pub source: String,
}

/// An address that names no place, or more than one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// As the sheet has it.
    pub address: String,
    /// In how many rows.
    pub count: usize,
    /// The first of them.
    pub first: Line,
}

/// A sheet as it would be imported.
#[derive(Debug)]
pub struct Seen {
    /// What was read. What was imported before and says something else now is wrong in it too.
    pub table: Table,
    /// How many rows were imported before.
    pub known: usize,
    /// The rows that were not, each with its place.
    pub new: Vec<(Row, PlaceId)>,
    /// Addresses that name no place: these rows would go to the place at hand.
    pub unplaced: Vec<Unplaced>,
}

/// What becomes of rows whose address names no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// Nothing is imported.
    Stops,
    /// They are raised at the place at hand, their address kept with the text.
    Here,
}

impl Seen {
    /// Whether nothing stands in the way of importing it.
    #[must_use]
    pub fn is_ready(&self, elsewhere: Elsewhere) -> bool {
        let Table { columns, wrong, .. } = &self.table;
        let placed = elsewhere == Elsewhere::Here || self.unplaced.is_empty();
        columns.says() && columns.unused().is_empty() && wrong.is_empty() && placed
    }
}

impl Office {
    /// Reads a file as matters of a place, and compares it with what was imported before.
    /// Nothing is written.
    ///
    /// # Errors
    /// When the store fails; what is wrong with the file is an answer.
    pub async fn look_at(
        &self,
        bytes: impl AsRef<[u8]> + Send + 'static,
        at: &PlaceRow,
        asked: Asked,
    ) -> Result<Result<Seen, Unread>, Failure> {
        let (rules, now) = (self.rules(at.ledger, self.now()).await?, self.now());
        // Unpacking and reading takes a second of processor for a large file.
        let reading = tokio::task::spawn_blocking(move || {
            let Asked { sheet, wishes, source } = asked;
            let known = |header: &[String]| wishes.known(header);
            let sheet = open(bytes.as_ref(), sheet.as_deref(), known).map_err(Unread::NoSheet)?;
            let by = Reading { source: &source, rules: &rules, now };
            read(sheet, &wishes, by).map_err(Unread::NoColumn)
        });
        match reading.await.map_err(Fault::unreadable)? {
            Ok(table) => Ok(Ok(self.compared(at, table).await?)),
            Err(unread) => Ok(Err(unread)),
        }
    }

    async fn compared(&self, at: &PlaceRow, mut table: Table) -> Result<Seen, Failure> {
        let addresses: BTreeSet<&str> = table.rows.iter().filter_map(|row| row.address.as_deref()).collect();
        let places = addressed(&self.db, at, &addresses).await?;
        let (mut known, mut new) = (0, Vec::new());
        let mut unplaced: BTreeMap<String, Unplaced> = BTreeMap::new();
        let own = at.id.to_string();
        let keys: Vec<&str> = table.rows.iter().map(|row| &*row.key).collect();
        let before = imported_of(&self.db, at.ledger, &keys).await?;
        for row in std::mem::take(&mut table.rows) {
            let is_known = before.contains(&row.key);
            if is_known && let Some(before) = self.imported(at.ledger, &row.key).await? {
                match row.changed(&before, &own) {
                    columns if columns.is_empty() => known += 1,
                    columns => table.wrong.push(Wrong {
                        at: row.line,
                        column: Some(Column::Id),
                        raw: row.key,
                        why: Why::Changed(columns),
                    }),
                }
                continue;
            }
            let place = row.address.as_ref().map(|address| (address, places.get(address)));
            if let Some((address, None)) = place {
                let first = row.line;
                let none = || Unplaced { address: address.clone(), count: 0, first };
                unplaced.entry(address.clone()).or_insert_with(none).count += 1;
            }
            let place = place.and_then(|(_, place)| place.copied()).unwrap_or(at.id);
            new.push((row, place));
        }
        Ok(Seen { table, known, new, unplaced: unplaced.into_values().collect() })
    }

    /// Raises the new rows of a sheet, all or none.
    ///
    /// # Errors
    /// When any of them is refused; then none was raised.
    pub async fn bring_in(
        &self,
        actor: &Actor,
        at: &PlaceRow,
        rows: Vec<(Row, PlaceId)>,
    ) -> Result<(), Failure> {
        let many = rows.len() >= MANY;
        let raisings = rows.into_iter().map(|(row, place)| row.raising(place));
        self.raise_all(actor, at.id, raisings).await?;
        if many {
            self.db.count_anew().await?;
        }
        Ok(())
    }
}

impl Row {
    fn raising(self, place: PlaceId) -> Raising {
        Raising {
            form: FormKey::named(&self.key),
            channel: Channel::Import,
            behalf: Behalf::Import,
            place,
            shown: Shown::Building,
            about: None,
            about_person: None,
            category: self.category,
            title: self.title,
            text: self.text,
            photos: Vec::new(),
            occurred_at: self.told.map(|told| told.at),
            source: Some(self.key.clone()),
            after: None,
            floor: None,
            danger: None,
            speaker: Speaker {
                supporter: self.key,
                proof: Proof::Import,
                name: self.name,
                contact: self.contact,
                consent: None,
            },
        }
    }
}
