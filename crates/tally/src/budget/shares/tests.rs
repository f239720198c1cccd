//! Enclosures against exact fractions: where the former say anything, they say the same.

use super::*;
use crate::budget::{Election, Utility, VoteType};
use proptest::prelude::*;

/// An approval or scoring election out of small numbers.
fn text(costs: &[u32], budget: u32, ballots: &[Vec<u32>], votes: VoteType) -> String {
    let points = votes.has_points();
    let mut text = format!(
        "META\nkey;value\nnum_projects;{}\nnum_votes;{}\nbudget;{budget}\nvote_type;{}\nPROJECTS\nproject_id;cost\n",
        costs.len(),
        ballots.len(),
        if points { "scoring" } else { "approval" }
    );
    for (id, cost) in costs.iter().enumerate() {
        text += &format!("{id};{cost}\n");
    }
    text += if points { "VOTES\nvoter_id;vote;points\n" } else { "VOTES\nvoter_id;vote\n" };
    for (voter, ballot) in ballots.iter().enumerate() {
        let named = || ballot.iter().take(costs.len()).enumerate().filter(|(_, points)| **points > 0);
        let ids: Vec<String> = named().map(|(id, _)| id.to_string()).collect();
        text += &format!("{voter};{}", ids.join(","));
        let given: Vec<String> = named().map(|(_, points)| points.to_string()).collect();
        text += &if points { format!(";{}\n", given.join(",")) } else { "\n".to_owned() };
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn enclosures_say_what_is_so_or_nothing(
        costs in prop::collection::vec(1_u32..40, 1..8),
        budget in 1_u32..100,
        ballots in prop::collection::vec(prop::collection::vec(0_u32..4, 8), 1..10),
        votes in prop::sample::select(vec![VoteType::Approval, VoteType::Scoring]),
        length in 0_u64..6,
    ) {
        let election = Election::parse(&text(&costs, budget, &ballots, votes)).unwrap();
        let utility = if votes.has_points() { Utility::Score } else { Utility::Cost };
        let profile = Profile::new(&election, utility).unwrap();
        let market = Market::new(&profile).unwrap();
        let mut swift = Swift::new(&market).unwrap();
        let exact = exact::run(&market, &market.grant);
        if let Some(deals) = swift.run(&market.grant, &market.grant) {
            let clear = deals.iter().all(Deal::is_clear);
            let deals: Vec<Bought> = deals.into_iter().map(|deal| deal.into_bought(&market.unit)).collect();
            for (one, other) in deals.iter().zip(&exact) {
                prop_assert!((&one.share - &other.share).abs() < Ratio::new(1.into(), 1_000_000.into()));
            }
            for (one, other) in deals.iter().zip(&exact) {
                prop_assert_eq!((one.candidate, &one.tied), (other.candidate, &other.tied));
                prop_assert!(!clear || one.in_full == other.in_full);
            }
            prop_assert_eq!(deals.len(), exact.len());
        }
        let last = &market.grant + &market.unit * length;
        if let Some(deals) = swift.run(&market.grant, &last) {
            let order: Vec<usize> = deals.into_iter().map(|deal| deal.candidate).collect();
            for step in 0..=length {
                let one = exact::run(&market, &(&market.grant + &market.unit * step));
                let one: Vec<usize> = one.into_iter().map(|bought| bought.candidate).collect();
                prop_assert_eq!(&one, &order);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn straight_lines_hold_as_far_as_they_say(
        costs in prop::collection::vec(1_u32..200, 1..8),
        budget in 1_u32..600,
        ballots in prop::collection::vec(prop::collection::vec(0_u32..4, 8), 1..10),
        votes in prop::sample::select(vec![VoteType::Approval, VoteType::Scoring]),
    ) {
        let election = Election::parse(&text(&costs, budget, &ballots, votes)).unwrap();
        let utility = if votes.has_points() { Utility::Score } else { Utility::Cost };
        let profile = Profile::new(&election, utility).unwrap();
        let market = Market::new(&profile).unwrap();
        let Some(lines::Stretch { order, steps }) = lines::run(&market, &market.grant) else { return Ok(()) };
        let mut step = BigInt::zero();
        while step <= steps && step < BigInt::from(60) {
            let one = exact::run(&market, &(&market.grant + &market.unit * &step));
            let one: Vec<usize> = one.into_iter().map(|bought| bought.candidate).collect();
            prop_assert_eq!(&one, &order, "after {} of {}", step, steps);
            step += 1;
        }
    }
}

#[test]
fn a_tie_that_stays_a_tie_is_passed_in_no_time() {
    // Once C and D are bought, A and B cost their backers the same with every grant, and one of
    // each two pays all they have left; E waits for fifty million steps more.
    let text = "META\nkey;value\nnum_projects;5\nnum_votes;9\nbudget;4500000000\nvote_type;approval\n\
                PROJECTS\nproject_id;cost\nA;700000000\nB;700000000\nC;400000000\nD;400000000\nE;2000000000\n\
                VOTES\nvoter_id;vote\n1;A,C\n2;A\n3;B,D\n4;B\n5;C\n6;D\n7;E\n8;\n9;\n";
    let profile = Profile::new(&Election::parse(text).unwrap(), Utility::Cost).unwrap();
    let Choices { steps, end } = choose_adding_one(&profile);
    let mut chosen: Vec<usize> = steps.iter().map(|step| step.candidate).collect();
    chosen.sort_unstable();
    assert_eq!(chosen, [0, 1, 2, 3, 4]);
    let End::Grown { share, broke } = end else { panic!("{end:?}") };
    assert_eq!((share, broke), (Ratio::from(BigInt::from(2_000_000_000)), false));
}

#[test]
fn numbers_beyond_words_are_left_to_exact_fractions() {
    let huge = "9".repeat(39);
    let text = format!(
        "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;{huge}\nvote_type;approval\n\
         PROJECTS\nproject_id;cost\na;{huge}\nb;1/3\nVOTES\nvoter_id;vote\n1;a,b\n2;a\n"
    );
    let profile = Profile::new(&Election::parse(&text).unwrap(), Utility::Cardinality).unwrap();
    let market = Market::new(&profile).unwrap();
    let mut swift = Swift::new(&market);
    assert!(swift.as_mut().is_none_or(|swift| swift.run(&market.grant, &market.grant).is_none()));
    let order: Vec<usize> = market.run(&mut swift, &market.grant).iter().map(|one| one.candidate).collect();
    assert_eq!(order, [1]);
}
