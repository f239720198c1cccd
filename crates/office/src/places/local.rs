//! What pages say of where something belongs (所在地): what the place and the one above it are
//! called, of what level its Party body is, and whom one rings. Looked up for every page, so it is
//! kept for some seconds; how it is said is the pages' business.

use super::reads::{PlaceRow, ledgers, ledgers_below, place, places};
use crate::Office;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use yishi_domain::places::{PartyBody, PlaceKind};
use yishi_kernel::PlaceId;
use yishi_store::Fault;

/// How long another process's change may go unnoticed.
const FRESH: Duration = Duration::from_secs(5);

/// What a place is, the one above it and its Party body, as texts say them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinds {
    /// 社区 or 村.
    pub community: PlaceKind,
    /// 街道, 镇 or 乡.
    pub street: PlaceKind,
    /// 党组织, 党委, 党总支 or 党支部.
    pub party: PartyBody,
}

impl Default for Kinds {
    /// As in a town, where nothing else is known.
    fn default() -> Self {
        Self { community: PlaceKind::Community, street: PlaceKind::Street, party: PartyBody::Unsaid }
    }
}

/// Whom one rings (联系电话).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reached {
    /// Whose telephone it is.
    pub place: PlaceId,
    /// What that place is called.
    pub name: String,
    /// The telephone.
    pub phone: String,
    /// When somebody is there, where that is said.
    pub hours: Option<String>,
}

/// What pages say of where something belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Local {
    /// What the place that keeps the ledger is called; empty where it is none.
    pub name: String,
    /// How it is called there.
    pub kinds: Kinds,
    /// Whom one rings there: the nearest that has a telephone.
    pub reached: Option<Reached>,
}

impl Local {
    /// Of the places from the largest down to the one that keeps the ledger.
    fn of(path: &[&PlaceRow]) -> Self {
        let nearest = |fits: fn(PlaceKind) -> bool| path.iter().rev().find(|row| fits(row.kind));
        let usual = Kinds::default();
        let community = nearest(PlaceKind::is_community);
        let kinds = Kinds {
            community: community.map_or(usual.community, |row| row.kind),
            street: nearest(PlaceKind::is_street).map_or(usual.street, |row| row.kind),
            party: community.map_or(usual.party, |row| row.party),
        };
        let reached = path.iter().rev().find_map(|row| {
            let (place, name, phone) = (row.id, row.name.clone(), row.phone.clone()?);
            Some(Reached { place, name, phone, hours: row.hours.clone() })
        });
        let name = path.last().map(|row| row.name.clone()).unwrap_or_default();
        Self { name, kinds, reached }
    }

    /// Of all places that keep ledgers, where a page belongs to none of them: what they have in
    /// common.
    fn of_all(rows: &[PlaceRow]) -> Self {
        let common = |fits: fn(PlaceKind) -> bool, usual: PlaceKind| {
            let mut kinds = rows.iter().map(|row| row.kind).filter(|kind| fits(*kind));
            let first = kinds.next().unwrap_or(usual);
            if kinds.all(|kind| kind == first) { first } else { usual }
        };
        let usual = Kinds::default();
        let kinds = Kinds {
            community: common(PlaceKind::is_community, usual.community),
            street: common(PlaceKind::is_street, usual.street),
            party: usual.party,
        };
        let mut reached = rows.iter().filter_map(|row| Self::of(&[row]).reached);
        // Of several nobody could say which.
        let (first, next) = (reached.next(), reached.next());
        Self { name: String::new(), kinds, reached: first.filter(|_| next.is_none()) }
    }
}

/// When something was looked up, and what.
type LookedUp = (Instant, Arc<Local>);

/// What was looked up lately, by the ledger; without one of all of them.
#[derive(Debug, Default)]
pub(crate) struct Locals(Mutex<HashMap<Option<PlaceId>, LookedUp>>);

impl Locals {
    fn fresh(&self, ledger: Option<PlaceId>) -> Option<Arc<Local>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (looked, local) = kept.get(&ledger)?;
        (looked.elapsed() < FRESH).then(|| Arc::clone(local))
    }

    fn keep(&self, ledger: Option<PlaceId>, local: &Arc<Local>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.insert(ledger, (Instant::now(), Arc::clone(local)));
    }

    /// Some place has changed, and all that lies below it with that.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl Office {
    /// What pages say of where a ledger is kept, and whom one rings there; without a ledger what
    /// all of this program have in common.
    pub async fn local(&self, ledger: Option<PlaceId>) -> Result<Arc<Local>, Fault> {
        if let Some(local) = self.locals.fresh(ledger) {
            return Ok(local);
        }
        let local = Arc::new(match ledger {
            Some(ledger) => {
                let own = place(&self.db, ledger).await?;
                let path = own.map(|own| own.path).unwrap_or_default();
                let rows = places(&self.db, &path).await?;
                let row = |id: &PlaceId| rows.iter().find(|row| row.id == *id);
                let local = Local::of(&path.iter().filter_map(row).collect::<Vec<_>>());
                let is_above = rows.iter().all(|row| !row.kind.is_community());
                if is_above { self.below(&path, local).await? } else { local }
            }
            None => {
                let keepers: Vec<PlaceId> = ledgers(&self.db).await?.iter().map(|row| row.ledger).collect();
                Local::of_all(&places(&self.db, &keepers).await?)
            }
        });
        self.locals.keep(ledger, &local);
        Ok(local)
    }

    /// What a street, a town or a district says: what lies below it is called as all of that is.
    async fn below(&self, path: &[PlaceId], own: Local) -> Result<Local, Fault> {
        let keepers = ledgers_below(&self.db, &[path.to_vec()]).await?;
        let keepers: Vec<PlaceId> = keepers.iter().map(|row| row.ledger).collect();
        let below = Local::of_all(&places(&self.db, &keepers).await?).kinds;
        Ok(Local { kinds: Kinds { community: below.community, ..own.kinds }, ..own })
    }
}
