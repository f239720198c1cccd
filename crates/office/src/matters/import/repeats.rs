//! Rows that may say what an open matter says already (重复工单): those at the same building whose words
//! are alike. It is a hint to whoever imports; a row is linked to nothing unless a person says so.

use super::{Row, Seen};
use crate::matters::readable::{Readable, said};
use crate::matters::reads::imported;
use crate::matters::search::{Looking, SearchIn};
use crate::matters::tables::BoardState;
use crate::paging::PAGE;
use crate::places::reads::{PlaceRow, building_of, places};
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{MERGE, MatterId, MergeInto};
use yishi_kernel::search::{Tag, alike, tag};
use yishi_kernel::{Actor, PlaceId};

/// Rows that are compared: several times the tickets of a day.
const COMPARED: usize = 300;
/// Matters that are named for a row.
const NAMED: usize = 3;

/// A row that may be a repeat.
#[derive(Debug)]
pub struct Repeat {
    /// Which of the new rows.
    pub row: usize,
    /// The open matters that say the same, each with the words that both have; the likeliest first.
    pub of: Vec<Alike>,
}

/// An open matter that says the same.
#[derive(Debug)]
pub struct Alike {
    /// The matter.
    pub matter: Readable,
    /// The words that both have.
    pub words: Vec<String>,
    /// What was said with it.
    pub said: String,
}

impl Office {
    /// The rows of a sheet that may say what an open matter of their building says already, which
    /// whoever imports may read and merge others into.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn repeats(&self, actor: &Actor, at: &PlaceRow, seen: &Seen) -> Result<Vec<Repeat>, Failure> {
        let rows = || seen.new.iter().take(COMPARED);
        let exact: BTreeSet<PlaceId> = rows().map(|(_, place)| *place).collect();
        let exact: Vec<PlaceId> = exact.into_iter().collect();
        let mut buildings = BTreeMap::new();
        for row in places(&self.db, &exact).await? {
            buildings.insert(row.id, building_of(&self.db, &row).await?);
        }
        let mut open = BTreeMap::new();
        for building in buildings.values().collect::<BTreeSet<_>>() {
            open.insert(*building, self.open_at(actor, at.ledger, *building).await?);
        }
        let repeat = |(n, (row, place)): (usize, &(Row, PlaceId))| {
            let there: &Vec<(Readable, String)> = open.get(buildings.get(place)?)?;
            let same = |(matter, said): &(Readable, String)| {
                let words = alike(&row.text, said)?;
                Some(Alike { matter: matter.clone(), words, said: said.clone() })
            };
            let mut of: Vec<Alike> = there.iter().filter_map(same).collect();
            let shared = |one: &Alike| one.words.iter().map(|word| word.chars().count()).sum::<usize>();
            of.sort_by_key(|one| std::cmp::Reverse(shared(one)));
            of.truncate(NAMED);
            (!of.is_empty()).then_some(Repeat { row: n, of })
        };
        Ok(rows().enumerate().filter_map(repeat).collect())
    }

    /// The latest open matters at a building, with what was said.
    async fn open_at(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        building: PlaceId,
    ) -> Result<Vec<(Readable, String)>, Failure> {
        let ledgers = [ledger];
        let tags = vec![tag(Tag::Place, &building.to_string()), tag(Tag::State, BoardState::Open.word())];
        let looking = Looking { tags, ..Looking::of(&ledgers, &[], SearchIn::Entire) };
        let rows = self.find(&looking, None, PAGE).await?.rows;
        let mut open = self.readable(actor, rows).await?;
        // What lies elsewhere below the place is another spot.
        open.retain(|one| one.place == building && one.may(actor, &MERGE, self.now()).is_ok());
        let mut texts = said(&self.db, &open).await?;
        Ok(open.into_iter().filter_map(|one| texts.remove(&one.id).map(|said| (one, said))).collect())
    }

    /// Links rows that were just raised to the matters that they repeat, and says how many of them
    /// could not be: what was open when the sheet was shown may have ended since. Those stand by
    /// themselves, and can be merged on the desk.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn link_repeats(
        &self,
        actor: &Actor,
        ledger: PlaceId,
        repeats: &[(String, MatterId)],
    ) -> Result<usize, Failure> {
        let mut refused = 0;
        for (key, into) in repeats {
            let Some(own) = imported(&self.db, ledger, key).await? else {
                refused += 1;
                continue;
            };
            match self.act(actor, ledger, own, MergeInto { into: *into }).await {
                Ok(()) => {}
                Err(Failure::Fault(fault)) => return Err(fault.into()),
                Err(_) => refused += 1,
            }
        }
        Ok(refused)
    }
}
