//! Every rule against its definition, counted voter by voter on small random elections, and
//! against what must hold for any ballots.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use yishi_tally::Ratio;
use yishi_tally::ranked::{Ballot, Outcome, Profile, Rule, count};

/// Equal ballots: how many, and groups of candidates from 1.
type Lines = Vec<(u64, Vec<Vec<usize>>)>;

#[derive(Clone, Debug)]
struct Case {
    candidates: usize,
    lines: Lines,
}

impl Case {
    fn profile(&self) -> Profile {
        let ballots = self.lines.iter().map(|(count, groups)| Ballot::new(*count, groups)).collect();
        Profile::new(vec![String::new(); self.candidates], None, ballots).unwrap()
    }

    fn count(&self, rule: Rule, seats: usize) -> Outcome {
        count(&self.profile(), rule, Some(seats)).unwrap()
    }

    /// Each voter by itself: the rank of each candidate, from 0; those left out after all others.
    fn voters(&self) -> Vec<Vec<usize>> {
        let mut voters = Vec::new();
        for (count, groups) in &self.lines {
            let rank = |candidate: usize| {
                groups.iter().position(|group| group.contains(&(candidate + 1))).unwrap_or(usize::MAX)
            };
            let ranks: Vec<usize> = (0..self.candidates).map(rank).collect();
            voters.extend((0..*count).map(|_| ranks.clone()));
        }
        voters
    }

    fn margin(&self, a: usize, b: usize) -> i64 {
        let for_one = |ranks: &Vec<usize>| match ranks[a].cmp(&ranks[b]) {
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => -1,
        };
        self.voters().iter().map(for_one).sum()
    }

    fn others(&self, a: usize) -> impl Iterator<Item = usize> {
        (0..self.candidates).filter(move |&b| b != a)
    }
}

/// Ballots with groups of at most `most` candidates.
fn cases(most: usize) -> impl Strategy<Value = Case> {
    (1_usize..=5).prop_flat_map(move |candidates| {
        let order = Just((1..=candidates).collect::<Vec<_>>()).prop_shuffle();
        let line = (1_u64..=4, order, 1..=candidates, proptest::collection::vec(1..=most, candidates))
            .prop_map(|(count, order, ranked, sizes)| {
                let (mut groups, mut rest) = (Vec::new(), &order[..ranked]);
                for size in sizes {
                    let (group, left) = rest.split_at(size.min(rest.len()));
                    groups.extend(Some(group.to_vec()).filter(|group| !group.is_empty()));
                    rest = left;
                }
                (count, groups)
            });
        proptest::collection::vec(line, 1..=8).prop_map(move |lines| Case { candidates, lines })
    })
}

/// Candidates from 1 with the highest score.
fn best<S: Ord>(scores: &[S]) -> Vec<usize> {
    let most = scores.iter().max().unwrap();
    scores.iter().zip(1..).filter(|&(score, _)| score == most).map(|(_, number)| number).collect()
}

/// The strongest path by trying all of them.
fn strongest(case: &Case, from: usize, to: usize, visited: &mut Vec<usize>) -> i64 {
    let mut strength = case.margin(from, to).max(0);
    visited.push(from);
    for through in 0..case.candidates {
        if through != to && !visited.contains(&through) {
            let first = case.margin(from, through).max(0);
            strength = strength.max(first.min(strongest(case, through, to, visited)));
        }
    }
    visited.pop();
    strength
}

/// The transferable vote with a paper for each voter and fractions, from the text of the order.
fn transferable(case: &Case, seats: usize) -> Vec<usize> {
    struct Paper {
        order: Vec<usize>,
        value: Ratio,
        with: Option<usize>,
    }
    let whole = |number: u64| Ratio::from_integer(number.into());
    let mut papers: Vec<Paper> = Vec::new();
    for (count, groups) in &case.lines {
        let order: Vec<usize> = groups.iter().map(|group| group[0] - 1).collect();
        papers.extend((0..*count).map(|_| Paper {
            order: order.clone(),
            value: whole(1),
            with: Some(order[0]),
        }));
    }
    let quota = whole(papers.len() as u64 / (seats as u64 + 1) + 1);
    let mut continuing: Vec<usize> = (0..case.candidates).collect();
    let (mut elected, mut done): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut stages: Vec<Vec<Ratio>> = Vec::new();
    loop {
        let mut votes = vec![whole(0); case.candidates];
        for paper in &papers {
            if let Some(with) = paper.with {
                votes[with] += &paper.value;
            }
        }
        for &candidate in &done {
            votes[candidate] = quota.clone();
        }
        stages.push(votes.clone());
        let full = continuing.len() == seats - elected.len();
        let (reached, left): (Vec<_>, Vec<_>) = continuing.iter().partition(|&&c| full || votes[c] >= quota);
        elected.extend(reached);
        continuing = left;
        if elected.len() == seats {
            break;
        }
        if continuing.len() == seats - elected.len() {
            elected.extend(&continuing);
            break;
        }
        // Compared by the votes now, then stage by stage backwards, then by number.
        let earlier = |c: usize| stages.iter().rev().map(|votes| votes[c].clone()).collect::<Vec<_>>();
        let surplus = elected.iter().copied().filter(|c| !done.contains(c) && votes[*c] > quota);
        let (from, factor) = match surplus.max_by_key(|&c| (earlier(c), std::cmp::Reverse(c))) {
            Some(from) => {
                done.push(from);
                (from, Some((&votes[from] - &quota, votes[from].clone())))
            }
            None => {
                let out =
                    continuing.iter().copied().min_by_key(|&c| (earlier(c), std::cmp::Reverse(c))).unwrap();
                continuing.retain(|&c| c != out);
                (out, None)
            }
        };
        for paper in papers.iter_mut().filter(|paper| paper.with == Some(from)) {
            if let Some((surplus, total)) = &factor {
                let shift = whole(100_000);
                paper.value = (&paper.value * surplus / total * &shift).floor() / shift;
            }
            let at = paper.order.iter().position(|&c| c == from).unwrap();
            paper.with = paper.order[at + 1..].iter().copied().find(|c| continuing.contains(c));
        }
    }
    let mut winners: Vec<usize> = elected.into_iter().map(|c| c + 1).collect();
    winners.sort_unstable();
    winners
}

/// The runoff to its very end: the last who is left wins.
fn last_left(case: &Case) -> usize {
    let mut left: Vec<usize> = (0..case.candidates).collect();
    let mut rounds: Vec<Vec<u64>> = Vec::new();
    while left.len() > 1 {
        let mut votes = vec![0; case.candidates];
        for (count, groups) in &case.lines {
            if let Some(with) = groups.iter().map(|group| group[0] - 1).find(|c| left.contains(c)) {
                votes[with] += count;
            }
        }
        rounds.push(votes);
        let earlier = |c: usize| rounds.iter().rev().map(|votes| votes[c]).collect::<Vec<_>>();
        let out = left.iter().copied().min_by_key(|&c| (earlier(c), std::cmp::Reverse(c))).unwrap();
        left.retain(|&c| c != out);
    }
    left[0] + 1
}

/// The winner raised by one place on one ballot, where it is not first or tied.
fn raised(case: &Case, winner: usize) -> Vec<Case> {
    (0..case.lines.len())
        .filter_map(|at| {
            let groups = &case.lines[at].1;
            let place = groups.iter().position(|group| *group == [winner])?;
            let above = place.checked_sub(1)?;
            let mut more = case.clone();
            more.lines[at].1.swap(above, place);
            Some(more)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn scores_are_as_defined(case in cases(3)) {
        let voters = case.voters();
        let approvals: Vec<usize> = (0..case.candidates)
            .map(|a| voters.iter().filter(|ranks| ranks[a] != usize::MAX).count()).collect();
        prop_assert_eq!(case.count(Rule::Approval, 1).winners, best(&approvals));

        let halves: Vec<usize> = (0..case.candidates).map(|a| {
            let points = |ranks: &Vec<usize>| -> usize {
                case.others(a).map(|b| match ranks[a].cmp(&ranks[b]) {
                    std::cmp::Ordering::Less => 2,
                    std::cmp::Ordering::Equal => 1,
                    std::cmp::Ordering::Greater => 0,
                }).sum()
            };
            voters.iter().map(points).sum()
        }).collect();
        let borda = case.count(Rule::Borda, 1);
        prop_assert_eq!(&borda.winners, &best(&halves));
        for (number, shown) in &borda.rounds[0].votes {
            let halves = halves[number - 1];
            let text = format!("{}{}", halves / 2, if halves % 2 == 1 { ".5" } else { "" });
            prop_assert_eq!(shown, &text);
        }
    }

    #[test]
    fn duels_are_as_defined(case in cases(3)) {
        let scores: Vec<i64> = (0..case.candidates)
            .map(|a| case.others(a).map(|b| case.margin(a, b).signum()).sum()).collect();
        prop_assert_eq!(case.count(Rule::Copeland, 1).winners, best(&scores));

        let path = |a, b| strongest(&case, a, b, &mut Vec::new());
        let unbeaten: Vec<usize> = (0..case.candidates)
            .filter(|&a| case.others(a).all(|b| path(a, b) >= path(b, a))).map(|a| a + 1).collect();
        let schulze = case.count(Rule::Schulze, 1);
        prop_assert_eq!(&schulze.winners, &unbeaten);
        // Whoever beats another is ranked above.
        let place = |a: usize| schulze.ranking.iter().position(|group| group.contains(&(a + 1))).unwrap();
        for a in 0..case.candidates {
            for b in case.others(a) {
                prop_assert!(path(a, b) <= path(b, a) || place(a) < place(b));
            }
        }
    }

    #[test]
    fn papers_move_as_defined(case in cases(1), seats in 1_usize..=5) {
        let seats = seats.min(case.candidates);
        prop_assert_eq!(case.count(Rule::Stv, seats).winners, transferable(&case, seats));
        prop_assert_eq!(case.count(Rule::Irv, 1).winners, [last_left(&case)]);
    }

    #[test]
    fn one_seat_of_the_transferable_vote_is_the_runoff(case in cases(1)) {
        prop_assert_eq!(case.count(Rule::Stv, 1).winners, case.count(Rule::Irv, 1).winners);
    }

    #[test]
    fn neither_order_nor_merging_of_ballots_matters(
        (one, other) in cases(1).prop_flat_map(|case| {
            let singles: Lines =
                case.lines.iter().flat_map(|(count, groups)| (0..*count).map(move |_| (1, groups.clone()))).collect();
            let candidates = case.candidates;
            (Just(case), Just(singles).prop_shuffle().prop_map(move |lines| Case { candidates, lines }))
        }),
        seats in 1_usize..=5,
    ) {
        for rule in Rule::ALL {
            let seats = if rule == Rule::Irv { 1 } else { seats.min(one.candidates) };
            prop_assert_eq!(one.count(rule, seats), other.count(rule, seats));
        }
    }

    #[test]
    fn whoever_beats_everybody_wins(case in cases(3)) {
        let winner = (0..case.candidates).find(|&a| case.others(a).all(|b| case.margin(a, b) > 0));
        if let Some(winner) = winner {
            for rule in [Rule::Copeland, Rule::Schulze] {
                prop_assert_eq!(case.count(rule, 1).winners, [winner + 1]);
            }
        }
    }

    #[test]
    fn whom_more_than_half_put_first_wins(case in cases(1)) {
        let all: u64 = case.lines.iter().map(|(count, _)| count).sum();
        for winner in 1..=case.candidates {
            let first: u64 = case.lines.iter().filter(|(_, groups)| groups[0] == [winner]).map(|(count, _)| count).sum();
            if 2 * first > all {
                for rule in [Rule::Copeland, Rule::Schulze, Rule::Irv, Rule::Stv] {
                    prop_assert_eq!(case.count(rule, 1).winners, [winner]);
                }
            }
        }
    }

    #[test]
    fn more_support_never_unseats(case in cases(2)) {
        for rule in [Rule::Approval, Rule::Borda, Rule::Copeland, Rule::Schulze] {
            for winner in case.count(rule, 1).winners {
                for more in raised(&case, winner) {
                    prop_assert!(more.count(rule, 1).winners.contains(&winner), "{rule:?} {winner}");
                }
            }
        }
    }

    #[test]
    fn naming_those_left_out_last_changes_nothing(case in cases(2)) {
        let mut whole = case.clone();
        for (_, groups) in &mut whole.lines {
            let rest: Vec<usize> =
                (1..=case.candidates).filter(|number| !groups.iter().any(|group| group.contains(number))).collect();
            groups.extend(Some(rest).filter(|rest| !rest.is_empty()));
        }
        for rule in [Rule::Borda, Rule::Copeland, Rule::Schulze] {
            prop_assert_eq!(case.count(rule, 1), whole.count(rule, 1));
        }
    }

    #[test]
    fn results_are_whole(case in cases(1), seats in 1_usize..=5) {
        for rule in Rule::ALL {
            let seats = if rule == Rule::Irv { 1 } else { seats.min(case.candidates) };
            let outcome = case.count(rule, seats);
            let mut ranked = outcome.ranking.concat();
            ranked.sort_unstable();
            prop_assert_eq!(ranked, (1..=case.candidates).collect::<Vec<_>>());
            // The winners are the first of the ranking.
            let first: Vec<usize> = outcome.ranking.concat()[..outcome.winners.len()].to_vec();
            prop_assert!(first.iter().all(|number| outcome.winners.contains(number)));
            let open = outcome.rounds[0].tie.is_some() && !matches!(rule, Rule::Irv | Rule::Stv);
            prop_assert_eq!(outcome.winners.len() > seats, open);
            prop_assert!(outcome.winners.len() >= seats);
        }
    }
}
