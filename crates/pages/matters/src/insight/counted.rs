//! Counting for a page: whose figures they are, the pass over all matters of the days asked for, and
//! what the parts are called.

use super::asked::Asked;
use crate::matters::face::category;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::insight::{By, FIGURES, Fact, Figures, Key};
use yishi_kernel::{OrganisationId, PlaceId};
use yishi_office::insight::reads::{Facts, Known, alone};
use yishi_office::people::reads::some as organisations_of;
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledgers_below, places};
use yishi_web::{Cx, Error, Staff};

/// Whose figures they are, for one who may read them.
#[derive(Debug)]
pub struct Scope {
    /// Who reads them.
    pub staff: Staff,
    /// The place.
    pub place: PlaceRow,
    /// The ledger it keeps.
    pub ledger: LedgerRow,
    /// All ledgers at and below it.
    pub ledgers: Vec<LedgerRow>,
}

impl Scope {
    /// The community or street of an address.
    ///
    /// # Errors
    /// When there is none, or this person reads no figures there.
    pub async fn open(cx: &Cx, slug: &str) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let ledger = cx.ledger(slug).await?;
        let place = cx.place(ledger.ledger).await?;
        cx.may(&FIGURES, &cx.resource(&place).await?)?;
        let mut ledgers = ledgers_below(&cx.app.office.db, std::slice::from_ref(&place.path)).await?;
        ledgers.sort_by_key(|one| one.ledger);
        Ok(Self { staff, place, ledger, ledgers })
    }

    /// The ids of all its ledgers.
    #[must_use]
    pub fn ids(&self) -> Vec<PlaceId> {
        self.ledgers.iter().map(|one| one.ledger).collect()
    }

    /// By what its figures can be parted.
    #[must_use]
    pub fn parted(&self) -> Vec<By> {
        let several = |by: &By| *by != By::Community || self.ledgers.len() > 1;
        By::ALL.iter().copied().filter(several).collect()
    }
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Counted {
    /// Of all.
    pub total: Figures,
    /// Of each part.
    pub parts: BTreeMap<Key, Figures>,
    /// Matters of bodies for which one person acts: no figures of theirs are shown.
    pub alone: u64,
}

/// Counts what is asked for.
///
/// # Errors
/// When the store fails.
pub async fn count(cx: &Cx, ledgers: &[PlaceId], asked: &Asked) -> Result<Counted, Error> {
    let mut counted = Counted::default();
    let mut alone = Alone::default();
    let mut facts = Facts::between(&cx.app.office.db, ledgers, asked.period.moments());
    while let Some(page) = facts.next().await? {
        for Known { fact, .. } in &page {
            let key = Key::of(asked.by, fact);
            alone.add(&key, fact);
            counted.total.add(fact, cx.now);
            counted.parts.entry(key).or_default().add(fact, cx.now);
        }
    }
    for (key, matters) in alone.found(cx).await? {
        counted.parts.remove(&key);
        counted.alone += matters;
    }
    Ok(counted)
}

/// The bodies behind the parts that are bodies or kinds of them, with how many matters each part has:
/// where one person acts for the only body of a part, its figures would be that person's.
#[derive(Debug, Default)]
pub struct Alone(BTreeMap<Key, (BTreeSet<OrganisationId>, u64)>);

impl Alone {
    /// One matter more of a part.
    pub fn add(&mut self, key: &Key, fact: &Fact) {
        if !matches!(key, Key::Body(Some(_)) | Key::Kind(Some(_))) {
            return;
        }
        let (bodies, matters) = self.0.entry(key.clone()).or_default();
        bodies.extend(fact.place.body);
        *matters += 1;
    }

    /// The parts for which one person acts, or nobody, and how many matters they have.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn found(self, cx: &Cx) -> Result<Vec<(Key, u64)>, Error> {
        let only = |bodies: &BTreeSet<OrganisationId>| bodies.first().copied().filter(|_| bodies.len() == 1);
        let single = self.0.values().filter_map(|(bodies, _)| only(bodies)).collect();
        let alone = alone(&cx.app.office.db, &single, cx.now).await?;
        let is_alone =
            |bodies: &BTreeSet<OrganisationId>| only(bodies).is_some_and(|body| alone.contains(&body));
        Ok(self
            .0
            .into_iter()
            .filter(|(_, (bodies, _))| is_alone(bodies))
            .map(|(key, (_, n))| (key, n))
            .collect())
    }
}

/// The body that a part is of.
fn body(key: &Key) -> Option<OrganisationId> {
    match key {
        Key::Body(body) => *body,
        _ => None,
    }
}

/// That the list of a part of some ledgers may be shown: none is of a body for which one person acts.
///
/// # Errors
/// When it is.
pub async fn may_list(cx: &Cx, ledgers: &[PlaceId], asked: &Asked) -> Result<(), Error> {
    let Some(part @ (Key::Body(Some(_)) | Key::Kind(Some(_)))) = &asked.part else { return Ok(()) };
    let mut behind = Alone::default();
    let mut facts = Facts::between(&cx.app.office.db, ledgers, asked.period.moments());
    while let Some(page) = facts.next().await? {
        let own = page.iter().filter(|known| Key::of(asked.by, &known.fact) == *part);
        own.for_each(|known| behind.add(part, &known.fact));
    }
    if behind.found(cx).await?.is_empty() { Ok(()) } else { Err(Error::NotFound) }
}

/// What parts are called.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<Key, String>);

impl Names {
    /// Of these parts, in figures of a place.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(cx: &Cx, rules_of: PlaceId, keys: impl IntoIterator<Item = &Key>) -> Result<Self, Error> {
        let (t, db) = (cx.locale, &cx.app.office.db);
        let keys: Vec<&Key> = keys.into_iter().collect();
        let spots: Vec<PlaceId> = keys
            .iter()
            .filter_map(|key| match key {
                Key::Building(place) | Key::Community(place) => Some(*place),
                _ => None,
            })
            .collect();
        let found: BTreeMap<PlaceId, PlaceRow> =
            places(db, &spots).await?.into_iter().map(|row| (row.id, row)).collect();
        // Each compound has a 3号楼: what lies right above is said before it.
        let above = |row: &PlaceRow| row.path.iter().rev().nth(1).copied().filter(|id| *id != row.ledger);
        let above_ids: BTreeSet<PlaceId> = found.values().filter_map(above).collect();
        let above_ids: Vec<PlaceId> = above_ids.into_iter().collect();
        let around: BTreeMap<PlaceId, String> =
            places(db, &above_ids).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let bodies: Vec<OrganisationId> = keys.iter().filter_map(|key| body(key)).collect();
        let bodies: BTreeMap<OrganisationId, String> =
            organisations_of(db, &bodies).await?.into_iter().map(|row| (row.id, row.name)).collect();
        let rules = cx.rules(rules_of).await?;
        let name = |key: &Key| match key {
            Key::Month(month) if month.year() == t.year => {
                t.with("figures-month", &[("month", &month.month())])
            }
            Key::Month(month) => {
                t.with("figures-month-of", &[("year", &month.year()), ("month", &month.month())])
            }
            Key::Building(place) => match found.get(place) {
                Some(row) => match above(row).and_then(|id| around.get(&id)) {
                    Some(around) => format!("{around} {}", row.name),
                    None => row.name.clone(),
                },
                None => place.to_string(),
            },
            Key::Community(place) => {
                found.get(place).map_or_else(|| place.to_string(), |row| row.name.clone())
            }
            Key::Category(code) => category(&rules, code, t),
            Key::Body(None) => t.say("figures-no-body"),
            Key::Body(Some(body)) => bodies.get(body).cloned().unwrap_or_default(),
            Key::Kind(None) => t.say("figures-no-body"),
            Key::Kind(Some(kind)) => t.word(*kind),
            Key::Tier(tier) => t.word(*tier),
        };
        Ok(Self(keys.into_iter().map(|key| (key.clone(), name(key))).collect()))
    }

    /// What a part is called.
    #[must_use]
    pub fn name(&self, key: &Key) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }
}
