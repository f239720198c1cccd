//! The rules against a plain implementation of the same definitions, against worked examples,
//! and against what must not matter.

use super::elections::election;
use super::naive;
use proptest::prelude::*;
use yishi_tally::budget::{Election, Outcome, Rule, Utility, VoteType, count};
use yishi_tally::ratio_text;

fn parse(text: &str) -> Election {
    Election::parse(text).unwrap()
}

fn chosen(text: &str, rule: Rule, utility: Utility) -> Vec<String> {
    count(&parse(text), rule, utility).unwrap().order
}

fn fits(vote_type: VoteType, rule: Rule, utility: Utility) -> bool {
    let approval = matches!(vote_type, VoteType::Approval | VoteType::ChooseOne);
    match (rule, utility) {
        (Rule::Phragmen, _) => approval,
        (_, Utility::Cost | Utility::Cardinality) => true,
        (_, Utility::Borda) => vote_type == VoteType::Ordinal,
        (_, Utility::Score) => vote_type.has_points(),
    }
}

fn every() -> impl Iterator<Item = (Rule, Utility)> {
    Rule::ALL.into_iter().flat_map(|rule| Utility::ALL.map(|utility| (rule, utility)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_rule_does_what_its_definition_says(written in election()) {
        let election = parse(&written.text());
        for (rule, utility) in every() {
            let outcome = count(&election, rule, utility);
            prop_assert_eq!(outcome.is_ok(), fits(election.vote_type(), rule, utility));
            if let Ok(outcome) = outcome {
                let plain = naive::count(&election, rule, utility);
                prop_assert_eq!(&outcome.order, &plain, "{} {}\n{}", rule, utility, written.text());
                holds_together(&election, &outcome);
            }
        }
    }

    #[test]
    fn the_order_of_votes_and_projects_does_not_matter(written in election(), seed in any::<u64>()) {
        let shuffled = written.shuffled(seed);
        let (one, other) = (parse(&written.text()), parse(&shuffled.text()));
        for (rule, utility) in every() {
            prop_assert_eq!(count(&one, rule, utility), count(&other, rule, utility));
        }
    }

    #[test]
    fn every_ballot_twice_changes_nothing(written in election()) {
        let (one, other) = (parse(&written.text()), parse(&written.doubled().text()));
        for (rule, utility) in every().filter(|(rule, _)| *rule != Rule::EqualSharesAddOne) {
            let order = |election| count(election, rule, utility).map(|outcome| outcome.order);
            prop_assert_eq!(order(&one), order(&other));
        }
    }
}

/// What is true of every outcome.
fn holds_together(election: &Election, outcome: &Outcome) {
    let mut sorted = outcome.order.clone();
    sorted.sort();
    assert_eq!(sorted, outcome.selected);
    sorted.dedup();
    assert_eq!(sorted.len(), outcome.order.len());
    let project = |id: &String| election.projects().iter().find(|project| project.id == *id).unwrap();
    assert_eq!(outcome.cost, outcome.order.iter().map(|id| &project(id).cost).sum());
    assert!(outcome.cost <= *election.budget());
    assert_eq!(outcome.explain.len(), outcome.order.len() + 2);
    for (id, sentence) in outcome.order.iter().zip(&outcome.explain[1..]) {
        assert!(sentence.zh.contains(id.as_str()) && sentence.en.contains(id.as_str()));
    }
}

const XINGLIN: &str = include_str!("../fixtures/pb/xinglin.pb");

#[test]
fn greedy_takes_most_supporters_first_and_skips_what_does_not_fit() {
    // Free first; 1 has five supporters; 2 and 5 have four, but 5 never fits; 3 no more.
    assert_eq!(chosen(XINGLIN, Rule::Greedy, Utility::Cost), ["4", "1", "2"]);
    // Supporters per yuan: 5/1800 = 0.00278, 4/1500 = 0.00267, 3/1200.5 = 0.0025, 4/6000.
    assert_eq!(chosen(XINGLIN, Rule::Greedy, Utility::Cardinality), ["4", "1", "2"]);
}

#[test]
fn equal_shares_let_every_voter_pay_for_what_they_want() {
    // Each has 500. Five pay 360 each for 1. Project 2 costs 1500 and its four supporters have
    // 140 + 140 + 140 + 500; project 3 costs 1200.50 and its three have 500 each.
    assert_eq!(chosen(XINGLIN, Rule::EqualShares, Utility::Cost), ["1", "3"]);
    // Counting projects, a free one gives utility for nothing; counting money it gives none.
    assert_eq!(chosen(XINGLIN, Rule::EqualShares, Utility::Cardinality), ["4", "1", "3"]);
    let outcome = count(&parse(XINGLIN), Rule::EqualShares, Utility::Cost).unwrap();
    assert_eq!(ratio_text(&outcome.cost), "3000.5");
    assert_eq!(outcome.explain[1].zh, "项目 1「健身角」：5 人支持，费用 1800 元；每人付 360 元。");
    assert_eq!(
        outcome.explain[2].en,
        "Project 3 “楼道灯”: 3 supporters, costs 1200.5 yuan; each pays about 400.17 yuan."
    );
}

#[test]
fn adding_one_goes_on_to_the_last_outcome_within_the_budget() {
    // 999.50 are left and nothing but 4 fits: the first outcome already leaves nothing wanted.
    assert_eq!(chosen(XINGLIN, Rule::EqualSharesAddOne, Utility::Cost), ["1", "3", "4"]);
}

#[test]
fn phragmen_buys_when_the_money_is_there() {
    // 4 is free. 1 at 1800/5 = 360. Then 2 at (1500 + 3*360)/4 = 645 against 3 at 1200.5/3 = 400.17:
    // 3, and 2 does not fit any more.
    assert_eq!(chosen(XINGLIN, Rule::Phragmen, Utility::Cost), ["4", "1", "3"]);
    let outcome = count(&parse(XINGLIN), Rule::Phragmen, Utility::Score).unwrap();
    assert!(outcome.explain.last().unwrap().zh.contains("接下来是项目 2「晾衣架; 加固」"));
}

#[test]
fn rankings_and_points_are_utilities_too() {
    let ranking = include_str!("../fixtures/pb/ranking.pb");
    // Ranking points: A 2+1+0, B 1+2, C 0+1, D 0+0. Per yuan: A and B 0.03, C 1/150, D none.
    assert_eq!(chosen(ranking, Rule::Greedy, Utility::Borda), ["A", "B", "D"]);
    // Each has 75. A at 100/3 a point: voter 1 pays 66.67 and voter 2 33.33. B at 100: 8.33 and
    // 41.67 are all there is. C has voter 3 alone.
    assert_eq!(chosen(ranking, Rule::EqualShares, Utility::Borda), ["A"]);
    let points = include_str!("../fixtures/pb/points.pb");
    // x 12.5/60, y 3/40, z 14.5/30.
    assert_eq!(chosen(points, Rule::Greedy, Utility::Score), ["z", "x"]);
    // Each has 33.33. z at 30/14.5 a point: 9.31 and 20.69. x wants 60 of 33.33 + 24.02.
    assert_eq!(chosen(points, Rule::EqualShares, Utility::Score), ["z"]);
}

#[test]
fn points_of_zero_are_no_support() {
    // Two give y points, the third gives it none: where supporters are counted, y has one.
    let points = include_str!("../fixtures/pb/points.pb");
    let outcome = count(&parse(points), Rule::Greedy, Utility::Cardinality).unwrap();
    let told = outcome.explain.iter().find(|sentence| sentence.en.starts_with("Project y"));
    assert!(told.is_none_or(|sentence| sentence.en.contains("1 supporter,")));
    assert_eq!(outcome.order, ["z", "x"]);
}

#[test]
fn ties_go_to_the_smallest_id_as_text() {
    let text = "META\nkey;value\nnum_projects;3\nnum_votes;1\nbudget;2\nvote_type;approval\n\
                PROJECTS\nproject_id;cost\n9;1\n2;1\n10;1\nVOTES\nvoter_id;vote\na;2,9,10\n";
    for rule in Rule::ALL {
        let outcome = count(&parse(text), rule, Utility::Cost).unwrap();
        assert_eq!(outcome.order, ["10", "2"], "{rule}");
        assert!(outcome.explain[1].zh.contains("与 2、9 相同，取编号最小的"), "{rule}");
    }
}

#[test]
fn a_utility_that_ballots_do_not_give_is_refused() {
    let election = parse(XINGLIN);
    for utility in [Utility::Borda, Utility::Score] {
        let refused = count(&election, Rule::Greedy, utility).unwrap_err();
        assert!(refused.0.en.contains(utility.word()));
    }
    let ranking = parse(include_str!("../fixtures/pb/ranking.pb"));
    assert!(count(&ranking, Rule::Phragmen, Utility::Cost).is_err());
    assert!(count(&ranking, Rule::EqualShares, Utility::Score).is_err());
}

#[test]
fn without_votes_equal_shares_choose_nothing_and_the_others_fill_the_budget() {
    let text = "META\nkey;value\nnum_projects;2\nnum_votes;0\nbudget;5\nvote_type;approval\n\
                PROJECTS\nproject_id;cost\na;3\nb;3\nVOTES\nvoter_id;vote\n";
    assert_eq!(chosen(text, Rule::Greedy, Utility::Cost), ["a"]);
    assert!(chosen(text, Rule::EqualShares, Utility::Cost).is_empty());
    assert_eq!(chosen(text, Rule::EqualSharesAddOne, Utility::Cost), ["a"]);
    assert_eq!(chosen(text, Rule::Phragmen, Utility::Cost), ["a"]);
}

#[test]
fn adding_one_a_billion_times_takes_no_time() {
    // Either voter must grow to their own project's price, half a trillion steps away.
    let text = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;1000000000000\nvote_type;approval\n\
                PROJECTS\nproject_id;cost\na;999999999999\nb;999999999998\nVOTES\nvoter_id;vote\n1;a\n2;b\n";
    assert_eq!(chosen(text, Rule::EqualSharesAddOne, Utility::Cost), ["b"]);
}

#[test]
fn an_outcome_is_the_json_that_the_command_prints() {
    let outcome = count(&parse(XINGLIN), Rule::EqualSharesAddOne, Utility::Cost).unwrap();
    let json = serde_json::to_value(&outcome).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 6, "{keys:?}");
    assert_eq!(json["rule"], "mes-add1");
    assert_eq!(json["utility"], "cost");
    assert_eq!(json["cost"], "3000.5");
    assert_eq!(json["selected"], serde_json::json!(["1", "3", "4"]));
    assert!(json["explain"][0]["zh"].is_string() && json["explain"][0]["en"].is_string());
}

#[test]
fn words_name_rules_and_utilities() {
    for (rule, utility) in every() {
        assert_eq!(rule.word().parse::<Rule>().unwrap(), rule);
        assert_eq!(utility.to_string().parse::<Utility>().unwrap(), utility);
    }
    assert!("MES".parse::<Rule>().is_err());
}
