//! The everyday rules against their definitions, on counts up to the largest there are.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use proptest::prelude::*;
use yishi_tally::everyday::{
    Base, Candidacy, Contest, Counts, ElectionRule, Fraction, Miscount, NobodyCounted, Objection, Rule,
    Standing, Threshold, Ties, Unchoosable, Unelectable, Votes, choose, consensus, decide, elect,
};

fn votes(entitled: Option<u64>, present: u64, in_favour: u64, against: u64, abstain: u64) -> Votes {
    Votes::new(Counts { entitled, present, in_favour, against, abstain }).unwrap()
}

const fn rule(base: Base, threshold: Threshold, quorum: Option<Threshold>) -> Rule {
    Rule { base, threshold, quorum }
}

#[test]
fn more_than_half_of_those_present() {
    let verdict = decide(&Rule::MAJORITY_OF_PRESENT, &votes(None, 41, 22, 10, 9)).unwrap();
    assert!(verdict.passed);
    assert_eq!((verdict.needed, verdict.quorum_met), (21, None));
    assert_eq!(verdict.explain.len(), 1);
    assert_eq!(verdict.explain[0].zh, "到会 41 人，赞成 22 人，需超过半数即至少 21 人：通过。");
    assert_eq!(verdict.explain[0].en, "41 present, 22 in favour, 21 needed: passed.");
}

#[test]
fn a_tie_fails_and_an_abstention_counts_as_present() {
    assert!(!decide(&Rule::MAJORITY_OF_PRESENT, &votes(None, 40, 20, 20, 0)).unwrap().passed);
    // 20 for, 10 against: a majority of those voting, not of the 40 present.
    let count = votes(None, 40, 20, 10, 10);
    assert!(!decide(&Rule::MAJORITY_OF_PRESENT, &count).unwrap().passed);
    let of_voting = rule(Base::Voting, Threshold::MoreThan(Fraction::HALF), None);
    let verdict = decide(&of_voting, &count).unwrap();
    assert!(verdict.passed);
    assert_eq!(verdict.needed, 16);
    assert_eq!(verdict.explain[0].en, "30 voting, 20 in favour, 16 needed: passed.");
}

#[test]
fn qualified_majorities_are_exact() {
    let two_thirds = rule(Base::Entitled, Threshold::AtLeast(Fraction::TWO_THIRDS), None);
    assert!(decide(&two_thirds, &votes(Some(99), 70, 66, 4, 0)).unwrap().passed);
    assert!(!decide(&two_thirds, &votes(Some(100), 70, 66, 4, 0)).unwrap().passed);
    assert!(decide(&two_thirds, &votes(Some(100), 70, 67, 3, 0)).unwrap().passed);
    let all = rule(Base::Present, Threshold::AtLeast(Fraction::ALL), None);
    assert!(decide(&all, &votes(None, 3, 3, 0, 0)).unwrap().passed);
    assert!(!decide(&all, &votes(None, 3, 2, 0, 1)).unwrap().passed);
}

#[test]
fn without_a_quorum_nothing_passes() {
    let half = Threshold::MoreThan(Fraction::HALF);
    let with_quorum = rule(Base::Present, half, Some(half));
    let verdict = decide(&with_quorum, &votes(Some(100), 50, 50, 0, 0)).unwrap();
    assert_eq!((verdict.quorum_met, verdict.passed), (Some(false), false));
    assert_eq!(verdict.explain[0].zh, "应到 100 人，到会 50 人，法定人数须超过半数即至少 51 人：未达到。");
    assert_eq!(verdict.explain[1].en, "50 present, 50 in favour, 26 needed: no quorum, not passed.");
    let verdict = decide(&with_quorum, &votes(Some(100), 51, 26, 0, 0)).unwrap();
    assert_eq!((verdict.quorum_met, verdict.passed), (Some(true), true));
}

#[test]
fn nobody_decides_nothing() {
    let two_thirds = rule(Base::Voting, Threshold::AtLeast(Fraction::TWO_THIRDS), None);
    let verdict = decide(&two_thirds, &votes(Some(0), 0, 0, 0, 0)).unwrap();
    assert!(!verdict.passed);
    assert_eq!(verdict.needed, 1);
    let quorum =
        rule(Base::Present, Threshold::MoreThan(Fraction::HALF), Some(Threshold::AtLeast(Fraction::ALL)));
    assert_eq!(decide(&quorum, &votes(Some(0), 0, 0, 0, 0)).unwrap().quorum_met, Some(false));
}

#[test]
fn an_unknown_number_of_entitled_is_neither_pass_nor_fail() {
    let half = Threshold::MoreThan(Fraction::HALF);
    for rule in [rule(Base::Entitled, half, None), rule(Base::Present, half, Some(half))] {
        assert!(rule.needs_entitled());
        assert_eq!(decide(&rule, &votes(None, 41, 41, 0, 0)), Err(NobodyCounted));
    }
}

#[test]
fn counts_that_cannot_be_true_are_refused() {
    let count = |entitled, present, in_favour| {
        Votes::new(Counts { entitled, present, in_favour, against: u64::MAX, abstain: u64::MAX })
    };
    assert!(matches!(count(None, u64::MAX, 1), Err(Miscount::MoreVotesThanPresent { .. })));
    let counts = Counts { entitled: Some(9), present: 10, ..Counts::default() };
    assert_eq!(Votes::new(counts), Err(Miscount::MorePresentThanEntitled { present: 10, entitled: 9 }));
    assert!(serde_json::from_str::<Votes>(r#"{"present":1,"in_favour":2,"against":0,"abstain":0}"#).is_err());
}

#[test]
fn rules_are_words_and_shares() {
    let text = r#"{"base":"present","threshold":{"more_than":"1/2"},"quorum":{"at_least":"2/3"}}"#;
    let read: Rule = serde_json::from_str(text).unwrap();
    let half = Threshold::MoreThan(Fraction::HALF);
    assert_eq!(read, rule(Base::Present, half, Some(Threshold::AtLeast(Fraction::TWO_THIRDS))));
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    for bad in ["0/2", "3/2", "1/0", "0/0", "-1/2", "1", "", "1/2/3", "99999999999/1"] {
        let text = format!(r#"{{"base":"voting","threshold":{{"at_least":"{bad}"}}}}"#);
        assert!(serde_json::from_str::<Rule>(&text).is_err(), "{bad}");
    }
    let text = r#"{"contest":{"excess":1},"threshold":{"base":"present","threshold":{"more_than":"1/2"}}}"#;
    let read: ElectionRule = serde_json::from_str(text).unwrap();
    assert_eq!(read, ElectionRule { contest: Contest::Excess(1), threshold: Rule::MAJORITY_OF_PRESENT });
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
}

#[test]
fn consensus_keeps_every_objection() {
    assert!(consensus(5, Vec::new()).passed);
    assert!(!consensus(0, Vec::new()).passed);
    let objections = vec![
        Objection { by: "甲".into(), reason: "挡住消防通道".into() },
        Objection { by: "乙".into(), reason: " ".into() },
    ];
    let result = consensus(5, objections.clone());
    assert!(!result.passed);
    assert_eq!(result.objections, objections);
    assert_eq!(result.explain.len(), 3);
    assert_eq!(result.explain[1].zh, "甲反对：挡住消防通道");
    assert_eq!(result.explain[2].zh, "乙反对，未说明理由。");
}

fn standings(votes: &[(&'static str, u64)]) -> Vec<Standing<&'static str>> {
    votes.iter().map(|&(candidate, votes)| Standing { candidate, votes }).collect()
}

#[test]
fn a_tie_across_the_cut_stays_open_or_goes_by_lots() {
    let four = standings(&[("a", 5), ("b", 3), ("c", 3), ("d", 3)]);
    let open = choose(&four, 2, &Ties::Open).unwrap();
    assert_eq!(open.chosen, ["a"]);
    let tie = open.tied.unwrap();
    assert_eq!((tie.candidates, tie.votes, tie.places), (vec!["b", "c", "d"], 3, 1));
    assert_eq!(open.vacant, 0);

    let lots = choose(&four, 2, &Ties::Lots(vec!["a", "c", "b", "d"])).unwrap();
    assert_eq!((lots.chosen, lots.tied), (vec!["a", "c"], None));
    assert_eq!(choose(&four, 2, &Ties::Lots(vec!["c", "b"])), Err(Unchoosable::Lots("d".into())));
    assert_eq!(choose(&four, 2, &Ties::Lots(vec!["c", "b", "d", "c"])), Err(Unchoosable::Lots("c".into())));

    // A tie that the cut does not part is none.
    assert_eq!(choose(&four, 4, &Ties::Open).unwrap().tied, None);
    let none = standings(&[("a", 1), ("b", 0), ("c", 0)]);
    let choice = choose(&none, 2, &Ties::Open).unwrap();
    assert_eq!((choice.chosen, choice.tied, choice.vacant), (vec!["a"], None, 1));
}

#[test]
fn choices_of_nothing_are_refused() {
    let two = standings(&[("a", 1), ("b", 2)]);
    assert_eq!(choose(&two, 0, &Ties::Open), Err(Unchoosable::Places { places: 0, candidates: 2 }));
    assert_eq!(choose(&two, 3, &Ties::Open), Err(Unchoosable::Places { places: 3, candidates: 2 }));
    let twice = standings(&[("a", 1), ("a", 2)]);
    assert_eq!(choose(&twice, 1, &Ties::Open), Err(Unchoosable::Twice("a".into())));
}

fn ballot(present: u64, counts: &[(&'static str, u64, u64)]) -> Vec<Candidacy<&'static str>> {
    let candidacy = |&(candidate, in_favour, against)| Candidacy {
        candidate,
        votes: votes(Some(100), present, in_favour, against, 0),
    };
    counts.iter().map(candidacy).collect()
}

#[test]
fn an_election_has_seats_alternates_and_a_threshold() {
    let half = Threshold::MoreThan(Fraction::HALF);
    let rule = ElectionRule { contest: Contest::Excess(1), threshold: rule(Base::Present, half, Some(half)) };
    let five = ballot(60, &[("a", 45, 5), ("b", 40, 3), ("c", 31, 9), ("d", 31, 0), ("e", 30, 1)]);
    let election = elect(&rule, &five, 3, &Ties::Open).unwrap();
    assert_eq!(election.quorum_met, Some(true));
    assert_eq!(election.elected, ["a", "b"]);
    let tie = election.tied.unwrap();
    assert_eq!((tie.candidates, tie.places), (vec!["c", "d"], 1));
    assert_eq!((election.under, election.vacant), (vec!["e"], 0));

    let election = elect(&rule, &five, 3, &Ties::Lots(vec!["d", "c"])).unwrap();
    assert_eq!(election.elected, ["a", "b", "d"]);
    assert_eq!(election.alternates, [["c"]]);
    let quorum = election.explain.iter().filter(|sentence| sentence.zh.contains("法定人数")).count();
    assert_eq!(quorum, 1);

    let five = ballot(60, &[("e", 31, 1), ("d", 31, 0), ("c", 33, 0), ("b", 40, 3), ("a", 43, 5)]);
    let election = elect(&rule, &five, 3, &Ties::Open).unwrap();
    assert_eq!((election.elected, election.tied), (vec!["a", "b", "c"], None));
    assert_eq!(election.alternates, [["d", "e"]]);
    let election = elect(&rule, &ballot(50, &[("a", 50, 0), ("b", 0, 50)]), 1, &Ties::Open).unwrap();
    assert_eq!((election.quorum_met, election.vacant), (Some(false), 1));
    assert!(election.elected.is_empty());
}

#[test]
fn elections_that_may_not_be_held_are_refused() {
    let strict = ElectionRule { contest: Contest::Excess(1), threshold: Rule::MAJORITY_OF_PRESENT };
    let two = ballot(10, &[("a", 6, 0), ("b", 7, 0)]);
    let refused = |rule: &ElectionRule, candidates: &[Candidacy<&'static str>], seats| {
        elect(rule, candidates, seats, &Ties::Open).unwrap_err()
    };
    assert_eq!(refused(&strict, &two, 2), Unelectable::TooFew { candidates: 2, seats: 2, needed: 3 });
    let any = ElectionRule { contest: Contest::Any, ..strict };
    assert_eq!(elect(&any, &two, 2, &Ties::Open).unwrap().elected, ["b", "a"]);
    assert_eq!(elect(&any, &two, 5, &Ties::Open).unwrap().vacant, 3);
    assert_eq!(refused(&any, &two, 0), Unelectable::Empty { seats: 0, candidates: 2 });
    assert_eq!(refused(&any, &[], 1), Unelectable::Empty { seats: 1, candidates: 0 });
    assert_eq!(refused(&any, &two, 1), Unelectable::TooManyVotes { votes: 13, most: 10 });
    let mut uneven = two.clone();
    uneven[1].votes = votes(Some(100), 9, 1, 0, 0);
    assert_eq!(refused(&any, &uneven, 1), Unelectable::Uneven("b".into()));
    let twice = ballot(10, &[("a", 1, 0), ("a", 2, 0)]);
    assert_eq!(refused(&any, &twice, 1), Unelectable::Unchoosable(Unchoosable::Twice("a".into())));
}

fn any_threshold() -> impl Strategy<Value = Threshold> {
    let fraction = prop_oneof![
        (1_u32..6, 0_u32..6).prop_map(|(n, more)| (n, n + more)),
        (1_u32.., any::<u32>()).prop_map(|(n, d)| (n.min(d).max(1), d.max(n))),
    ];
    (fraction, any::<bool>()).prop_map(|((n, d), strict)| {
        let share = Fraction::new(n, d).unwrap();
        if strict { Threshold::MoreThan(share) } else { Threshold::AtLeast(share) }
    })
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let base = prop_oneof![Just(Base::Present), Just(Base::Voting), Just(Base::Entitled)];
    (base, any_threshold(), proptest::option::of(any_threshold()))
        .prop_map(|(base, threshold, quorum)| Rule { base, threshold, quorum })
}

/// Small counts, where thresholds bite, and the largest, where sums could overflow.
fn any_counts() -> impl Strategy<Value = Counts> {
    let range = prop_oneof![Just(12_u64), Just(u64::MAX)];
    range.prop_flat_map(|most| (0..=most, 0..=most, 0..=most, 0..=most)).prop_map(|(a, b, c, d)| {
        let mut cuts = [a, b, c, d];
        cuts.sort_unstable();
        let [a, b, c, d] = cuts;
        Counts {
            entitled: Some(d.saturating_add(3)),
            present: d,
            in_favour: a,
            against: b - a,
            abstain: c - b,
        }
    })
}

/// The definition, by cross-multiplication.
fn enough(threshold: Threshold, part: u64, whole: u64) -> bool {
    let text = serde_json::to_value(threshold).unwrap();
    let (word, share) = text.as_object().unwrap().iter().next().unwrap();
    let (n, d) = share.as_str().unwrap().split_once('/').unwrap();
    let left = u128::from(part) * d.parse::<u128>().unwrap();
    let right = u128::from(whole) * n.parse::<u128>().unwrap();
    part > 0 && if word == "more_than" { left > right } else { left >= right }
}

proptest! {
    #[test]
    fn thresholds_are_exact(rule in any_rule(), counts in any_counts()) {
        let verdict = decide(&rule, &Votes::new(counts).unwrap()).unwrap();
        let whole = match rule.base {
            Base::Present => counts.present,
            Base::Voting => counts.in_favour + counts.against,
            Base::Entitled => counts.entitled.unwrap(),
        };
        let quorum = rule.quorum.map(|quorum| enough(quorum, counts.present, counts.entitled.unwrap()));
        prop_assert_eq!(verdict.quorum_met, quorum);
        let majority = enough(rule.threshold, counts.in_favour, whole);
        prop_assert_eq!(verdict.passed, majority && quorum != Some(false));
        if verdict.needed <= whole {
            prop_assert!(enough(rule.threshold, verdict.needed, whole));
        }
        prop_assert!(!enough(rule.threshold, verdict.needed - 1, whole));
    }

    #[test]
    fn one_more_in_favour_never_turns_pass_into_fail(rule in any_rule(), counts in any_counts()) {
        let passed = |counts| decide(&rule, &Votes::new(counts).unwrap()).unwrap().passed;
        prop_assume!(passed(counts) && counts.in_favour < u64::MAX);
        let one_more: [fn(&mut Counts) -> Option<()>; 3] = [
            |c| c.against.checked_sub(1).map(|less| c.against = less),
            |c| c.abstain.checked_sub(1).map(|less| c.abstain = less),
            |c| {
                c.present = c.present.checked_add(1)?;
                (Some(c.present) <= c.entitled).then_some(())
            },
        ];
        for change in one_more {
            let mut more = Counts { in_favour: counts.in_favour + 1, ..counts };
            if change(&mut more).is_some() {
                prop_assert!(passed(more), "{more:?}");
            }
        }
    }

    #[test]
    fn the_order_of_candidates_never_matters(
        given in proptest::collection::vec(0_u64..5, 1..8).prop_flat_map(|votes| {
            let standings: Vec<_> = votes.iter().enumerate().map(|(candidate, &votes)| Standing { candidate, votes }).collect();
            (Just(standings.clone()), Just(standings).prop_shuffle())
        }),
        places in 1_usize..8,
    ) {
        let (one, other) = given;
        let choice = choose(&one, places, &Ties::Open);
        prop_assert_eq!(&choice, &choose(&other, places, &Ties::Open));
        if let Ok(choice) = choice {
            let tied = choice.tied.as_ref().map_or(0, |tie| tie.places);
            prop_assert_eq!(choice.chosen.len() + tied + choice.vacant, places);
            // Nobody left out has more votes than somebody chosen.
            let least = choice.chosen.iter().map(|&id| one[id].votes).min().unwrap_or(u64::MAX);
            for standing in &one {
                prop_assert!(choice.chosen.contains(&standing.candidate) || standing.votes <= least);
            }
            // Lots fill exactly what was open.
            let order: Vec<usize> = (0..one.len()).rev().collect();
            let lots = choose(&one, places, &Ties::Lots(order)).unwrap();
            prop_assert_eq!(lots.tied, None);
            prop_assert_eq!(lots.chosen.len() + lots.vacant, places);
        }
    }

    #[test]
    fn elections_do_not_mind_the_order_either(
        votes in proptest::collection::vec((0_u64..12, 0_u64..8), 1..7),
        seats in 1_usize..4,
        turn in 0_usize..7,
    ) {
        let mut candidates: Vec<_> = votes.iter().enumerate().map(|(candidate, &(in_favour, against))| Candidacy {
            candidate,
            votes: Votes::new(Counts { entitled: Some(30), present: 20, in_favour, against, abstain: 0 }).unwrap(),
        }).collect();
        let rule = ElectionRule { contest: Contest::Any, threshold: Rule::MAJORITY_OF_PRESENT };
        let one = elect(&rule, &candidates, seats, &Ties::Open);
        let by = turn % candidates.len();
        candidates.rotate_left(by);
        let other = elect(&rule, &candidates, seats, &Ties::Open);
        if let (Ok(one), Ok(other)) = (&one, &other) {
            prop_assert_eq!(one, other);
            for elected in &one.elected {
                prop_assert!(votes[*elected].0 >= 11);
            }
            for under in &one.under {
                prop_assert!(votes[*under].0 < 11);
            }
        }
        prop_assert_eq!(one.is_ok(), other.is_ok());
    }
}
