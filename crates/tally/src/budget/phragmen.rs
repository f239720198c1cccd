//! 弗拉格门法: money comes to all voters evenly, and as soon as the backers of a project have
//! its price together, they buy it and have nothing left.
//!
//! A voter's load is the moment of their last purchase, so there are as many different loads
//! as purchases. A project's sum of loads is kept as an integer over one denominator that all
//! share, and each purchase updates the sums by how many voters moved from which load.

use super::profile::Profile;
use super::{Because, Choices, End, Step, Ties};
use crate::Ratio;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};
use std::cmp::Ordering;

/// Chooses.
pub(super) fn choose(profile: &Profile) -> Choices {
    let money_unit = profile.money_unit();
    let costs: Vec<BigInt> =
        profile.candidates.iter().map(|one| one.cost.numer() * (&money_unit / one.cost.denom())).collect();
    let mut left = (&profile.budget * Ratio::from(money_unit.clone())).to_integer();
    let mut open: Vec<usize> = (0..costs.len()).filter(|&one| costs[one] <= left).collect();
    let mut choices = Choices { steps: Vec::new(), end: End::Exhausted };

    // Everything below is in money units over `denominator`.
    let mut denominator = BigInt::one();
    let mut loads = vec![BigInt::zero()];
    let mut load_of = vec![0_usize; profile.heads.len()];
    let mut sums = vec![BigInt::zero(); costs.len()];
    while !open.is_empty() {
        let mut least: Option<BigInt> = None;
        let mut tied: Vec<usize> = Vec::new();
        for &one in &open {
            let heads = profile.candidates[one].heads;
            let needed = &sums[one] + &costs[one] * &denominator;
            let order = match (&least, tied.first().map(|&best| profile.candidates[best].heads)) {
                (None, _) | (_, None) => Ordering::Less,
                // Without a supporter the moment never comes.
                (_, Some(0)) => {
                    if heads == 0 {
                        Ordering::Equal
                    } else {
                        Ordering::Less
                    }
                }
                (Some(_), _) if heads == 0 => Ordering::Greater,
                (Some(least), Some(best)) => (&needed * best).cmp(&(least * heads)),
            };
            match order {
                Ordering::Less => {
                    least = Some(needed);
                    tied = vec![one];
                }
                Ordering::Equal => tied.push(one),
                Ordering::Greater => {}
            }
        }
        if let Some(&candidate) = tied.iter().find(|&&one| costs[one] > left) {
            choices.end = End::NoRoom { candidate };
            return choices;
        }
        let (Some(needed), Some(&chosen)) = (least, tied.first()) else { return choices };
        left -= &costs[chosen];
        open.retain(|&one| one != chosen);
        let heads = profile.candidates[chosen].heads;
        let mut load = None;
        if heads > 0 {
            // One denominator for all, so everything grows by what the new load needs.
            let heads = BigInt::from(heads);
            let shared = needed.gcd(&heads);
            let factor = &heads / &shared;
            if !factor.is_one() {
                denominator *= &factor;
                loads.iter_mut().chain(&mut sums).for_each(|value| *value *= &factor);
            }
            let new = needed / shared;
            load = Some(Ratio::new(new.clone(), &denominator * &money_unit));
            loads.push(new);
            pay(profile, chosen, &loads, &mut load_of, &mut sums);
        }
        let tied = Ties::new(tied.into_iter().skip(1));
        choices.steps.push(Step { candidate: chosen, because: Because::Earned { load }, tied });
    }
    choices
}

/// Gives the backers of what was chosen the last of the loads.
fn pay(profile: &Profile, chosen: usize, loads: &[BigInt], load_of: &mut [usize], sums: &mut [BigInt]) {
    let last = loads.len() - 1;
    let groups = profile.candidates[chosen].backers.iter().map(|backer| backer.group as usize);
    let mut moved: Vec<(usize, usize)> =
        groups.map(|group| (std::mem::replace(&mut load_of[group], last), group)).collect();
    moved.sort_unstable();
    // How many voters of each project moved from one load, and which projects that are.
    let mut heads = vec![0_u64; sums.len()];
    let mut touched = Vec::new();
    for from_one in moved.chunk_by(|a, b| a.0 == b.0) {
        for &(_, group) in from_one {
            for &named in profile.named_by(group) {
                if heads[named as usize] == 0 {
                    touched.push(named as usize);
                }
                heads[named as usize] += u64::from(profile.heads[group]);
            }
        }
        let more = from_one.first().map_or_else(BigInt::zero, |(before, _)| &loads[last] - &loads[*before]);
        for named in touched.drain(..) {
            sums[named] += &more * std::mem::take(&mut heads[named]);
        }
    }
}
