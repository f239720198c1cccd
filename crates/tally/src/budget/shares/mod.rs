//! 等额共享法: every voter holds an equal share of the budget, and a project is bought where
//! those who want it can pay for it together; the cheapest for them first.
//!
//! A run is first tried with whole numbers that enclose the true ones ([`swift`]); where those
//! leave anything open, the run is made again with exact fractions ([`exact`]). Both give the
//! one result that the rule has.

mod exact;
mod lines;
mod swift;
#[cfg(test)]
mod tests;

use super::profile::{Backer, Profile};
use super::{Because, Choices, End, Step, Ties, greedy};
use crate::Ratio;
use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};
use std::collections::HashMap;
use swift::{Deal, Swift};

/// Without completion.
pub(super) fn choose(profile: &Profile) -> Choices {
    let mut choices = Choices { steps: free(profile), end: End::Unaffordable };
    if let Some(market) = Market::new(profile) {
        let bought = market.run(&mut Swift::new(&market), &market.grant);
        choices.steps.extend(bought.into_iter().map(Bought::into_step));
    }
    choices
}

/// Every voter's share grows by one until an outcome breaks the budget, of which the one before
/// is kept, or leaves out nothing that anybody wants and that would still fit; what nobody wants
/// and what the kept outcome left is then taken greedily where it fits.
pub(super) fn choose_adding_one(profile: &Profile) -> Choices {
    let mut choices = Choices { steps: free(profile), end: End::Exhausted };
    if let Some(market) = Market::new(profile) {
        let mut swift = Swift::new(&market);
        let (grant, broke) = market.grow(&mut swift);
        choices.steps.extend(market.run(&mut swift, &grant).into_iter().map(Bought::into_step));
        choices.end = End::Grown { share: Ratio::new(grant, market.unit.clone()), broke };
    }
    greedy::complete(profile, &mut choices);
    choices
}

/// What costs nothing and is worth something. A free project is worth nothing where worth is
/// measured in money.
fn free(profile: &Profile) -> Vec<Step> {
    let wanted = |one: &usize| {
        let candidate = &profile.candidates[*one];
        candidate.cost.is_zero() && !candidate.backers.is_empty() && !profile.by_cost
    };
    (0..profile.candidates.len())
        .filter(wanted)
        .map(|candidate| Step { candidate, because: Because::Free, tied: Ties::default() })
        .collect()
}

/// A project bought in a run.
struct Bought {
    candidate: usize,
    /// What is paid for each unit of worth.
    share: Ratio,
    /// How many pay that; the others give all they have left.
    in_full: u64,
    tied: Vec<usize>,
}

impl Bought {
    fn into_step(self) -> Step {
        let because = Because::Bought { share: self.share, in_full: self.in_full };
        Step { candidate: self.candidate, because, tied: Ties::new(self.tied.into_iter()) }
    }
}

/// What can be bought, in whole numbers of one unit of money.
struct Market<'p> {
    profile: &'p Profile,
    /// Candidates that cost something and that someone wants.
    open: Vec<usize>,
    /// What each candidate costs.
    costs: Vec<BigInt>,
    /// By what the price of a unit of worth is divided before prices are compared.
    scales: Vec<BigInt>,
    /// Candidates of one kind have the same cost and the same backers: no run can tell them apart.
    kinds: Vec<usize>,
    /// What each voter has at first.
    grant: BigInt,
    /// One yuan.
    unit: BigInt,
}

impl<'p> Market<'p> {
    /// None without voters.
    fn new(profile: &'p Profile) -> Option<Self> {
        if profile.votes == 0 {
            return None;
        }
        let money_unit = profile.money_unit();
        let whole = |amount: &Ratio| amount.numer() * (&money_unit / amount.denom());
        let unit = &money_unit * profile.votes;
        let costs: Vec<BigInt> =
            profile.candidates.iter().map(|one| whole(&one.cost) * profile.votes).collect();
        let scales = if profile.by_cost {
            profile.candidates.iter().map(|one| whole(&one.cost)).collect()
        } else {
            vec![BigInt::one(); costs.len()]
        };
        let open: Vec<usize> = (0..costs.len())
            .filter(|&one| costs[one].is_positive() && !profile.candidates[one].backers.is_empty())
            .collect();
        let mut seen: HashMap<(&BigInt, &[Backer]), usize> = HashMap::new();
        let mut kinds: Vec<usize> = (0..costs.len()).collect();
        for &one in &open {
            kinds[one] = *seen.entry((&costs[one], &profile.candidates[one].backers)).or_insert(one);
        }
        Some(Self { profile, open, kinds, scales, grant: whole(&profile.budget), unit, costs })
    }

    /// One run with the same grant for every voter, and who pays how much.
    fn run(&self, swift: &mut Option<Swift<'_>>, grant: &BigInt) -> Vec<Bought> {
        let deals = swift.as_mut().and_then(|swift| swift.run(grant, grant));
        match deals.filter(|deals| deals.iter().all(Deal::is_clear)) {
            Some(deals) => deals.into_iter().map(|deal| deal.into_bought(&self.unit)).collect(),
            None => exact::run(self, grant),
        }
    }

    /// Finds the grant at which growing stops, and whether the next would break the budget.
    fn grow(&self, swift: &mut Option<Swift<'_>>) -> (BigInt, bool) {
        let budget = &self.grant * self.profile.votes;
        let mut kept = self.grant.clone();
        let mut grant = kept.clone();
        let mut stride = Stride::default();
        let (mut doubts, suits) = (0_u32, lines::suits(self));
        loop {
            // One run speaks for a whole range of grants where it can.
            let mut last = &grant + &self.unit * stride.length;
            let order: Vec<usize> = match swift.as_mut().and_then(|swift| swift.run(&grant, &last)) {
                Some(deals) => {
                    doubts = 0;
                    deals.into_iter().map(|deal| deal.candidate).collect()
                }
                None if stride.length > 0 => {
                    stride.shorten();
                    continue;
                }
                None => {
                    doubts += 1;
                    let stretch = if doubts > MOST_DOUBTS && suits { lines::run(self, &grant) } else { None };
                    match stretch {
                        Some(stretch) => {
                            last += &self.unit * stretch.steps;
                            stretch.order
                        }
                        None => exact::run(self, &grant).into_iter().map(|bought| bought.candidate).collect(),
                    }
                }
            };
            let left = &budget - order.iter().map(|&one| &self.costs[one]).sum::<BigInt>();
            if left.is_negative() {
                return (kept, true);
            }
            if self.open.iter().all(|one| self.costs[*one] > left || order.contains(one)) {
                return (grant, false);
            }
            grant = &last + &self.unit;
            kept = last;
            stride.lengthen();
        }
    }
}

/// After so many grants in a row about which enclosures leave something open, a whole stretch is
/// tried with straight lines.
const MOST_DOUBTS: u32 = 8;

/// How many further grants a run is tried for: more as long as that goes well.
struct Stride {
    length: u64,
    /// Successes since the last change.
    streak: u32,
    /// Successes before the next try of more.
    patience: u32,
}

impl Default for Stride {
    fn default() -> Self {
        Self { length: 0, streak: 0, patience: Self::LEAST }
    }
}

impl Stride {
    const LEAST: u32 = 4;
    const MOST: u32 = 64;
    const LONGEST: u64 = 1 << 60;

    fn lengthen(&mut self) {
        self.streak += 1;
        if self.streak >= self.patience && self.length < Self::LONGEST {
            self.length = 2 * self.length + 1;
            self.streak = 0;
        } else if self.length > 0 {
            self.patience = Self::LEAST;
        }
    }

    fn shorten(&mut self) {
        self.length /= 2;
        self.streak = 0;
        self.patience = (2 * self.patience).min(Self::MOST);
    }
}
