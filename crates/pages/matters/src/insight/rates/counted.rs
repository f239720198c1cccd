//! Counting rates for a page: one pass over all matters of the days asked for, by the rules of calling
//! back of each community.

use super::super::asked::Asked;
use super::super::counted::{Alone, Scope};
use std::collections::BTreeMap;
use yishi_domain::evaluation::{Calls, Formula, Rules};
use yishi_domain::insight::{By, Heard, Key, Rates};
use yishi_kernel::PlaceId;
use yishi_office::insight::reads::{Facts, Known};
use yishi_web::{Cx, Error};

/// By what rates are parted: never finer than a kind of body.
pub const PARTED: [By; 4] = [By::Kind, By::Community, By::Category, By::Month];

/// The rules of calling back of each ledger.
#[derive(Debug)]
pub struct CallsOf(BTreeMap<PlaceId, Calls>);

impl CallsOf {
    /// Of these ledgers.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn of(cx: &Cx, ledgers: impl IntoIterator<Item = PlaceId>) -> Result<Self, Error> {
        let mut calls = BTreeMap::new();
        for ledger in ledgers {
            calls.insert(ledger, cx.rules(ledger).await?.section::<Rules>().calls.clone());
        }
        Ok(Self(calls))
    }

    /// What those said who stand behind a matter.
    #[must_use]
    pub fn heard(&self, known: &Known) -> Vec<Heard> {
        let calls = self.0.get(&known.fact.place.ledger);
        let own = |calls: &Calls| {
            let heard = known.voices.iter().map(|voice| voice.heard(calls));
            heard.map(|one| one.counted(known.fact.excluded)).collect()
        };
        calls.map(own).unwrap_or_default()
    }

    /// The least share that is called back in one of them.
    #[must_use]
    pub fn least(&self) -> u64 {
        self.0.values().map(|calls| calls.percent.get()).min().unwrap_or(100)
    }
}

/// What was counted.
#[derive(Debug, Default)]
pub struct Counted {
    /// Of all.
    pub total: Rates,
    /// Of each part.
    pub parts: BTreeMap<Key, Rates>,
    /// Matters of a kind of body for which one person acts: no rates of theirs are shown.
    pub alone: u64,
}

/// Counts what is asked for.
///
/// # Errors
/// When the store fails.
pub async fn count(cx: &Cx, calls: &CallsOf, ledgers: &[PlaceId], asked: &Asked) -> Result<Counted, Error> {
    let mut counted = Counted::default();
    let mut alone = Alone::default();
    let mut facts = Facts::between(&cx.app.office.db, ledgers, asked.period.moments());
    while let Some(page) = facts.next().await? {
        for known in &page {
            let heard = calls.heard(known);
            let key = Key::of(asked.by, &known.fact);
            alone.add(&key, &known.fact);
            counted.total.add(&known.fact, &heard, cx.now);
            counted.parts.entry(key).or_default().add(&known.fact, &heard, cx.now);
        }
    }
    for (key, matters) in alone.found(cx).await? {
        counted.parts.remove(&key);
        counted.alone += matters;
    }
    Ok(counted)
}

/// The formulas of a place: the first one is in force.
///
/// # Errors
/// When the store fails.
pub async fn formulas(cx: &Cx, scope: &Scope) -> Result<Vec<Formula>, Error> {
    Ok(cx.rules(scope.ledger.ledger).await?.section::<Rules>().formulas.clone())
}
