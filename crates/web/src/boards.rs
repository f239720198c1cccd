//! Public boards as last shown. A board is shown again only while its ledger has not grown
//! since, so that nobody ever reads one older than the last entry. Nothing private is kept.

use crate::{Cx, Error};
use maud::{Markup, PreEscaped};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use yishi_domain::PlaceId;
use yishi_store::Value;

/// Boards kept; beyond that all are forgotten and made anew.
const KEPT: usize = 512;
/// Dates like "due today" are right to the minute.
const MINUTE: i64 = 60_000_000;

/// What a board is known by: its link, language, size, and minute.
type Key = (String, &'static str, crate::View, i64);

/// Boards by what they are known by, with the entries their ledger had.
#[derive(Debug, Default)]
pub struct Boards {
    kept: Mutex<HashMap<Key, (i64, String)>>,
}

/// A board's state of the ledger, read before anything that it shows.
#[derive(Debug)]
pub struct Stamp {
    key: Key,
    entries: i64,
}

impl Boards {
    /// The board as last shown, if it still is as it was; else the stamp under which to keep
    /// the new one. Whoever is signed in has a page of their own and no stamp.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn look(&self, cx: &Cx, ledger: PlaceId) -> Result<Result<Markup, Option<Stamp>>, Error> {
        const HEAD: &str = "select number from head where ledger = ?1";
        if cx.staff.is_some() {
            return Ok(Err(None));
        }
        let row = cx.app.office.db.row(HEAD, &[Value::from(ledger.0)]).await?;
        let entries = row.map(|row| row.int(0)).transpose()?.unwrap_or_default();
        let key = (cx.here.clone(), cx.locale.tag(), cx.view, cx.now.0 / MINUTE);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match kept.get(&key) {
            Some((then, page)) if *then == entries => Ok(Ok(PreEscaped(page.clone()))),
            _ => Ok(Err(Some(Stamp { key, entries }))),
        }
    }

    /// Keeps a board that was made from what the ledger held at the stamp, or later.
    pub fn keep(&self, stamp: Option<Stamp>, page: &Markup) {
        let Some(stamp) = stamp else { return };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(stamp.key, (stamp.entries, page.0.clone()));
    }
}
