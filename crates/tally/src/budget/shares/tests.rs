//! Enclosures against exact fractions: where the former say anything, they say the same.

use super::*;
use crate::budget::{Election, Utility};
use proptest::prelude::*;

fn ids(orders: Vec<Bought>) -> Vec<(usize, Vec<usize>, u64)> {
    orders.into_iter().map(|one| (one.candidate, one.tied, one.in_full)).collect()
}

/// An approval or scoring election out of small numbers.
fn text(costs: &[u32], budget: u32, ballots: &[Vec<u32>], points: bool) -> String {
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
        points in any::<bool>(),
        length in 0_u64..6,
    ) {
        let election = Election::parse(&text(&costs, budget, &ballots, points)).unwrap();
        let utility = if points { Utility::Score } else { Utility::Cost };
        let profile = Profile::new(&election, utility).unwrap();
        let market = Market::new(&profile).unwrap();
        let mut swift = Swift::new(&market).unwrap();
        let exact = exact::run(&market, &market.grant);
        if let Some(deals) = swift.run(&market.grant, &market.grant) {
            let deals: Vec<Bought> = deals.into_iter().map(|deal| deal.into_bought(&market.unit)).collect();
            for (one, other) in deals.iter().zip(&exact) {
                prop_assert!((&one.share - &other.share).abs() < Ratio::new(1.into(), 1_000_000.into()));
            }
            prop_assert_eq!(ids(deals), ids(exact));
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
