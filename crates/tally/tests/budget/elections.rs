//! Small elections of every kind: few different costs and small numbers, so that ties, free
//! projects, projects nobody can afford and voters who want nothing all occur.

use proptest::prelude::*;

/// An election before it is a file.
#[derive(Clone, Debug)]
pub struct Written {
    vote_type: &'static str,
    budget: &'static str,
    projects: Vec<(String, &'static str)>,
    ballots: Vec<Vec<(usize, &'static str)>>,
}

impl Written {
    /// As a file.
    pub fn text(&self) -> String {
        let points = matches!(self.vote_type, "cumulative" | "scoring");
        let mut text = format!(
            "META\nkey;value\nnum_projects;{}\nnum_votes;{}\nbudget;{}\nvote_type;{}\nPROJECTS\nproject_id;cost\n",
            self.projects.len(),
            self.ballots.len(),
            self.budget,
            self.vote_type
        );
        for (id, cost) in &self.projects {
            text += &format!("{id};{cost}\n");
        }
        text += if points { "VOTES\nvoter_id;vote;points\n" } else { "VOTES\nvoter_id;vote\n" };
        for (voter, ballot) in self.ballots.iter().enumerate() {
            let named: Vec<&str> =
                ballot.iter().map(|(project, _)| self.projects[*project].0.as_str()).collect();
            let given: Vec<&str> = ballot.iter().map(|(_, points)| *points).collect();
            text += &format!("{voter};{}", named.join(","));
            text += &if points { format!(";{}\n", given.join(",")) } else { "\n".to_owned() };
        }
        text
    }

    /// Votes and projects in another order.
    pub fn shuffled(&self, seed: u64) -> Self {
        let mut other = self.clone();
        let places = mixed(self.projects.len(), seed);
        other.projects = places.iter().map(|&place| self.projects[place].clone()).collect();
        let new_place = |old: usize| places.iter().position(|&place| place == old).unwrap();
        other.ballots = mixed(self.ballots.len(), !seed)
            .into_iter()
            .map(|ballot| {
                self.ballots[ballot].iter().map(|(old, points)| (new_place(*old), *points)).collect()
            })
            .collect();
        other
    }

    /// Every voter twice.
    pub fn doubled(&self) -> Self {
        let mut other = self.clone();
        other.ballots.extend(self.ballots.iter().cloned());
        other
    }
}

/// The numbers below `count` in an order that the seed decides.
fn mixed(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let weight = |place: usize| (place as u64 + 1).wrapping_mul(seed | 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    order.sort_by_key(|&place| weight(place) >> 32);
    order
}

/// Any of them.
pub fn election() -> impl Strategy<Value = Written> {
    let vote_type = prop::sample::select(vec!["approval", "choose-1", "ordinal", "cumulative", "scoring"]);
    let cost =
        prop::sample::select(vec!["0", "1", "2", "2", "3", "4", "5.5", "6", "7.25", "10", "1/3", "40"]);
    let budget = prop::sample::select(vec!["0", "3", "5", "8", "12.5", "20"]);
    (vote_type, budget, prop::collection::vec(cost, 1..7)).prop_flat_map(|(vote_type, budget, costs)| {
        let count = costs.len();
        let points = prop::sample::select(vec!["0", "1", "2", "3", "1.5", "-1"]);
        let ballot = (
            Just((0..count).collect::<Vec<usize>>()).prop_shuffle(),
            0..=count,
            prop::collection::vec(points, count),
        )
            .prop_map(move |(order, length, points)| {
                let length = if vote_type == "choose-1" { length.min(1) } else { length };
                order.into_iter().zip(points).take(length).collect::<Vec<_>>()
            });
        prop::collection::vec(ballot, 0..9).prop_map(move |ballots| Written {
            vote_type,
            budget,
            // 3, 10, 17, …: as text not in the order of numbers.
            projects: costs.iter().enumerate().map(|(at, cost)| ((7 * at + 3).to_string(), *cost)).collect(),
            ballots,
        })
    })
}
