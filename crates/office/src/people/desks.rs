//! Desks 办事台: whether somebody works there. What waits at one where nobody does is seen to by the
//! first above it where somebody does. Nothing is recorded of that, so that it ends by itself as
//! soon as somebody comes.

use super::reads::holders_at;
use crate::audit::{Law, Looked, Looking, PAGE};
use crate::endings::waiting;
use crate::places::reads::{PlaceRow, ledgers_below, places};
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::access::roles::OFFICE;
use yishi_kernel::{HolderKey, Moment, PlaceId, Whom};
use yishi_store::Db;
use yishi_store::duty::{self, Key};

/// Places looked up at once.
const AT_ONCE: usize = 10_000;

/// Desks, with those at which somebody works.
#[derive(Clone, Debug, Default)]
pub struct Desks(BTreeSet<PlaceId>);

impl Desks {
    /// Looks at those of some places and of all above them.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn over(
        db: &Db,
        paths: impl IntoIterator<Item = &Vec<PlaceId>>,
        now: Moment,
    ) -> Result<Self, Failure> {
        let all: BTreeSet<PlaceId> = paths.into_iter().flatten().copied().collect();
        let mut there = BTreeSet::new();
        for some in Vec::from_iter(all).chunks(AT_ONCE) {
            let held = holders_at(db, some, now).await?;
            there.extend(held.into_iter().filter(|held| OFFICE.has(held.role)).map(|held| held.place));
        }
        Ok(Self(there))
    }

    /// The desk that sees to what waits at the end of a path: its own, or the first above it where
    /// somebody works; none where nobody does.
    #[must_use]
    pub fn seeing_to(&self, path: &[PlaceId]) -> Option<PlaceId> {
        path.iter().rev().find(|place| self.0.contains(place)).copied()
    }
}

/// A desk at which nobody works (无人值守).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empty {
    /// Whose desk it is.
    pub place: PlaceRow,
    /// The desk above that sees to what waits there; none where nobody is there either.
    pub seen_to: Option<PlaceId>,
    /// How many things wait there.
    pub waiting: u64,
}

/// The desks below some places at which nobody works, these places' own among them.
///
/// # Errors
/// When the store fails.
pub async fn empty(db: &Db, paths: &[Vec<PlaceId>], now: Moment) -> Result<Vec<Empty>, Failure> {
    let ledgers: Vec<PlaceId> = ledgers_below(db, paths).await?.into_iter().map(|row| row.ledger).collect();
    let mut rows = places(db, &ledgers).await?;
    rows.retain(|row| row.closed.is_none());
    let desks = Desks::over(db, rows.iter().map(|row| &row.path), now).await?;
    rows.retain(|row| desks.seeing_to(&row.path) != Some(row.id));
    let keys: Vec<_> = rows.iter().map(|row| HolderKey::desk(row.id)).collect();
    let counts = duty::counts(db, &keys).await?;
    let empty = |(place, key): (PlaceRow, _)| Empty {
        seen_to: desks.seeing_to(&place.path),
        waiting: counts.get(key).copied().unwrap_or_default(),
        place,
    };
    Ok(rows.into_iter().zip(&keys).map(empty).collect())
}

/// What waits at a desk has somebody there or above.
#[derive(Debug)]
pub(crate) struct Manned;

impl Law for Manned {
    fn says(&self) -> &'static str {
        "what waits at a desk has somebody who works there or above"
    }

    fn remedy(&self) -> &'static str {
        "give somebody a role at that desk or above: the administrator's page `/admin/desks` names the places"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut after) = (Looked::default(), Key::FIRST);
            loop {
                let page = duty::all_after(&office.db, &after, PAGE).await?;
                let Some(last) = page.last() else { return Ok(looked) };
                after = last.into();
                let at = |(_, _, holder, _): (_, _, HolderKey, _)| match holder.whom() {
                    Whom::Desk(place) => Some(place),
                    Whom::Person(_) | Whom::Organisation(_) | Whom::Nobody => None,
                };
                let at: Vec<Option<PlaceId>> = page.iter().map(waiting).map(at).collect();
                let ids: BTreeSet<PlaceId> = at.iter().flatten().copied().collect();
                let paths: BTreeMap<PlaceId, Vec<PlaceId>> = (places(&office.db, &Vec::from_iter(ids))
                    .await?)
                    .into_iter()
                    .map(|row| (row.id, row.path))
                    .collect();
                let desks = Desks::over(&office.db, paths.values(), office.now()).await?;
                for (duty, place) in page.iter().zip(at) {
                    let Some(place) = place else { continue };
                    let there = paths.get(&place).is_some_and(|path| desks.seeing_to(path).is_some());
                    let wrong = || {
                        format!(
                            "{}/{}: {} at desk {place}: nobody works there or above",
                            duty.ledger, duty.stream, duty.step
                        )
                    };
                    looked.at((!there).then(wrong));
                }
            }
        })
    }
}
