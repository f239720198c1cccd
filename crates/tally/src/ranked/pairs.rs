//! Copeland and Schulze: every candidate meets every other, and the duels are put together.

use super::outcome::{by_score, text};
use super::profile::Seen;
use super::{Outcome, Profile, Rule, Unfit};
use crate::Sentence;

/// More would take gigabytes and minutes.
const MOST_CANDIDATES: usize = 2_000;

/// A number for each ordered pair of candidates.
struct Pairs {
    candidates: usize,
    cells: Vec<u64>,
}

impl Pairs {
    fn new(candidates: usize) -> Self {
        Self { candidates, cells: vec![0; candidates * candidates] }
    }

    fn get(&self, a: usize, b: usize) -> u64 {
        self.cells.get(a * self.candidates + b).copied().unwrap_or(0)
    }

    fn row_mut(&mut self, a: usize) -> &mut [u64] {
        let start = a * self.candidates;
        self.cells.get_mut(start..start + self.candidates).unwrap_or_default()
    }

    fn row(&self, a: usize) -> &[u64] {
        let start = a * self.candidates;
        self.cells.get(start..start + self.candidates).unwrap_or_default()
    }

    fn others(&self, a: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.candidates).filter(move |&b| b != a)
    }
}

/// How many voters rank one above the other.
fn preferences(profile: &Profile) -> Result<Pairs, Unfit> {
    let candidates = profile.candidates();
    if candidates > MOST_CANDIDATES {
        return Err(Unfit::TooMany { candidates, most: MOST_CANDIDATES });
    }
    let mut pairs = Pairs::new(candidates);
    let mut seen = Seen::new(candidates);
    for ballot in profile.ballots() {
        seen.next_ballot();
        for &candidate in ballot.order() {
            seen.before(candidate);
        }
        let left_out: Vec<usize> = (0..candidates).filter(|&candidate| !seen.has(candidate)).collect();
        for (group, below) in ballot.groups() {
            for &winner in group {
                let row = pairs.row_mut(winner);
                for &loser in below.iter().chain(&left_out) {
                    if let Some(cell) = row.get_mut(loser) {
                        // At most the number of voters, which fits.
                        *cell += ballot.count();
                    }
                }
            }
        }
    }
    Ok(pairs)
}

/// A sentence where somebody beats everybody else.
fn undefeated(profile: &Profile, duels: &Pairs) -> Option<Sentence> {
    let winner = (0..duels.candidates)
        .find(|&a| duels.others(a).all(|b| duels.get(a, b) > duels.get(b, a)))
        .map(|winner| profile.label(winner))?;
    Some(Sentence::new(
        format!("{}在两两对决中胜过其他每一位。", winner.zh),
        format!("{} wins the duel against every other.", winner.en),
    ))
}

/// A point for a duel won, half a point for one drawn.
pub(super) fn copeland(profile: &Profile, seats: usize) -> Result<Outcome, Unfit> {
    let duels = preferences(profile)?;
    let mut scores = Vec::with_capacity(duels.candidates);
    for a in 0..duels.candidates {
        let (mut won, mut drawn) = (0_u64, 0_u64);
        for b in duels.others(a) {
            match duels.get(a, b).cmp(&duels.get(b, a)) {
                std::cmp::Ordering::Greater => won += 1,
                std::cmp::Ordering::Equal => drawn += 1,
                std::cmp::Ordering::Less => {}
            }
        }
        scores.push((won, drawn));
    }
    let halves = |candidate: usize| scores.get(candidate).map_or(0, |(won, drawn)| 2 * won + drawn);
    let ranking = by_score((0..duels.candidates).collect(), halves);
    let shown: Vec<String> = (0..duels.candidates).map(|a| text(halves(a).into(), 2)).collect();
    let mut explain: Vec<Sentence> = undefeated(profile, &duels).into_iter().collect();
    explain.extend(ranking.iter().flatten().filter_map(|&candidate| {
        let ((won, drawn), score) = (scores.get(candidate)?, shown.get(candidate)?);
        let who = profile.label(candidate);
        Some(Sentence::new(
            format!("{}胜 {won} 场、平 {drawn} 场：{score} 分。", who.zh),
            format!("{} wins {won} duels and draws {drawn}: {score} points.", who.en),
        ))
    }));
    Ok(Outcome::of_ranking(profile, Rule::Copeland, seats, ranking, shown, explain))
}

/// Whose strongest path to the other is stronger than the way back ranks above. Groups: first
/// all whom nobody beats, then all whom nobody else left beats, and so on.
pub(super) fn schulze(profile: &Profile, seats: usize) -> Result<Outcome, Unfit> {
    let duels = preferences(profile)?;
    let paths = strongest_paths(&duels);
    let beats = |a: usize, b: usize| paths.get(a, b) > paths.get(b, a);

    let mut left: Vec<usize> = (0..duels.candidates).collect();
    let mut ranking: Vec<Vec<usize>> = Vec::new();
    while !left.is_empty() {
        // "Beats" is transitive and never both ways, so that somebody is always unbeaten.
        let (unbeaten, beaten) = left.iter().partition(|&&b| !left.iter().any(|&a| beats(a, b)));
        ranking.push(unbeaten);
        left = beaten;
    }

    let shown: Vec<String> =
        (0..duels.candidates).map(|a| duels.others(a).filter(|&b| beats(a, b)).count().to_string()).collect();
    let mut explain: Vec<Sentence> = undefeated(profile, &duels).into_iter().collect();
    for &winner in ranking.iter().take(1).flatten() {
        let who = profile.label(winner);
        for other in duels.others(winner) {
            let (there, back) = (paths.get(winner, other), paths.get(other, winner));
            let (for_winner, for_other) = (duels.get(winner, other), duels.get(other, winner));
            let against = profile.label(other);
            explain.push(Sentence::new(
                format!(
                    "{}对 {}：直接 {for_winner} 票比 {for_other} 票，最强路径 {there} 比 {back}。",
                    who.zh, against.zh
                ),
                format!(
                    "{} against {}: {for_winner} to {for_other} votes, strongest paths {there} to {back}.",
                    who.en, against.en
                ),
            ));
        }
    }
    Ok(Outcome::of_ranking(profile, Rule::Schulze, seats, ranking, shown, explain))
}

/// The strength of a path is its smallest margin; 0 where there is none.
fn strongest_paths(duels: &Pairs) -> Pairs {
    let mut paths = Pairs::new(duels.candidates);
    for a in 0..duels.candidates {
        for (b, cell) in paths.row_mut(a).iter_mut().enumerate() {
            *cell = duels.get(a, b).saturating_sub(duels.get(b, a));
        }
    }
    for through in 0..duels.candidates {
        let onward = paths.row(through).to_vec();
        for a in duels.others(through) {
            let to = paths.get(a, through);
            for (cell, &on) in paths.row_mut(a).iter_mut().zip(&onward) {
                *cell = (*cell).max(to.min(on));
            }
        }
    }
    paths
}
