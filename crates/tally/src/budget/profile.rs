//! Ballots made ready for counting: equal ones together, each project with those who back it,
//! projects numbered by the order of their ids so that every tie goes to the smallest number.

use super::{Election, Unfit, Utility, VoteType};
use crate::{Ratio, Sentence};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};
use std::collections::HashMap;

/// One group of equal ballots behind a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Backer {
    /// Which group.
    pub(super) group: u32,
    /// What the project is worth to each of it, by its place in [`Profile::worths`].
    pub(super) worth: u32,
}

/// A project and those for whom it is worth something.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its place in [`Election::projects`].
    pub(super) place: usize,
    /// What it costs.
    pub(super) cost: Ratio,
    /// Those who want it.
    pub(super) backers: Vec<Backer>,
    /// How many ballots that is.
    pub(super) heads: u64,
    /// Sum of what it is worth to all ballots, in units of [`Profile::worth_unit`] (and times the
    /// cost where the utility is the cost).
    pub(super) total: BigInt,
}

/// An election under one utility.
#[derive(Debug)]
pub(super) struct Profile {
    /// By id.
    pub(super) candidates: Vec<Candidate>,
    /// How many ballots are in each group.
    pub(super) heads: Vec<u32>,
    /// The candidates on the ballots of each group, one after the other.
    pub(super) named: Vec<u32>,
    /// Where each group's candidates end.
    pub(super) ends: Vec<usize>,
    /// The different worths that occur, as multiples of the unit.
    pub(super) worths: Vec<BigInt>,
    /// What one worth is a multiple of: `1 / worth_unit` is the unit.
    pub(super) worth_unit: BigInt,
    /// Whether worths are multiplied by the cost of the project.
    pub(super) by_cost: bool,
    /// What can be spent.
    pub(super) budget: Ratio,
    /// Number of ballots.
    pub(super) votes: u64,
}

impl Profile {
    /// Of an election.
    ///
    /// # Errors
    /// When ballots do not say what the utility asks for.
    pub(super) fn new(election: &Election, utility: Utility) -> Result<Self, Unfit> {
        fits(election.vote_type(), utility)?;
        let projects = election.projects();
        let mut order: Vec<usize> = (0..projects.len()).collect();
        order.sort_by(|a, b| projects[*a].id.cmp(&projects[*b].id));
        let mut rank = vec![0_u32; projects.len()];
        for (index, place) in (0..).zip(&order) {
            rank[*place] = index;
        }
        let (worths, worth_unit) = worths(election, utility);
        let mut profile = Self {
            candidates: order
                .iter()
                .map(|&place| Candidate {
                    place,
                    cost: projects[place].cost.clone(),
                    backers: Vec::new(),
                    heads: 0,
                    total: BigInt::zero(),
                })
                .collect(),
            heads: Vec::new(),
            named: Vec::new(),
            ends: Vec::new(),
            worths,
            worth_unit,
            by_cost: utility == Utility::Cost,
            budget: election.budget().clone(),
            votes: u64::try_from(election.votes()).unwrap_or(u64::MAX),
        };
        let stride = if election.vote_type().has_points() { 2 } else { 1 };
        profile.group(election, &rank, stride);
        profile.back(election, utility, stride);
        Ok(profile)
    }

    /// Puts equal ballots together; of each group the first ballot is kept, in `named`, with
    /// `stride` numbers for each project: the candidate and, where there are points, the grade.
    fn group(&mut self, election: &Election, rank: &[u32], stride: usize) {
        let ordered = election.vote_type() == VoteType::Ordinal;
        let mut keys: Vec<u32> = Vec::new();
        let mut ends = Vec::with_capacity(election.votes());
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for ballot in election.ballots() {
            let begin = keys.len();
            if stride == 1 {
                keys.extend(ballot.projects.iter().map(|place| rank[*place as usize]));
                if !ordered {
                    keys[begin..].sort_unstable();
                }
            } else {
                pairs.clear();
                let places = ballot.projects.iter().map(|place| rank[*place as usize]);
                pairs.extend(places.zip(ballot.grades.iter().copied()));
                pairs.sort_unstable();
                keys.extend(pairs.iter().flat_map(|(candidate, grade)| [*candidate, *grade]));
            }
            ends.push(keys.len());
        }
        let mut groups: HashMap<&[u32], usize> = HashMap::new();
        let mut begin = 0;
        for end in ends {
            let key = &keys[begin..end];
            begin = end;
            let next = self.heads.len();
            let group = *groups.entry(key).or_insert(next);
            if group == next {
                self.heads.push(0);
                self.named.extend_from_slice(key);
                self.ends.push(self.named.len());
            }
            self.heads[group] += 1;
        }
    }

    /// Finds what each project is worth to each group, and leaves only candidates in `named`.
    fn back(&mut self, election: &Election, utility: Utility, stride: usize) {
        // Sums of small worths are made in a machine word: of fewer than 2^32 groups with fewer
        // than 2^32 ballots each.
        let small: Vec<Option<i128>> = self
            .worths
            .iter()
            .map(|worth| worth.to_i128().filter(|worth| worth.unsigned_abs() < 1 << 60))
            .collect();
        let wanted: Vec<bool> = self.worths.iter().map(BigInt::is_positive).collect();
        let mut sums = vec![0_i128; self.candidates.len()];
        let keys = std::mem::take(&mut self.named);
        self.named.reserve(keys.len() / stride);
        let mut begin = 0;
        for (group, end) in (0_u32..).zip(self.ends.iter_mut()) {
            let heads = self.heads[group as usize];
            let key = &keys[begin..*end];
            let length = key.len() / stride;
            for (position, item) in key.chunks_exact(stride).enumerate() {
                let place = item[0] as usize;
                let worth = match (utility, item.get(1)) {
                    (Utility::Borda, _) => u32::try_from(length - position - 1).unwrap_or(u32::MAX),
                    (Utility::Score, grade) => grade.copied().unwrap_or_default(),
                    // Points of zero or below are no support.
                    (_, Some(grade)) => u32::from(election.grades()[*grade as usize].is_positive()),
                    (_, None) => 1,
                };
                let candidate = &mut self.candidates[place];
                match small[worth as usize] {
                    Some(small) => sums[place] += small * i128::from(heads),
                    None => candidate.total += &self.worths[worth as usize] * heads,
                }
                if wanted[worth as usize] {
                    candidate.backers.push(Backer { group, worth });
                    candidate.heads += u64::from(heads);
                }
                self.named.push(item[0]);
            }
            begin = *end;
            *end = self.named.len();
        }
        for (candidate, sum) in self.candidates.iter_mut().zip(sums) {
            candidate.total += sum;
            candidate.backers.shrink_to_fit();
        }
    }

    /// The candidates on the ballots of a group.
    pub(super) fn named_by(&self, group: usize) -> &[u32] {
        let begin = group.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.named[begin..self.ends[group]]
    }

    /// What a candidate's total is worth for each unit of its cost; nothing for what is free.
    pub(super) fn density(&self, candidate: usize) -> Option<Ratio> {
        let Candidate { cost, total, .. } = &self.candidates[candidate];
        let total = Ratio::new(total.clone(), self.worth_unit.clone());
        match (self.by_cost, cost.is_zero()) {
            (true, _) => Some(total),
            (false, false) => Some(total / cost),
            (false, true) => None,
        }
    }

    /// Least common denominator of all that is counted in money.
    pub(super) fn money_unit(&self) -> BigInt {
        let costs = self.candidates.iter().map(|candidate| candidate.cost.denom());
        costs.fold(self.budget.denom().clone(), |unit, denominator| unit.lcm(denominator))
    }

    /// The worths where each fits a machine word.
    pub(super) fn small_worths(&self) -> Option<Vec<u64>> {
        self.worths.iter().map(|worth| if worth.is_negative() { Some(0) } else { worth.to_u64() }).collect()
    }
}

/// Every worth that can occur, by place, and what they are multiples of.
fn worths(election: &Election, utility: Utility) -> (Vec<BigInt>, BigInt) {
    match utility {
        Utility::Cost | Utility::Cardinality => (vec![BigInt::zero(), BigInt::one()], BigInt::one()),
        Utility::Borda => {
            let longest = election.ballots().map(|ballot| ballot.projects.len()).max().unwrap_or(0);
            ((0..=longest).map(BigInt::from).collect(), BigInt::one())
        }
        Utility::Score => {
            let grades = election.grades();
            let unit = grades.iter().fold(BigInt::one(), |unit, grade| unit.lcm(grade.denom()));
            let worth = |grade: &Ratio| grade.numer() * (&unit / grade.denom());
            (grades.iter().map(worth).collect(), unit)
        }
    }
}

fn fits(vote_type: VoteType, utility: Utility) -> Result<(), Unfit> {
    let fits = match utility {
        Utility::Cost | Utility::Cardinality => true,
        Utility::Borda => vote_type == VoteType::Ordinal,
        Utility::Score => vote_type.has_points(),
    };
    if fits {
        return Ok(());
    }
    Err(Unfit(match utility {
        Utility::Score => Sentence::new(
            "“score”要求选票上有分数（cumulative 或 scoring），这份文件没有",
            "“score” needs ballots with points (cumulative or scoring); this file has none",
        ),
        _ => Sentence::new(
            "“borda”要求排序选票（ordinal），这份文件不是",
            "“borda” needs ballots that rank (ordinal); this file has others",
        ),
    }))
}
