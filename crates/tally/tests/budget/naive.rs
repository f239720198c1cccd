//! The rules as their definitions say, voter by voter and round by round, with fractions and
//! without a thought for time. It shares nothing with the engine but how files are read.

use std::collections::BTreeMap;
use yishi_tally::Ratio;
use yishi_tally::budget::{Election, Rule, Utility};

fn zero() -> Ratio {
    Ratio::from_integer(0.into())
}

fn whole(number: usize) -> Ratio {
    Ratio::from_integer(number.into())
}

struct Plain {
    budget: Ratio,
    costs: BTreeMap<String, Ratio>,
    /// What each voter has of each project.
    voters: Vec<BTreeMap<String, Ratio>>,
}

impl Plain {
    fn of(election: &Election, utility: Utility) -> Self {
        let projects = election.projects();
        let voters = election
            .ballots()
            .map(|ballot| {
                let last = ballot.projects.len();
                let of = |(position, place): (usize, &u32)| {
                    let project = &projects[*place as usize];
                    let points = ballot.grades.get(position).map(|grade| &election.grades()[*grade as usize]);
                    let backs = points.is_none_or(|points| *points > zero());
                    let worth = match utility {
                        Utility::Cost if backs => project.cost.clone(),
                        Utility::Cardinality if backs => whole(1),
                        Utility::Cost | Utility::Cardinality => zero(),
                        Utility::Borda => whole(last - position - 1),
                        Utility::Score => points.unwrap().clone(),
                    };
                    (project.id.clone(), worth)
                };
                ballot.projects.iter().enumerate().map(of).collect()
            })
            .collect();
        let costs = projects.iter().map(|project| (project.id.clone(), project.cost.clone())).collect();
        Self { budget: election.budget().clone(), costs, voters }
    }

    fn worth(&self, voter: usize, id: &str) -> Ratio {
        self.voters[voter].get(id).cloned().unwrap_or_else(zero)
    }

    fn total(&self, id: &str) -> Ratio {
        (0..self.voters.len()).map(|voter| self.worth(voter, id)).sum()
    }

    fn spent(&self, chosen: &[String]) -> Ratio {
        chosen.iter().map(|id| &self.costs[id]).sum()
    }

    /// Round by round the best of what fits; supporters for a utility of cost, which what is
    /// free would otherwise make disappear.
    fn greedy(
        &self,
        supporters: &BTreeMap<String, usize>,
        by_cost: bool,
        mut chosen: Vec<String>,
    ) -> Vec<String> {
        loop {
            let left = &self.budget - self.spent(&chosen);
            let mut best: Option<(u8, Ratio, &String)> = None;
            for (id, cost) in &self.costs {
                if *cost > left || chosen.contains(id) {
                    continue;
                }
                let total = if by_cost { whole(supporters[id]) } else { self.total(id) };
                let (class, merit) = if total <= zero() {
                    (0, zero())
                } else if *cost == zero() {
                    (2, zero())
                } else {
                    (1, if by_cost { total } else { total / cost })
                };
                if best.as_ref().is_none_or(|(c, m, _)| (class, &merit) > (*c, m)) {
                    best = Some((class, merit, id));
                }
            }
            let Some((_, _, id)) = best else { return chosen };
            chosen.push(id.clone());
        }
    }

    fn free(&self) -> Vec<String> {
        let wanted = |id: &str| (0..self.voters.len()).any(|voter| self.worth(voter, id) > zero());
        self.costs
            .iter()
            .filter(|(id, cost)| **cost == zero() && wanted(id))
            .map(|(id, _)| id.clone())
            .collect()
    }

    fn shares(&self, grant: &Ratio) -> Vec<String> {
        let mut chosen = self.free();
        let mut purses = vec![grant.clone(); self.voters.len()];
        loop {
            let mut best: Option<(Ratio, &String)> = None;
            for (id, cost) in self.costs.iter().filter(|(_, cost)| **cost > zero()) {
                if chosen.contains(id) {
                    continue;
                }
                if let Some(price) = self.price(&purses, id, cost)
                    && best.as_ref().is_none_or(|(least, _)| price < *least)
                {
                    best = Some((price, id));
                }
            }
            let Some((price, id)) = best else { return chosen };
            for (voter, purse) in purses.iter_mut().enumerate() {
                let worth = self.worth(voter, id);
                if worth > zero() {
                    let due = &price * worth;
                    *purse = if *purse > due { &*purse - due } else { zero() };
                }
            }
            chosen.push(id.clone());
        }
    }

    /// The one price at which what backers give is the cost: between two neighbouring prices at
    /// which somebody runs out, the sum is a straight line.
    fn price(&self, purses: &[Ratio], id: &str, cost: &Ratio) -> Option<Ratio> {
        let backers: Vec<(Ratio, &Ratio)> = purses
            .iter()
            .enumerate()
            .map(|(voter, purse)| (self.worth(voter, id), purse))
            .filter(|(worth, _)| *worth > zero())
            .collect();
        let mut corners: Vec<Ratio> = backers.iter().map(|(worth, purse)| *purse / worth).collect();
        corners.sort();
        let given = |price: &Ratio| -> Ratio {
            backers.iter().map(|(worth, purse)| (price * worth).min((*purse).clone())).sum()
        };
        let mut before = zero();
        for corner in corners {
            let (low, high) = (given(&before), given(&corner));
            if high >= *cost {
                return Some(&before + (cost - &low) * (&corner - &before) / (high - low));
            }
            before = corner;
        }
        None
    }

    fn adding_one(&self) -> Vec<String> {
        if self.voters.is_empty() {
            return Vec::new();
        }
        let mut grant = &self.budget / whole(self.voters.len());
        let mut kept = Vec::new();
        loop {
            let chosen = self.shares(&grant);
            let spent = self.spent(&chosen);
            if spent > self.budget {
                return kept;
            }
            let wanted = |id: &str| (0..self.voters.len()).any(|voter| self.worth(voter, id) > zero());
            let more = self.costs.iter().any(|(id, cost)| {
                wanted(id) && *cost > zero() && !chosen.contains(id) && cost + &spent <= self.budget
            });
            if !more {
                return chosen;
            }
            kept = chosen;
            grant += whole(1);
        }
    }

    fn phragmen(&self) -> Vec<String> {
        let mut chosen: Vec<String> = Vec::new();
        let mut loads = vec![zero(); self.voters.len()];
        loop {
            let mut least: Option<(Option<Ratio>, Vec<&String>)> = None;
            for (id, cost) in &self.costs {
                if chosen.contains(id) || *cost > self.budget {
                    continue;
                }
                let backers: Vec<usize> =
                    (0..self.voters.len()).filter(|voter| self.voters[*voter].contains_key(id)).collect();
                let load = (!backers.is_empty()).then(|| {
                    (cost + backers.iter().map(|voter| &loads[*voter]).sum::<Ratio>()) / whole(backers.len())
                });
                // No load at all comes after every load.
                let later = |one: &Option<Ratio>, other: &Option<Ratio>| match (one, other) {
                    (Some(one), Some(other)) => one > other,
                    (None, Some(_)) => true,
                    (_, None) => false,
                };
                match &mut least {
                    Some((best, tied)) if *best == load => tied.push(id),
                    Some((best, _)) if later(&load, best) => {}
                    _ => least = Some((load, vec![id])),
                }
            }
            let Some((load, tied)) = least else { return chosen };
            let left = &self.budget - self.spent(&chosen);
            if tied.iter().any(|id| self.costs[*id] > left) {
                return chosen;
            }
            let id = tied[0];
            for (voter, own) in loads.iter_mut().enumerate() {
                if self.voters[voter].contains_key(id) {
                    *own = load.clone().unwrap();
                }
            }
            chosen.push(id.clone());
        }
    }
}

/// Ids in the order of being chosen.
pub fn count(election: &Election, rule: Rule, utility: Utility) -> Vec<String> {
    // Phragmén's rule has no use for a utility.
    let utility = if rule == Rule::Phragmen { Utility::Cardinality } else { utility };
    let plain = Plain::of(election, utility);
    let backs =
        |voter: &BTreeMap<String, Ratio>, id: &String| voter.get(id).is_some_and(|worth| *worth > zero());
    let by_head = Plain::of(election, if utility == Utility::Cost { Utility::Cardinality } else { utility });
    let supporters: BTreeMap<String, usize> = plain
        .costs
        .keys()
        .map(|id| (id.clone(), by_head.voters.iter().filter(|voter| backs(voter, id)).count()))
        .collect();
    let by_cost = utility == Utility::Cost;
    match rule {
        Rule::Greedy => plain.greedy(&supporters, by_cost, Vec::new()),
        Rule::EqualShares => plain.shares(&(&plain.budget / whole(plain.voters.len().max(1)))),
        Rule::EqualSharesAddOne => plain.greedy(&supporters, by_cost, plain.adding_one()),
        Rule::Phragmen => plain.phragmen(),
    }
}
