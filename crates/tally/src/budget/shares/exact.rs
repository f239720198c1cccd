//! A run of equal shares with exact fractions of any size: what each voter has left is a whole
//! number over one denominator that all share. Slower than the enclosures, and needed only
//! where those leave something open.

use super::{Bought, Market};
use crate::Ratio;
use crate::budget::profile::Backer;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};
use std::cmp::Ordering;

/// What everybody has left.
struct Money {
    purses: Vec<BigInt>,
    denominator: BigInt,
}

/// A candidate that may still be bought.
struct Entry {
    candidate: usize,
    /// The price of a unit of worth is not below this.
    price: Ratio,
    /// The same divided by the candidate's scale.
    key: Ratio,
    in_full: u64,
}

/// What is bought with this grant for every voter, in order.
pub(super) fn run(market: &Market<'_>, grant: &BigInt) -> Vec<Bought> {
    let profile = market.profile;
    let mut money = Money { purses: vec![grant.clone(); profile.heads.len()], denominator: BigInt::one() };
    let mut entries: Vec<Entry> = market
        .open
        .iter()
        .map(|&candidate| {
            let worth: BigInt = profile.candidates[candidate]
                .backers
                .iter()
                .map(|backer| worth_to_all(market, *backer))
                .sum();
            let price = Ratio::new(market.costs[candidate].clone(), worth);
            let key = &price / &market.scales[candidate];
            Entry { candidate, price, key, in_full: 0 }
        })
        .collect();
    let mut bought = Vec::new();
    while let Some(deal) = round(market, &mut money, &mut entries) {
        bought.push(deal);
    }
    bought
}

fn worth_to_all(market: &Market<'_>, backer: Backer) -> BigInt {
    &market.profile.worths[backer.worth as usize] * market.profile.heads[backer.group as usize]
}

fn round(market: &Market<'_>, money: &mut Money, entries: &mut Vec<Entry>) -> Option<Bought> {
    entries.sort_by(|a, b| a.key.cmp(&b.key));
    let mut best: Option<Ratio> = None;
    let mut tied: Vec<usize> = Vec::new();
    let mut gone: Vec<usize> = Vec::new();
    for entry in entries.iter_mut() {
        if best.as_ref().is_some_and(|best| entry.key > *best) {
            break;
        }
        let Some((price, in_full)) = price(market, money, entry) else {
            gone.push(entry.candidate);
            continue;
        };
        entry.key = &price / &market.scales[entry.candidate];
        entry.price = price;
        entry.in_full = in_full;
        match best.as_ref().map_or(Ordering::Less, |best| entry.key.cmp(best)) {
            Ordering::Less => {
                best = Some(entry.key.clone());
                tied = vec![entry.candidate];
            }
            Ordering::Equal => tied.push(entry.candidate),
            Ordering::Greater => {}
        }
    }
    entries.retain(|entry| !gone.contains(&entry.candidate));
    tied.sort_unstable();
    let candidate = *tied.first()?;
    let at = entries.iter().position(|entry| entry.candidate == candidate)?;
    let Entry { price, in_full, .. } = entries.remove(at);
    pay(market, money, candidate, &price);
    tied.remove(0);
    Some(Bought { candidate, share: price / &market.unit, in_full, tied })
}

/// The price of a unit of worth and how many pay it in full; nothing where backers have not
/// enough.
fn price(market: &Market<'_>, money: &Money, entry: &Entry) -> Option<(Ratio, u64)> {
    let profile = market.profile;
    let backers = &profile.candidates[entry.candidate].backers;
    let purse = |backer: &Backer| &money.purses[backer.group as usize];
    let heads = |backer: &Backer| profile.heads[backer.group as usize];
    let cost = &market.costs[entry.candidate] * &money.denominator;
    if backers.iter().map(|backer| purse(backer) * heads(backer)).sum::<BigInt>() < cost {
        return None;
    }
    let mut price = entry.price.clone();
    loop {
        let per_worth = price.numer() * &money.denominator;
        let (mut poor, mut rich, mut in_full) = (BigInt::zero(), BigInt::zero(), 0);
        for backer in backers {
            let worth = &profile.worths[backer.worth as usize];
            if purse(backer) * price.denom() < &per_worth * worth {
                poor += purse(backer) * heads(backer);
            } else {
                rich += worth * heads(backer);
                in_full += u64::from(heads(backer));
            }
        }
        if rich.is_zero() {
            // Not with exact numbers: whoever is poor has less than their part of the cost.
            return None;
        }
        let next = Ratio::new(&cost - poor, rich * &money.denominator);
        if next <= price {
            return Some((price, in_full));
        }
        price = next;
    }
}

/// Takes from each backer the price for what it is worth to them, or all they have.
fn pay(market: &Market<'_>, money: &mut Money, candidate: usize, price: &Ratio) {
    let shared = money.denominator.lcm(price.denom());
    let factor = &shared / &money.denominator;
    if !factor.is_one() {
        money.purses.iter_mut().filter(|purse| !purse.is_zero()).for_each(|purse| *purse *= &factor);
    }
    let part = price.numer() * (&shared / price.denom());
    for backer in &market.profile.candidates[candidate].backers {
        let due = &part * &market.profile.worths[backer.worth as usize];
        let purse = &mut money.purses[backer.group as usize];
        if *purse > due {
            *purse -= due;
        } else {
            purse.set_zero();
        }
    }
    money.denominator = shared;
}
