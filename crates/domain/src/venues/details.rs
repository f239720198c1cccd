//! What everyone may know of a venue: all of it is public, and what cannot be has no type here.

use super::{Access, Hours, Need, Per, Refusal, Toilet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use yishi_kernel::phone::OfficePhone;
use yishi_kernel::refusal::optional;
use yishi_kernel::{Context, Published};

/// The most people that a venue is said to hold.
const MOST: u32 = 5_000;

/// What coming costs (收费).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Price {
    /// Nothing.
    Free,
    /// So much.
    Costs {
        /// In fen, 0.01 yuan.
        fen: u64,
        /// For what.
        per: Per,
    },
}

impl Price {
    /// So much for something; nought is free.
    #[must_use]
    pub fn of(fen: u64, per: Per) -> Self {
        if fen == 0 { Price::Free } else { Price::Costs { fen, per } }
    }

    /// The sum and for what it is, where it costs anything.
    #[must_use]
    pub fn sum(self) -> Option<(u64, Per)> {
        match self {
            Price::Free => None,
            Price::Costs { fen, per } => Some((fen, per)),
        }
    }
}

/// Who may come (开放对象).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Guests {
    /// Whoever comes by.
    Everyone,
    /// Residents of the place.
    Residents,
    /// Members of this.
    Members(Published),
}

/// How many people a venue holds (容纳人数).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Capacity(u32);

impl Capacity {
    /// So many people: one to five thousand.
    #[must_use]
    pub fn of(people: u64) -> Option<Self> {
        u32::try_from(people).ok().filter(|people| (1..=MOST).contains(people)).map(Self)
    }

    /// How many.
    #[must_use]
    pub fn people(self) -> u32 {
        self.0
    }
}

/// What everyone may know of a venue (场地说明).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// What it is called.
    pub name: Published,
    /// How it is found, where the place's name does not say that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub way: Option<Published>,
    /// What one can do there.
    pub needs: BTreeSet<Need>,
    /// When it is open.
    pub hours: Hours,
    /// What it costs.
    pub price: Price,
    /// Its telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<OfficePhone>,
    /// How one gets in.
    pub access: Access,
    /// What toilet there is.
    pub toilet: Toilet,
    /// Who may come.
    pub guests: Guests,
    /// How many people it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity: Option<Capacity>,
}

impl Details {
    /// The same with its texts as the ledger may hold them.
    ///
    /// # Errors
    /// When a text is empty, too long or holds personal data, or nothing can be done there.
    pub fn public(self, ctx: &Context) -> Result<Self, yishi_kernel::Refusal> {
        if self.needs.is_empty() {
            return Err(Refusal::NoNeed.into());
        }
        let way = self.way.as_deref().unwrap_or_default();
        Ok(Self {
            name: ctx.line("name", &self.name)?,
            way: optional(ctx.line("way", way))?,
            guests: match &self.guests {
                Guests::Members(of) => Guests::Members(ctx.line("members", of)?),
                guests => guests.clone(),
            },
            ..self
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_venue_holds_one_to_five_thousand() {
        assert_eq!(Capacity::of(0), None);
        assert_eq!(Capacity::of(5_001), None);
        assert_eq!(Capacity::of(5_000).map(Capacity::people), Some(5_000));
    }

    #[test]
    fn nought_is_free() {
        assert_eq!(Price::of(0, Per::Meal), Price::Free);
        assert_eq!(Price::of(800, Per::Meal).sum(), Some((800, Per::Meal)));
    }
}
