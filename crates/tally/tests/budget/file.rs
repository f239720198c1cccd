//! Reading and writing `.pb` files: without loss, and with the place of whatever is wrong.

use super::elections::election;
use proptest::prelude::*;
use yishi_tally::budget::{Election, Rule, Utility, VoteType, count};
use yishi_tally::{Malformed, ratio_text};

const FIXTURES: [&str; 3] = [
    include_str!("../fixtures/pb/xinglin.pb"),
    include_str!("../fixtures/pb/ranking.pb"),
    include_str!("../fixtures/pb/points.pb"),
];
const GOOD: &str = "META\nkey;value\nnum_projects;2\nnum_votes;2\nbudget;10\nvote_type;approval\n\
                    PROJECTS\nproject_id;cost;name\np;3;甲\nq;4;乙\nVOTES\nvoter_id;vote\n1;p,q\n2;q\n";

#[test]
fn a_file_says_what_it_says() {
    let election = Election::parse(FIXTURES[0]).unwrap();
    assert_eq!(election.vote_type(), VoteType::Approval);
    assert_eq!(election.meta("unit"), Some("清河街道"));
    assert_eq!(ratio_text(election.budget()), "4000");
    assert_eq!(election.votes(), 8);
    let third = &election.projects()[2];
    assert_eq!((third.id.as_str(), third.name.as_str()), ("3", "楼道灯"));
    assert_eq!(ratio_text(&third.cost), "1200.5");
    assert_eq!(election.projects()[1].name, "晾衣架; 加固");
    let ballots: Vec<Vec<u32>> = election.ballots().map(|ballot| ballot.projects.to_vec()).collect();
    assert_eq!(ballots[0], [0, 1, 4]);
    let points = Election::parse(FIXTURES[2]).unwrap();
    let second = points.ballots().nth(1).unwrap();
    let given: Vec<String> =
        second.grades.iter().map(|grade| ratio_text(&points.grades()[*grade as usize])).collect();
    assert_eq!(given, ["5.5", "4.5"]);
}

#[test]
fn line_ends_marks_blank_lines_and_spaces_do_not_matter() {
    let plain = Election::parse(GOOD).unwrap();
    for other in [
        format!("\u{feff}{GOOD}"),
        GOOD.replace('\n', "\r\n"),
        GOOD.replace('\n', "\r"),
        GOOD.replace('\n', "\n\n"),
        GOOD.replace(';', " ; "),
        GOOD.replace(',', " , ").replace("p , q", "p,q"),
        GOOD.replace("META", "meta").replace("VOTES", "Votes"),
        GOOD.replace("甲", "\"甲\" "),
        GOOD.trim_end().to_owned(),
    ] {
        assert_eq!(Election::parse(&other).unwrap(), plain, "{other}");
    }
}

#[test]
fn what_is_read_and_written_reads_the_same() {
    for text in FIXTURES {
        let election = Election::parse(text).unwrap();
        let written = election.write();
        assert_eq!(Election::parse(&written).unwrap(), election);
        assert_eq!(Election::parse(&written).unwrap().write(), written);
    }
    // The quotes around the description are not needed; all else stands as it was.
    assert_eq!(Election::parse(FIXTURES[1]).unwrap().write(), FIXTURES[1]);
}

#[track_caller]
fn wrong(text: &str, line: usize, column: usize, expected: &str) -> Malformed {
    let malformed = Election::parse(text).unwrap_err();
    assert_eq!((malformed.line, malformed.column), (line, column), "{malformed}");
    assert!(malformed.expected.en.contains(expected), "{malformed}");
    assert!(!malformed.expected.zh.is_empty());
    malformed
}

#[test]
fn whatever_is_wrong_has_its_place() {
    let good = |from: &str, to: &str| {
        assert!(GOOD.contains(from), "{from}");
        GOOD.replacen(from, to, 1)
    };
    wrong("", 1, 1, "the section META");
    wrong("   \n\n", 3, 1, "the section META");
    wrong(&good("META", "PROJECTS"), 1, 1, "the section META");
    wrong(&good("key;value", "key;worth"), 2, 1, "key;value");
    wrong(&good("num_votes;2", "num_votes"), 4, 1, "2 cells");
    wrong(&good("num_votes;2", "num_votes;2;3"), 4, 13, "2 cells");
    wrong(&good("num_votes;2", "budget;2"), 5, 1, "a key that is not there yet");
    wrong(&good("num_votes;2", "votes;2"), 7, 1, "num_votes");
    wrong(&good("num_projects;2", "x;2"), 7, 1, "num_projects");
    wrong(&good("budget;10", "x;10"), 7, 1, "budget");
    wrong(&good("vote_type;approval", "x;y"), 7, 1, "vote_type");
    wrong(&good("approval", "approvals"), 6, 11, "one of approval, choose-1");
    for bad in ["-1", "1e9", "1e999999999", "", "ten", "1/0", "NaN", "inf"] {
        wrong(&good("budget;10", &format!("budget;{bad}")), 5, 8, "a number not below zero");
    }
    wrong(&good("project_id;cost;name", "project_id;name"), 8, 1, "cost");
    wrong(&good("project_id;cost;name", "project_id;cost;cost"), 8, 17, "a column name");
    wrong(&good("q;4;乙", "q;4"), 10, 3, "3 cells");
    wrong(&good("q;4;乙", "q;-4;乙"), 10, 3, "a number not below zero");
    wrong(&good("q;4;乙", "p;4;乙"), 10, 1, "a project id that is not there yet");
    wrong(&good("q;4;乙", "q,r;4;乙"), 10, 1, "without a comma");
    wrong(&good("num_projects;2", "num_projects;3"), 3, 14, "num_projects to be 2");
    wrong(&good("num_projects;2", "num_projects;two"), 3, 14, "num_projects to be 2");
    wrong(&good("num_votes;2", "num_votes;99999999999999999999"), 4, 11, "num_votes to be 2");
    wrong(&good("VOTES\n", ""), 11, 10, "3 cells");
    wrong(&good("VOTES", "META"), 11, 1, "the section VOTES");
    wrong(&good("voter_id;vote", "voter;vote"), 12, 1, "voter_id");
    wrong(&good("1;p,q", "1;p,x"), 13, 5, "a project id of PROJECTS");
    wrong(&good("1;p,q", "1;p,"), 13, 5, "a project id of PROJECTS");
    wrong(&good("1;p,q", "1;p,p"), 13, 5, "each project once");
    wrong(&good("1;p,q", "1;p,q;"), 13, 7, "2 cells");
    wrong(&good("甲", "\"甲"), 9, 5, "a quote that closes");
    wrong(&good("甲", "\"甲\"x"), 9, 8, "after the quote");
    wrong(&format!("{GOOD}PROJECTS\n"), 15, 1, "the end of the file");
    wrong(&good("2;q\n", ""), 4, 11, "num_votes to be 1");
    let points = FIXTURES[2];
    wrong(&points.replace("7,3", "7"), 15, 7, "as many points as projects");
    wrong(&points.replace("7,3", "7,x"), 15, 9, "a number");
    wrong(&points.replace("voter_id;vote;points", "voter_id;vote;score"), 14, 1, "points");
}

#[test]
fn a_comma_that_may_be_a_thousands_sign_is_refused_in_its_place() {
    let good = |from: &str, to: &str| GOOD.replacen(from, to, 1);
    for bad in ["1,000", "12,345", "1,000,000", "1,000.50", "1.000", "12.345"] {
        wrong(&good("budget;10", &format!("budget;{bad}")), 5, 8, "1,000 and 1.000 may be 1000 or 1.0");
        wrong(&good("q;4;乙", &format!("q;{bad};乙")), 10, 3, "1,000 and 1.000 may be 1000 or 1.0");
    }
    let decimal = Election::parse(&good("budget;10", "budget;102533,36")).unwrap();
    assert_eq!(ratio_text(decimal.budget()), "102533.36");
    let decimal = Election::parse(&good("budget;10", "budget;10,5")).unwrap();
    assert_eq!(ratio_text(decimal.budget()), "10.5");
}

#[test]
fn ballots_keep_to_what_the_file_asks_of_them() {
    let asks = |text: &str, rule: &str| text.replacen("vote_type;", &format!("{rule}\nvote_type;"), 1);
    for kept in ["max_length;2", "min_length;1", "max_sum_cost;7", "max_length;", "max_length_of_name;x"] {
        assert!(Election::parse(&asks(GOOD, kept)).is_ok(), "{kept}");
    }
    wrong(&asks(GOOD, "max_length;1"), 14, 5, "at most 1 projects on a ballot");
    wrong(&asks(GOOD, "min_length;2"), 15, 3, "at least 2 projects on a ballot");
    wrong(&asks(GOOD, "max_sum_cost;6"), 14, 3, "a cost of at most 6");
    wrong(&asks(GOOD, "max_length;two"), 6, 12, "a whole number");
    wrong(&asks(GOOD, "max_sum_cost;1,000"), 6, 14, "1,000 and 1.000 may be 1000 or 1.0");
    wrong(&asks(GOOD, "max_sum_cost;x"), 6, 14, "a number");
    let points = FIXTURES[2];
    for kept in ["max_points;10", "min_points;0", "min_sum_points;10"] {
        assert!(Election::parse(&asks(points, kept)).is_ok(), "{kept}");
    }
    wrong(&asks(points, "max_points;6"), 16, 7, "of at most 6");
    wrong(&asks(points, "min_points;4"), 16, 9, "of at least 4");
    wrong(&points.replace("7,3", "7,4"), 15, 7, "a sum of at most 10");
    wrong(&asks(points, "min_sum_points;11"), 16, 7, "a sum of at least 11");
}

#[test]
fn places_count_characters_and_lines_inside_quotes() {
    let text = GOOD.replace("甲", "\"甲\n乙\"").replace("1;p,q", "1;p,丙丁");
    let malformed = wrong(&text, 14, 5, "a project id of PROJECTS");
    assert_eq!(malformed.found, "\"丙丁\"");
    wrong(&format!("\u{feff}{}", GOOD.replace("META", "MÉTA")), 1, 1, "the section META");
}

#[test]
fn a_ballot_may_name_nothing_and_a_file_may_hold_nothing() {
    let election = Election::parse(&GOOD.replace("2;q", "2;")).unwrap();
    assert!(election.ballots().nth(1).unwrap().projects.is_empty());
    let empty = "META\nkey;value\nnum_projects;0\nnum_votes;0\nbudget;0\nvote_type;scoring\n\
                 PROJECTS\nproject_id;cost\nVOTES\nvoter_id;vote;points\n";
    let election = Election::parse(empty).unwrap();
    for rule in [Rule::Greedy, Rule::EqualShares, Rule::EqualSharesAddOne] {
        let outcome = count(&election, rule, Utility::Score).unwrap();
        assert!(outcome.selected.is_empty());
        assert!(outcome.explain.last().unwrap().en.contains("every project is chosen"));
    }
}

/// Texts with everything that needs care in a cell.
fn cell() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec!["a", "清", " ", ";", ",", "\"", "\n", "\r", "\r\n", "VOTES"]),
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn elections_read_as_written(written in election()) {
        let election = Election::parse(&written.text()).unwrap();
        prop_assert_eq!(&Election::parse(&election.write()).unwrap(), &election);
        prop_assert_eq!(election.write(), written.text());
    }

    #[test]
    fn cells_of_any_text_read_as_written(cells in prop::collection::vec(cell(), 4)) {
        let text = GOOD
            .replace("vote_type;", &format!("comment;{}\nvote_type;", quoted(&cells[0])))
            .replace("甲", &quoted(&cells[1]))
            .replace("voter_id;vote", "voter_id;vote;says")
            .replace("1;p,q", &format!("{};p,q;{}", quoted(&cells[2]), quoted(&cells[3])))
            .replace("2;q", "2;q;");
        let election = Election::parse(&text).unwrap();
        prop_assert_eq!(election.meta("comment"), Some(cells[0].trim()));
        prop_assert_eq!(&election.projects()[0].name, cells[1].trim());
        prop_assert_eq!(&Election::parse(&election.write()).unwrap(), &election);
    }
}

#[test]
fn fractions_with_nothing_in_common_do_not_fill_the_memory() {
    // A thousand large denominators that have little in common.
    let costs: Vec<String> =
        (0..1000_u128).map(|at| format!("{at};1/{}\n", 10_u128.pow(30) + 2 * at + 1)).collect();
    let text = format!(
        "META\nkey;value\nnum_projects;1000\nnum_votes;0\nbudget;1\nvote_type;approval\nPROJECTS\nproject_id;cost\n{}\
         VOTES\nvoter_id;vote\n",
        costs.concat()
    );
    wrong(&text, 11, 3, "such as a decimal");
}
