//! What everyone may know of a venue: all of it is public, and what cannot be has no type here.

use super::{Access, Hours, Need, Per, Refusal, Toilet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::str::FromStr;
use yishi_kernel::personal::{Personal, find};
use yishi_kernel::refusal::optional;
use yishi_kernel::{Context, Published, text};

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

/// A telephone of the venue itself, never a person's own (场地电话).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phone(String);

/// It is no telephone of a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a venue's telephone is a landline or a service number")]
pub struct NoPhone;

impl FromStr for Phone {
    type Err = NoPhone;

    /// Mobile numbers are people's own, and are not taken. This field says whose number it is,
    /// so a landline may stand here, unlike in a text.
    fn from_str(raw: &str) -> Result<Self, NoPhone> {
        let number = text::clean(&text::folded(raw), 20).map_err(|_| NoPhone)?;
        if find(&number).iter().any(|found| found.kind != Personal::Landline) {
            return Err(NoPhone);
        }
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let written = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
        if written && (3..=12).contains(&digits) { Ok(Self(number)) } else { Err(NoPhone) }
    }
}

impl Phone {
    /// As it is dialled and shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
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
    pub phone: Option<Phone>,
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
    fn a_telephone_is_the_venues_and_no_persons() {
        for good in ["8123 4567", "0951-8123456", "12345", " 110 ", "８１２３－４５６７"] {
            assert!(good.parse::<Phone>().is_ok(), "{good}");
        }
        for wrong in ["", "12", "13800001111", "138 0000 1111", "打给老王", "8123456789012"] {
            assert_eq!(wrong.parse::<Phone>(), Err(NoPhone), "{wrong}");
        }
    }

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
