//! A run of equal shares with enclosures: of each voter's money and each price it knows a whole
//! number that is not above and one that is not below. It says what is bought only where the
//! enclosures prove it, and otherwise nothing, so that its answers are exact.
//!
//! Since a grant may itself be a range, one run can speak for many grants at once. The exact
//! run is not here.

use super::{Bought, Market};
use crate::Ratio;
use crate::budget::profile::Backer;
use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive as _;
use std::cmp::Ordering;

/// Bits that a sum of money may have. Twice such a sum still fits its type.
const BITS: u32 = 125;
/// With fewer bits behind the point nothing would be proved anyway.
const LEAST_SHIFT: u32 = 16;

/// What may be bought, in machine words.
pub(super) struct Swift<'m> {
    market: &'m Market<'m>,
    costs: Vec<u128>,
    scales: Vec<u128>,
    worths: Vec<u64>,
    /// Bits of the worth of everything to everybody, at most.
    worth_bits: u32,
    // Kept from run to run for their room.
    purses: Vec<Purse>,
    backers: Vec<Vec<Backer>>,
}

/// What each voter of a group has left: between these.
#[derive(Clone, Copy)]
struct Purse {
    low: u128,
    high: u128,
}

/// A project bought in a run.
pub(super) struct Deal {
    pub(super) candidate: usize,
    price: u128,
    shift: u32,
    in_full: u64,
    /// Whether `in_full` is sure.
    clear: bool,
    tied: Vec<usize>,
}

impl Deal {
    /// Whether it is sure who pays in full. What is bought is sure in any case.
    pub(super) fn is_clear(&self) -> bool {
        self.clear
    }

    pub(super) fn into_bought(self, unit: &BigInt) -> Bought {
        let share = Ratio::new(BigInt::from(self.price), unit << self.shift);
        Bought { candidate: self.candidate, share, in_full: self.in_full, tied: self.tied }
    }
}

/// A candidate that may still be bought.
struct Entry {
    candidate: usize,
    /// The price of a unit of worth is not below this, now and later: money only gets less.
    price: u128,
    /// The same, as prices are compared.
    key: u128,
}

/// What a candidate's backers would have to pay.
enum Price {
    /// They have not enough, and never will.
    Gone,
    /// Enclosures leave open whether they have enough, or what.
    Open,
    Known(Offer),
}

/// A price of a unit of worth, between these.
#[derive(Clone, Copy)]
struct Offer {
    candidate: usize,
    low: u128,
    high: u128,
    key_low: u128,
    key_high: u128,
    /// Worth to those who pay in full.
    rich: u128,
    in_full: u64,
    /// Whether the others have nothing at all: then the price is cost / rich, no more, no less.
    exact: bool,
}

impl<'m> Swift<'m> {
    /// None where numbers are too large for machine words.
    pub(super) fn new(market: &'m Market<'m>) -> Option<Self> {
        let profile = market.profile;
        let word = |value: &BigInt| value.to_u128().filter(|value| bits(*value) < BITS);
        let worths = profile.small_worths()?;
        let most = u128::from(worths.iter().copied().max().unwrap_or(1).max(1));
        Some(Self {
            market,
            costs: market.costs.iter().map(word).collect::<Option<_>>()?,
            scales: market.scales.iter().map(word).collect::<Option<_>>()?,
            worths,
            worth_bits: bits(most) + bits(u128::from(profile.votes)),
            purses: Vec::new(),
            backers: vec![Vec::new(); profile.candidates.len()],
        })
    }

    /// What is bought with every grant between these two, in order; nothing where that is not
    /// proved to be the same for all.
    pub(super) fn run(&mut self, least: &BigInt, most: &BigInt) -> Option<Vec<Deal>> {
        let (least, most) = (least.to_u128()?, most.to_u128()?);
        let shift = BITS.checked_sub(bits(most) + self.worth_bits).filter(|shift| *shift >= LEAST_SHIFT)?;
        let candidates = &self.market.profile.candidates;
        self.purses.clear();
        self.purses
            .resize(self.market.profile.heads.len(), Purse { low: least << shift, high: most << shift });
        let mut entries = Vec::with_capacity(self.market.open.len());
        for &candidate in &self.market.open {
            let one = &candidates[candidate];
            // Whoever costs more than backers can ever have also fits no shifted word.
            if self.costs[candidate] <= most * u128::from(one.heads) {
                self.backers[candidate].clone_from(&one.backers);
                let worth: u128 = one.backers.iter().map(|backer| self.worth(*backer)).sum();
                let price = (self.costs[candidate] << shift) / worth;
                entries.push(Entry { candidate, price, key: price / self.scales[candidate] });
            }
        }
        let mut deals = Vec::new();
        while let Some(deal) = self.round(&mut entries, shift)? {
            deals.push(deal);
        }
        Some(deals)
    }

    /// What a candidate is worth to all of a group.
    fn worth(&self, backer: Backer) -> u128 {
        u128::from(self.worths[backer.worth as usize])
            * u128::from(self.market.profile.heads[backer.group as usize])
    }

    /// Buys what is cheapest now; inside, nothing when nobody can buy any more.
    fn round(&mut self, entries: &mut Vec<Entry>, shift: u32) -> Option<Option<Deal>> {
        entries.sort_by_key(|entry| entry.key);
        let mut best = u128::MAX;
        let mut offers: Vec<Offer> = Vec::new();
        let mut first_open = None;
        let mut gone = false;
        for entry in entries.iter_mut() {
            if entry.key > best {
                break;
            }
            match self.price(entry, shift) {
                Price::Gone => {
                    gone = true;
                    entry.key = u128::MAX;
                }
                Price::Open => first_open = first_open.or(Some(entry.key)),
                Price::Known(offer) => {
                    entry.price = offer.low;
                    entry.key = offer.key_low;
                    best = best.min(offer.key_high);
                    offers.push(offer);
                }
            }
        }
        if gone {
            entries.retain(|entry| entry.key < u128::MAX);
        }
        if first_open.is_some_and(|key| key <= best) {
            return None;
        }
        offers.retain(|offer| offer.key_low <= best);
        offers.sort_by_key(|offer| offer.candidate);
        let Some((&first, others)) = offers.split_first() else { return Some(None) };
        let mut chosen = first;
        let mut tied = Vec::new();
        for &other in others {
            match self.compare(chosen, other)? {
                Ordering::Less => {}
                Ordering::Equal => tied.push(other.candidate),
                Ordering::Greater => {
                    chosen = other;
                    tied.clear();
                }
            }
        }
        entries.retain(|entry| entry.candidate != chosen.candidate);
        let mut clear = true;
        for &backer in &self.backers[chosen.candidate] {
            let worth = u128::from(self.worths[backer.worth as usize]);
            let purse = &mut self.purses[backer.group as usize];
            // Those who seem to have too little may have just enough.
            clear &= purse.low >= chosen.high * worth || purse.high < chosen.low * worth;
            purse.low = purse.low.saturating_sub(chosen.high * worth);
            purse.high = purse.high.saturating_sub(chosen.low * worth);
        }
        let Offer { candidate, high: price, in_full, .. } = chosen;
        Some(Some(Deal { candidate, price, shift, in_full, clear, tied }))
    }

    /// Which of two is cheaper, where that is known.
    fn compare(&self, one: Offer, other: Offer) -> Option<Ordering> {
        if one.key_high < other.key_low {
            return Some(Ordering::Less);
        }
        if other.key_high < one.key_low {
            return Some(Ordering::Greater);
        }
        if self.market.kinds[one.candidate] == self.market.kinds[other.candidate] {
            return Some(Ordering::Equal);
        }
        if !(one.exact && other.exact) {
            return None;
        }
        // cost / (rich * scale) of both, each side times both denominators.
        let side =
            |a: Offer, b: Offer| BigUint::from(self.costs[a.candidate]) * b.rich * self.scales[b.candidate];
        Some(side(one, other).cmp(&side(other, one)))
    }

    /// What the backers of a candidate would pay now.
    ///
    /// With a price `p`, those who have less than `p` for each unit of worth give all they
    /// have and the others `p` each. What they give together grows with `p`, ever more slowly,
    /// so a step along the tangent from below never goes too far.
    fn price(&mut self, entry: &Entry, shift: u32) -> Price {
        let candidate = entry.candidate;
        let Self { purses, backers, worths, market, .. } = self;
        let heads = &market.profile.heads;
        let cost = self.costs[candidate] << shift;
        // Whoever has nothing pays nothing, now and later.
        let backers = &mut backers[candidate];
        let mut all = Purse { low: 0, high: 0 };
        backers.retain(|backer| {
            let purse = purses[backer.group as usize];
            let heads = u128::from(heads[backer.group as usize]);
            all.low += purse.low * heads;
            all.high += purse.high * heads;
            purse.high > 0
        });
        if all.high < cost {
            return Price::Gone;
        }
        if all.low < cost {
            return Price::Open;
        }
        let mut price = entry.price;
        loop {
            let mut poor = Purse { low: 0, high: 0 };
            let mut rich = 0;
            let mut in_full = 0;
            for backer in backers.iter() {
                let purse = purses[backer.group as usize];
                let heads = heads[backer.group as usize];
                let worth = u128::from(worths[backer.worth as usize]);
                if purse.low < price * worth {
                    poor.low += purse.low * u128::from(heads);
                    poor.high += purse.high * u128::from(heads);
                } else {
                    rich += worth * u128::from(heads);
                    in_full += u64::from(heads);
                }
            }
            if rich == 0 || poor.low >= cost {
                return Price::Open;
            }
            // With `low` the poor give `poor.low` and the rich at least `price` each.
            let next = (cost - poor.low).div_ceil(rich);
            if next > price {
                price = next;
                continue;
            }
            // Whatever the partition is, nobody gives more than it says: this is not too much.
            let low = (cost.saturating_sub(poor.high) / rich).max(entry.price);
            let scale = self.scales[candidate];
            return Price::Known(Offer {
                candidate,
                low,
                high: price,
                key_low: low / scale,
                key_high: price.div_ceil(scale),
                rich,
                in_full,
                exact: poor.high == 0,
            });
        }
    }
}

fn bits(value: u128) -> u32 {
    u128::BITS - value.leading_zeros()
}
