//! An exact run for a whole stretch of grants: each amount is a straight line over the number
//! of steps by which the grant has grown, and every decision says how far it holds. Where
//! enclosures fail again and again, as with ties that stay ties, this is what still moves on.

use super::Market;
use crate::Ratio;
use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

/// Most backers of all candidates, times the candidates, for which a run is quick enough.
const MOST_WORK: usize = 100_000;

/// What is bought in a stretch.
pub(super) struct Stretch {
    /// In order.
    pub(super) order: Vec<usize>,
    /// For the grant and this many steps more, at least one.
    pub(super) steps: BigInt,
}

/// Whether a run is quick enough to be worth it.
pub(super) fn suits(market: &Market<'_>) -> bool {
    let backers: usize = market.open.iter().map(|&one| market.profile.candidates[one].backers.len()).sum();
    backers.saturating_mul(market.open.len()) <= MOST_WORK
}

/// The longest stretch from a grant that decisions prove; none where it is that grant alone.
pub(super) fn run(market: &Market<'_>, grant: &BigInt) -> Option<Stretch> {
    let first = Line { at: Ratio::from(grant.clone()), slope: Ratio::from(market.unit.clone()) };
    let mut run = Run { market, purses: vec![first; market.profile.heads.len()], steps: None };
    let mut open = market.open.clone();
    let mut order = Vec::new();
    while let Some(chosen) = run.round(&mut open)? {
        order.push(chosen);
    }
    run.steps.map(|steps| Stretch { order, steps })
}

/// An amount: so much now, and so much more with every step.
#[derive(Clone)]
struct Line {
    at: Ratio,
    slope: Ratio,
}

impl Line {
    fn new(at: &BigInt) -> Self {
        Self { at: Ratio::from(at.clone()), slope: Ratio::zero() }
    }

    fn times(&self, factor: &Ratio) -> Self {
        Self { at: &self.at * factor, slope: &self.slope * factor }
    }

    fn minus(&self, other: &Self) -> Self {
        Self { at: &self.at - &other.at, slope: &self.slope - &other.slope }
    }

    /// Whether it is below zero now or from now on.
    fn sinks(&self) -> bool {
        self.at.is_negative() || self.at.is_zero() && self.slope.is_negative()
    }
}

/// What a line must not do in the stretch.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Must {
    /// Fall below zero.
    NotFall,
    /// Reach zero.
    NotReach,
}

struct Run<'m> {
    market: &'m Market<'m>,
    purses: Vec<Line>,
    /// How far everything decided so far holds; without end where nothing limits it.
    steps: Option<BigInt>,
}

impl Run<'_> {
    /// Notes what must hold; nothing where that leaves no step.
    fn note(&mut self, line: &Line, must: Must) -> Option<()> {
        if line.slope.is_negative() {
            let zero = -(&line.at / &line.slope);
            let steps = match must {
                Must::NotFall => zero.floor().to_integer(),
                Must::NotReach => zero.ceil().to_integer() - 1,
            };
            if self.steps.as_ref().is_none_or(|before| steps < *before) {
                self.steps = Some(steps);
            }
        }
        self.steps.as_ref().is_none_or(BigInt::is_positive).then_some(())
    }

    /// Buys what is cheapest; inside, nothing when nobody can buy any more.
    fn round(&mut self, open: &mut Vec<usize>) -> Option<Option<usize>> {
        let mut offers = Vec::new();
        for candidate in std::mem::take(open) {
            let left = self.together(candidate).minus(&Line::new(&self.market.costs[candidate]));
            if left.at.is_negative() {
                // Never again in this stretch either.
                self.note(&left.times(&Ratio::from(BigInt::from(-1))), Must::NotReach)?;
                continue;
            }
            self.note(&left, Must::NotFall)?;
            let price = self.price(candidate)?;
            let key = price.times(&Ratio::new(1.into(), self.market.scales[candidate].clone()));
            open.push(candidate);
            offers.push((candidate, price, key));
        }
        // Candidates come by id, and the first of equal ones is found.
        let Some((chosen, price, key)) = offers.iter().min_by(|a, b| a.2.at.cmp(&b.2.at)) else {
            return Some(None);
        };
        for (other, _, other_key) in offers.iter().filter(|offer| offer.0 != *chosen) {
            let must = if other < chosen { Must::NotReach } else { Must::NotFall };
            self.note(&other_key.minus(key), must)?;
        }
        for backer in &self.market.profile.candidates[*chosen].backers {
            let purse = &mut self.purses[backer.group as usize];
            let worth = Ratio::from(self.market.profile.worths[backer.worth as usize].clone());
            let rest = purse.minus(&price.times(&worth));
            *purse = if rest.sinks() { Line::new(&BigInt::zero()) } else { rest };
        }
        open.retain(|one| one != chosen);
        Some(Some(*chosen))
    }

    /// What backers have together.
    fn together(&self, candidate: usize) -> Line {
        let mut sum = Line::new(&BigInt::zero());
        for backer in &self.market.profile.candidates[candidate].backers {
            let purse = &self.purses[backer.group as usize];
            let heads = BigInt::from(self.market.profile.heads[backer.group as usize]);
            sum.at += &purse.at * &heads;
            sum.slope += &purse.slope * &heads;
        }
        sum
    }

    /// The price of a unit of worth, and for how long the same backers pay it in full.
    fn price(&mut self, candidate: usize) -> Option<Line> {
        let profile = self.market.profile;
        let backers = &profile.candidates[candidate].backers;
        let rest = |purses: &[Line], price: &Line, at: usize| {
            let worth = Ratio::from(profile.worths[backers[at].worth as usize].clone());
            purses[backers[at].group as usize].minus(&price.times(&worth))
        };
        let mut poor = vec![false; backers.len()];
        loop {
            let mut due = Line::new(&self.market.costs[candidate]);
            let mut rich = BigInt::zero();
            for (backer, poor) in backers.iter().zip(&poor) {
                let heads = BigInt::from(profile.heads[backer.group as usize]);
                if *poor {
                    due = due.minus(&self.purses[backer.group as usize].times(&Ratio::from(heads)));
                } else {
                    rich += &profile.worths[backer.worth as usize] * heads;
                }
            }
            if rich.is_zero() {
                return None;
            }
            let price = due.times(&Ratio::new(1.into(), rich));
            let now: Vec<bool> =
                (0..poor.len()).map(|at| poor[at] || rest(&self.purses, &price, at).sinks()).collect();
            if now != poor {
                poor = now;
                continue;
            }
            for (at, poor) in poor.iter().enumerate() {
                let left = rest(&self.purses, &price, at);
                let holds = if *poor { left.times(&Ratio::from(BigInt::from(-1))) } else { left };
                self.note(&holds, Must::NotFall)?;
            }
            return Some(price);
        }
    }
}
