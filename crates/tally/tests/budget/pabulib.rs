//! Real elections, where they are at hand, against the outcomes of a reference program: every
//! file by every rule for which there is an expectation.

use serde_json::Value;
use std::path::Path;
use yishi_tally::budget::{Election, Rule, Utility, count};

/// Names of rules in the expectations.
const RULES: [(&str, Rule, Utility); 10] = [
    ("greedy_cost", Rule::Greedy, Utility::Cost),
    ("greedy_card", Rule::Greedy, Utility::Cardinality),
    ("greedy_borda", Rule::Greedy, Utility::Borda),
    ("greedy_cardinal", Rule::Greedy, Utility::Score),
    ("mes_cost", Rule::EqualShares, Utility::Cost),
    ("mes_card", Rule::EqualShares, Utility::Cardinality),
    ("mes_borda", Rule::EqualShares, Utility::Borda),
    ("mes_cardinal", Rule::EqualShares, Utility::Score),
    ("phragmen", Rule::Phragmen, Utility::Cost),
    ("mes_cost_add1_greedy", Rule::EqualSharesAddOne, Utility::Cost),
];

#[test]
fn real_elections_give_the_expected_outcomes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/pabulib");
    let Ok(expected) = std::fs::read_to_string(folder.join("expected_pabutools_1.2.3.json")) else {
        println!("no real elections at {}: nothing checked", folder.display());
        return;
    };
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let mut checked = 0;
    for (name, of_file) in expected.as_object().unwrap() {
        let election = Election::parse(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
        assert_eq!(election.projects().len() as u64, of_file["projects"].as_u64().unwrap());
        assert_eq!(election.votes() as u64, of_file["voters"].as_u64().unwrap());
        assert_eq!(election.budget().to_string(), of_file["budget"].as_str().unwrap());
        assert_eq!(Election::parse(&election.write()).unwrap(), election, "{name}");
        for (word, of_rule) in of_file["rules"].as_object().unwrap() {
            let (_, rule, utility) = RULES.into_iter().find(|(known, _, _)| known == word).unwrap();
            let Some(selected) = of_rule["selected"].as_array() else { continue };
            let mut selected: Vec<&str> = selected.iter().map(|id| id.as_str().unwrap()).collect();
            selected.sort_unstable();
            let outcome = count(&election, rule, utility).unwrap();
            assert_eq!(outcome.selected, selected, "{name} {word}");
            assert_eq!(outcome.cost.to_string(), of_rule["cost"].as_str().unwrap(), "{name} {word}");
            checked += 1;
        }
    }
    println!("{checked} outcomes as expected");
}
