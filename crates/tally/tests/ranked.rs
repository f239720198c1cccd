//! Files of ranked ballots, read and refused; worked examples of each rule; and what comes out.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use yishi_tally::Malformed;
use yishi_tally::ranked::{BadBallot, Ballot, Outcome, Profile, Rule, TransferOf, Unfit, count};

const SOC: &str = include_str!("fixtures/ranked/courtyard.soc");
const SOI: &str = include_str!("fixtures/ranked/courtyard.soi");
const TOC: &str = include_str!("fixtures/ranked/courtyard.toc");
const TOI: &str = include_str!("fixtures/ranked/courtyard.toi");
const CSV: &str = include_str!("fixtures/ranked/committee.csv");

fn outcome(text: &str, rule: Rule) -> Outcome {
    count(&Profile::parse(text).unwrap(), rule, None).unwrap()
}

fn votes(outcome: &Outcome, round: usize) -> Vec<(usize, &str)> {
    outcome.rounds[round].votes.iter().map(|(&number, text)| (number, text.as_str())).collect()
}

#[test]
fn preflib_files_are_read() {
    let profile = Profile::parse(SOC).unwrap();
    assert_eq!((profile.candidates(), profile.voters(), profile.seats()), (4, 45, None));
    assert_eq!((profile.name(1), profile.name(4), profile.name(5)), (Some("充电桩"), Some("花园"), None));
    assert_eq!(profile.ballots()[0], Ballot::new(14, &[vec![1], vec![2], vec![3], vec![4]]));
    let profile = Profile::parse(TOI).unwrap();
    assert_eq!(profile.name(1), None);
    assert_eq!(profile.ballots()[1], Ballot::new(3, &[vec![3], vec![4, 2]]));
    // A byte order mark, other line ends and blank lines change nothing.
    let windows = format!("\u{feff}{}\r\n\r\n", TOI.replace('\n', "\r\n"));
    assert_eq!(Profile::parse(&windows).unwrap(), profile);
}

#[test]
fn scottish_files_are_read() {
    let profile = Profile::parse(CSV).unwrap();
    assert_eq!((profile.candidates(), profile.voters(), profile.seats()), (5, 100, Some(2)));
    assert_eq!(profile.ballots()[1], Ballot::new(20, &[vec![1], vec![3], vec![2]]));
    assert_eq!((profile.name(3), profile.name(4)), (Some("丙, 小"), Some("丁 \"老四\"")));
    let without_ward = CSV.trim_end().rsplit_once('\n').unwrap().0;
    assert_eq!(Profile::parse(without_ward).unwrap(), profile);
    let without_last_commas = CSV.replace(",\n", "\n");
    assert_eq!(Profile::parse(&without_last_commas).unwrap(), profile);
}

fn refused(text: &str) -> (usize, usize, String) {
    let Malformed { line, column, expected, .. } = Profile::parse(text).unwrap_err();
    assert!(!expected.zh.is_empty());
    (line, column, expected.en)
}

#[test]
fn malformed_files_are_refused_with_the_place() {
    let at = |text: &str| {
        let (line, column, _) = refused(text);
        (line, column)
    };
    let four = "# DATA TYPE: toi\n# NUMBER ALTERNATIVES: 4\n";
    assert_eq!(at(""), (1, 1));
    assert_eq!(at("\n \n"), (1, 1));
    assert_eq!(at("anything"), (1, 1));
    assert_eq!(at(four), (3, 1));
    assert_eq!(at("# TITLE: x\n1: 1\n"), (2, 1));
    assert_eq!(at("# NUMBER ALTERNATIVES: 0\n1: 1\n"), (1, 24));
    assert_eq!(at("# NUMBER ALTERNATIVES: 99999999999999999999\n1: 1\n"), (1, 24));
    assert_eq!(at("# NUMBER ALTERNATIVES: 4 or 5\n1: 1\n"), (1, 26));
    assert_eq!(at("# NUMBER ALTERNATIVES: 4\n# NUMBER ALTERNATIVES: 4\n1: 1\n"), (2, 24));
    assert_eq!(at("# DATA TYPE: cat\n"), (1, 14));
    assert_eq!(at(&format!("{four}# ALTERNATIVE NAME 5: e\n1: 1\n")), (3, 20));
    assert_eq!(at(&format!("{four}# ALTERNATIVE NAME x: e\n1: 1\n")), (3, 20));
    assert_eq!(at(&format!("{four}# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 1: b\n1: 1\n")), (4, 20));
    for (order, column) in [
        ("x", 1),
        ("0: 1", 1),
        ("-1: 1", 1),
        ("18446744073709551616: 1", 1),
        ("3", 2),
        ("3 1,2", 3),
        ("3:", 3),
        ("3: 0", 4),
        ("3: 5", 4),
        ("3: 1,,2", 6),
        ("3: 1,2,", 8),
        ("3: 1,2,1", 8),
        ("3: {1,2", 8),
        ("3: {}", 5),
        ("3: {1,{2}}", 7),
        ("3: 1}", 5),
        ("3: 1 2", 6),
        ("3: 1,２", 6),
        ("# NUMBER VOTERS: 1\n3: 1", 18),
    ] {
        let (line, found, _) = refused(&format!("{four}{order}\n"));
        assert_eq!((line, found), (3, column), "{order}");
    }
    assert_eq!(at(&format!("{four}18446744073709551615: 1\n1: 2\n")), (4, 1));
    assert_eq!(at(&format!("{four}1: 1\n# TITLE: late\n")), (4, 1));
    // The orders must be of the type that the file names.
    assert_eq!(at(&TOC.replace("toc", "soc")), (9, 7));
    assert_eq!(at(&TOC.replace("toc", "soi")), (9, 7));
    assert_eq!(at(&SOI.replace("soi", "soc")), (9, 6));
    assert_eq!(at(&SOI.replace("soi", "toc")), (9, 6));

    assert_eq!(at("3\n"), (1, 2));
    assert_eq!(at("3,4\n"), (1, 3));
    assert_eq!(at("3,0\n"), (1, 3));
    assert_eq!(at("3,1,1\n"), (1, 5));
    let names = "Candidate 1,a\nCandidate 2,b\n";
    for (order, column) in
        [("5,", 3), ("5,3", 3), ("5,1,1", 5), ("5,1,,2", 6), ("5 1", 3), ("0,1", 1), ("x", 1)]
    {
        let (line, found, _) = refused(&format!("2,1\n{order}\n{names}"));
        assert_eq!((line, found), (2, column), "{order}");
    }
    assert_eq!(at("2,1\n5,1\n"), (3, 1));
    assert_eq!(at("2,1\n5,1\nCandidate 1,a\n"), (4, 1));
    assert_eq!(at("2,1\n5,1\nCandidate 2,b\n"), (3, 1));
    assert_eq!(at("2,1\n5,1\n\"Candidate 1\",\"a\n"), (3, 17));
    assert_eq!(at(&format!("2,1\n5,1\n{names}ward\n6,1\n")), (6, 1));
    assert_eq!(at(&format!("2,1\n{names}")), (2, 1));
}

#[test]
fn a_file_that_is_cut_off_is_not_counted() {
    for text in [SOC, SOI, TOC, TOI, CSV] {
        let cut = text.trim_end().rsplit_once('\n').unwrap().0;
        let cut = if text == CSV { cut.rsplit_once('\n').unwrap().0 } else { cut };
        assert!(Profile::parse(cut).is_err());
    }
}

#[test]
fn profiles_are_checked() {
    let new = |ballots| Profile::new(vec![String::new(); 2], None, ballots);
    assert_eq!(Profile::new(Vec::new(), None, Vec::new()), Err(BadBallot::Candidates(0)));
    assert_eq!(new(vec![Ballot::new(0, &[vec![1]])]), Err(BadBallot::Empty(1)));
    assert_eq!(new(vec![Ballot::new(1, &[vec![]])]), Err(BadBallot::Empty(1)));
    assert_eq!(new(vec![Ballot::new(1, &[vec![0]])]), Err(BadBallot::Unknown(1)));
    assert_eq!(new(vec![Ballot::new(1, &[vec![3]])]), Err(BadBallot::Unknown(1)));
    assert_eq!(new(vec![Ballot::new(1, &[vec![1], vec![1]])]), Err(BadBallot::Twice(1)));
    let most = Ballot::new(u64::MAX, &[vec![1]]);
    assert_eq!(new(vec![most.clone(), most.clone()]), Err(BadBallot::TooManyVoters));
    // The largest numbers there are can be counted.
    let profile = new(vec![most]).unwrap();
    for rule in Rule::ALL {
        assert_eq!(count(&profile, rule, None).unwrap().winners, [1], "{rule:?}");
    }
    let nobody = new(Vec::new()).unwrap();
    assert_eq!(count(&nobody, Rule::Borda, None), Err(Unfit::NoVotes));
}

#[test]
fn what_does_not_suit_is_refused() {
    let ties = Profile::parse(TOI).unwrap();
    for rule in [Rule::Irv, Rule::Stv] {
        assert_eq!(count(&ties, rule, None), Err(Unfit::TiedRanks { rule, ballot: 1 }));
    }
    let profile = Profile::parse(SOC).unwrap();
    for rule in Rule::ALL {
        assert_eq!(count(&profile, rule, Some(0)), Err(Unfit::Seats { seats: 0, candidates: 4 }));
        assert_eq!(count(&profile, rule, Some(5)), Err(Unfit::Seats { seats: 5, candidates: 4 }));
        assert_eq!("anything".parse::<Rule>().ok(), None);
        assert_eq!(rule.word().parse(), Ok(rule));
        assert_eq!(serde_json::to_string(&rule).unwrap(), format!("{:?}", rule.word()));
    }
    assert_eq!(count(&profile, Rule::Irv, Some(2)), Err(Unfit::OneSeat { seats: 2 }));
    let many = Profile::new(vec![String::new(); 2001], None, vec![Ballot::new(1, &[vec![1]])]).unwrap();
    assert_eq!(count(&many, Rule::Schulze, None), Err(Unfit::TooMany { candidates: 2001, most: 2000 }));
    assert_eq!(count(&many, Rule::Borda, None).unwrap().winners, [1]);
}

#[test]
fn approval_counts_whoever_is_ranked() {
    let outcome = outcome(SOI, Rule::Approval);
    assert_eq!(votes(&outcome, 0), [(1, "12"), (2, "15"), (3, "18"), (4, "3")]);
    assert_eq!(outcome.ranking, [[3], [2], [1], [4]]);
    assert_eq!(outcome.winners, [3]);
}

#[test]
fn borda_shares_points_among_ties() {
    let outcome = outcome(TOI, Rule::Borda);
    // 4 x {1,2},{3,4}: 2.5 each, .5 each; 3 x 3,{2,4},1: 3, 1.5 each, 0; 2 x 1.5 each; 1 x 4, rest 1.
    assert_eq!(votes(&outcome, 0), [(1, "14"), (2, "18.5"), (3, "15"), (4, "12.5")]);
    assert_eq!(outcome.ranking, [[2], [3], [1], [4]]);
}

#[test]
fn those_left_out_are_tied_last() {
    for rule in [Rule::Borda, Rule::Copeland, Rule::Schulze] {
        assert_eq!(outcome(SOI, rule), outcome(TOC, rule), "{rule:?}");
    }
}

#[test]
fn duels_by_hand() {
    // 1>2 19:26, 1>3 19:26, 1>4 14:31, 2>3 30:15, 2>4 25:20, 3>4 33:12.
    let copeland = outcome(SOC, Rule::Copeland);
    assert_eq!(votes(&copeland, 0), [(1, "0"), (2, "3"), (3, "2"), (4, "1")]);
    let schulze = outcome(SOC, Rule::Schulze);
    assert_eq!(schulze.ranking, [[2], [3], [4], [1]]);
    assert!(schulze.explain().iter().any(|sentence| sentence.zh.contains("胜过其他每一位")));
    assert!(
        schulze.explain().iter().any(|s| s.en.contains("2 (儿童乐园) against 1 (充电桩): 26 to 19 votes"))
    );
}

#[test]
fn the_example_of_schulze() {
    // The published example with five candidates and 45 voters: E, A, C, B, D.
    let text = "# DATA TYPE: soc\n# NUMBER ALTERNATIVES: 5\n# NUMBER VOTERS: 45\n\
        5: 1,3,2,5,4\n5: 1,4,5,3,2\n8: 2,5,4,1,3\n3: 3,1,2,5,4\n7: 3,1,5,2,4\n2: 3,2,1,4,5\n\
        7: 4,3,5,2,1\n8: 5,2,1,4,3\n";
    let outcome = outcome(text, Rule::Schulze);
    assert_eq!(outcome.ranking, [[5], [1], [3], [2], [4]]);
    assert_eq!(votes(&outcome, 0), [(1, "3"), (2, "1"), (3, "2"), (4, "0"), (5, "4")]);
}

#[test]
fn a_circle_stays_tied_and_says_so() {
    let circle = "# DATA TYPE: soc\n# NUMBER ALTERNATIVES: 3\n1: 1,2,3\n1: 2,3,1\n1: 3,1,2\n";
    for rule in [Rule::Borda, Rule::Copeland, Rule::Schulze] {
        let outcome = outcome(circle, rule);
        assert_eq!((outcome.winners.clone(), outcome.ranking.clone()), (vec![1, 2, 3], vec![vec![1, 2, 3]]));
        assert!(outcome.rounds[0].tie.as_ref().unwrap().zh.contains("1 号、2 号、3 号并列争 1 席"));
        let three = count(&Profile::parse(circle).unwrap(), rule, Some(3)).unwrap();
        assert_eq!(three.rounds[0].tie, None);
    }
}

#[test]
fn instant_runoff_by_hand() {
    let outcome = outcome(SOC, Rule::Irv);
    // 14, 11, 8, 12: 3 goes, its 8 to 4; 14, 11, 20: 2 goes, its 11 to 4.
    assert_eq!(votes(&outcome, 0), [(1, "14"), (2, "11"), (3, "8"), (4, "12")]);
    assert_eq!(votes(&outcome, 1), [(1, "14"), (2, "11"), (4, "20")]);
    assert_eq!(votes(&outcome, 2), [(1, "14"), (4, "31")]);
    assert_eq!((outcome.winners, outcome.ranking), (vec![4], vec![vec![4], vec![1], vec![2], vec![3]]));
    assert_eq!(outcome.rounds[1].eliminated, Some(3));
    assert_eq!(outcome.rounds[1].tie, None);
}

#[test]
fn runoff_ties_go_by_earlier_rounds_then_by_number() {
    // 3 goes; 1 and 2 are equal at 4; before that 2 had fewer.
    let earlier = "# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 3\n4: 1\n3: 2\n1: 3,2\n";
    let irv = outcome(earlier, Rule::Irv);
    assert_eq!(irv.winners, [1]);
    assert!(
        irv.rounds[2]
            .tie
            .as_ref()
            .unwrap()
            .en
            .contains("by round 1, with fewer votes in it, 2 is eliminated")
    );
    // 5, 6, 2, 3, 10; 7, 6, 3, 10; 7, 7, 12: of the two rounds that part 1 and 2 the later decides.
    let twice = "# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 5\n5: 1\n6: 2\n2: 3,1\n1: 4,2\n2: 4,5\n10: 5\n";
    for rule in [Rule::Irv, Rule::Stv] {
        let outcome = outcome(twice, rule);
        assert_eq!(outcome.rounds[3].eliminated, Some(2));
        assert!(outcome.rounds[3].tie.as_ref().unwrap().zh.contains("看第 2 轮"));
    }
    let never = "# DATA TYPE: soi\n# NUMBER ALTERNATIVES: 2\n4: 2\n4: 1\n";
    let irv = outcome(never, Rule::Irv);
    assert_eq!(irv.winners, [1]);
    assert!(irv.rounds[1].tie.as_ref().unwrap().zh.contains("按编号，大者淘汰：2 号。"));
}

#[test]
fn the_transferable_vote_by_hand() {
    let stv = outcome(CSV, Rule::Stv);
    assert_eq!(stv.winners, [1, 3]);
    assert_eq!(stv.ranking, [[1], [3], [2], [4], [5]]);
    assert_eq!(stv.rounds.len(), 5);
    assert_eq!(votes(&stv, 0), [(1, "60"), (2, "15"), (3, "12"), (4, "9"), (5, "4")]);
    assert_eq!(stv.rounds[0].quota.as_deref(), Some("34"));
    assert_eq!(stv.rounds[0].elected, [1]);
    // 26 of 60 go on: 0.43333 for each paper, and 0.0002 is cut off.
    assert_eq!(votes(&stv, 1), [(1, "34"), (2, "32.3332"), (3, "20.6666"), (4, "9"), (5, "4")]);
    let transfer = stv.rounds[1].transfer.as_ref().unwrap();
    assert_eq!((transfer.from, transfer.of, transfer.votes.as_str()), (1, TransferOf::Surplus, "26"));
    assert_eq!(stv.rounds[1].exhausted.as_deref(), Some("0.0002"));
    assert_eq!(stv.rounds[2].eliminated, Some(5));
    assert_eq!(votes(&stv, 3), [(1, "34"), (2, "32.3332"), (3, "33.6666")]);
    assert_eq!(stv.rounds[4].exhausted.as_deref(), Some("32.3334"));
    assert_eq!(stv.rounds[4].elected, [3]);
    // Without the seats of the file, one.
    assert_eq!(outcome(CSV, Rule::Irv).winners, [1]);
    assert_eq!(count(&Profile::parse(CSV).unwrap(), Rule::Stv, Some(5)).unwrap().winners, [1, 2, 3, 4, 5]);
}

#[test]
fn equal_surpluses_go_by_earlier_rounds_then_by_number() {
    // 36 votes, 3 seats: the quota is 10. 1 and 2 have 13 each at once.
    let text = "4,3\n13,1,3\n13,2,4\n6,3\n4,4\nCandidate 1,\nCandidate 2,\nCandidate 3,\nCandidate 4,\n";
    let stv = outcome(text, Rule::Stv);
    assert_eq!(stv.ranking[0], [1, 2]);
    assert_eq!(stv.rounds[1].transfer.as_ref().unwrap().from, 1);
    assert!(stv.rounds[1].tie.as_ref().unwrap().en.contains("by the lower number 1 is transferred first"));
}

#[test]
fn results_are_written_as_agreed() {
    let text = serde_json::to_string(&outcome(SOC, Rule::Copeland)).unwrap();
    assert_eq!(
        text,
        r#"{"rule":"copeland","winners":[2],"ranking":[[2],[3],[4],[1]],"rounds":[{"votes":{"1":"0","2":"3","3":"2","4":"1"},"elected":[2]}]}"#
    );
    let text = serde_json::to_string(&outcome(CSV, Rule::Stv)).unwrap();
    assert!(text.contains(
        r#"{"votes":{"1":"34","2":"32.3332","3":"20.6666","4":"13"},"quota":"34","eliminated":5,"transfer":{"from":5,"of":"eliminated","votes":"4"},"exhausted":"0.0002"}"#
    ));
}

#[test]
fn explanations_come_in_both_languages() {
    for (text, rules) in [(SOI, Rule::ALL), (CSV, Rule::ALL)] {
        for rule in rules {
            let outcome = outcome(text, rule);
            let last = outcome.explain().last().unwrap();
            assert!(last.zh.starts_with("当选：") && last.en.starts_with("Elected: "), "{last:?}");
            assert!(outcome.explain().iter().all(|sentence| sentence.zh.ends_with('。')));
        }
    }
}
