//! The owners' joint decision on worked cases: the published numbers and the synthetic ones of
//! the law's thresholds, each rule of who counts, and files that are not what they should be.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::{Value, json};
use yishi_tally::Sentence;
use yishi_tally::owners::{
    Area, Date, Invalid, Matter, Measure, Miscount, Missing, Outcome, Pack, Poll, Reading, Requirement,
    Rules, Share, Sums, Warning, count, decide, explain,
};

const ROOF: &str = include_str!("fixtures/owners/roof.json");
const LIFT: &str = include_str!("fixtures/owners/lift.json");

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn now(matter: Matter) -> Requirement {
    Pack::on(day("2026-05-01")).requirement(matter)
}

fn before(matter: Matter) -> Requirement {
    Pack::on(day("2020-12-31")).requirement(matter)
}

/// Heads and m².
type Amount = (u64, u64);

fn measure((heads, metres): Amount) -> Measure {
    Measure::new(heads, metres * 100)
}

fn all_against(total: Measure, took_part: Measure, in_favour: Measure) -> Sums {
    let area = took_part.area.zip(in_favour.area).map(|(part, yes)| Area(part.0 - yes.0));
    let against = Measure { heads: took_part.heads - in_favour.heads, area };
    Sums { total, took_part, in_favour, against, abstain: Measure::ZERO, void: Measure::ZERO }
}

fn reading(requirement: Requirement, total: Amount, took_part: Amount, in_favour: Amount) -> Reading {
    let sums = all_against(measure(total), measure(took_part), measure(in_favour));
    decide(&requirement, &sums).unwrap()
}

/// Quorum, ordinary majority, special majority.
fn verdict(total: Amount, took_part: Amount, in_favour: Amount) -> (bool, bool, bool) {
    let ordinary = reading(now(Matter::UseFund), total, took_part, in_favour);
    let special = reading(now(Matter::RaiseFund), total, took_part, in_favour);
    assert_eq!(ordinary.quorum, special.quorum);
    (ordinary.quorum, ordinary.passed.unwrap(), special.passed.unwrap())
}

/// A poll of the new law, through its file.
#[derive(Clone)]
struct File(Value);

impl File {
    fn new(matter: &str) -> Self {
        Self(json!({
            "matter": matter, "decided_on": "2026-05-01", "units": [], "scope": ["dwelling"], "ballots": [],
            "served": [],
        }))
    }

    fn push(mut self, field: &str, value: Value) -> Self {
        self.0[field].as_array_mut().unwrap().push(value);
        self
    }

    fn unit(self, owner: &str, area: &str, kind: &str) -> Self {
        let id = format!("u{}", self.0["units"].as_array().unwrap().len());
        self.push("units", json!({"id": id, "area": area, "owner": owner, "kind": kind}))
    }

    fn flats(self, owners: &[&str]) -> Self {
        owners.iter().fold(self, |file, owner| file.unit(owner, "100", "dwelling"))
    }

    fn ballot(self, owner: &str, choice: &str) -> Self {
        self.push("ballots", json!({"owner": owner, "choice": choice, "channel": "paper"}))
    }

    fn proxy(self, owner: &str, choice: &str, agent: &str) -> Self {
        let ballot = json!({"owner": owner, "choice": choice, "channel": "proxy", "agent": agent});
        self.push("ballots", ballot)
    }

    fn served(self, owner: &str) -> Self {
        self.push("served", json!(owner))
    }

    fn count_by(&self, rules: &Rules) -> Outcome {
        count(&Poll::parse(&self.0.to_string()).unwrap(), rules, day("2026-05-01")).unwrap()
    }

    fn count(&self) -> Outcome {
        self.count_by(&Rules::default())
    }
}

/// `o<from>`, …, `o<to - 1>`.
fn owners(from: usize, to: usize) -> impl Iterator<Item = String> {
    (from..to).map(|number| format!("o{number}"))
}

// Synthetic cases, S1 to S11.

#[test]
fn s1_exactly_half_fails() {
    assert_eq!(verdict((300, 27_000), (200, 18_000), (100, 9_000)), (true, false, false));
}

#[test]
fn s2_one_more_than_half_passes_an_ordinary_matter() {
    assert_eq!(verdict((300, 27_000), (200, 18_000), (101, 9_090)), (true, true, false));
}

#[test]
fn s3_exactly_three_quarters_passes_a_special_matter() {
    assert_eq!(verdict((300, 27_000), (200, 18_000), (150, 13_500)), (true, true, true));
    assert_eq!(verdict((300, 27_000), (200, 18_000), (149, 13_410)), (true, true, false));
}

#[test]
fn s4_the_quorum_is_asked_of_the_area_too() {
    let verdict = reading(now(Matter::UseFund), (300, 30_000), (200, 15_000), (200, 15_000));
    assert_eq!((verdict.by_heads.quorum, verdict.quorum, verdict.passed), (true, false, Some(false)));
    assert_eq!(verdict.missing, Some(Missing { heads: Some(0), area: Some(Area(5_000 * 100)) }));
}

fn s5() -> File {
    let mut file = File::new("use_fund");
    for owner in owners(0, 65) {
        file = file.flats(&[&owner]);
    }
    for _ in 0..10 {
        file = file.flats(&["A"]);
    }
    for _ in 0..25 {
        file = file.flats(&["developer"]);
    }
    file = file.ballot("A", "for");
    owners(0, 44).fold(file, |file, owner| file.ballot(&owner, "for"))
}

#[test]
fn s5_an_owner_of_many_units_is_one_head() {
    let outcome = s5().count();
    assert_eq!(outcome.total, Measure::new(67, 1_000_000));
    assert_eq!(outcome.strict.took_part, Measure::new(45, 540_000));
    let strict = &outcome.strict;
    assert_eq!((strict.by_heads.quorum, strict.quorum, strict.passed), (true, false, Some(false)));
}

#[test]
fn s6_the_developer_is_one_head_with_all_its_area() {
    let file = s5().ballot("developer", "against");
    let outcome = file.count();
    assert_eq!(outcome.strict.took_part, Measure::new(46, 790_000));
    assert_eq!(outcome.strict.in_favour, Measure::new(45, 540_000));
    assert_eq!(outcome.strict.passed, Some(true));
    let mut special = file;
    special.0["matter"] = json!("change_use");
    let strict = special.count().strict;
    assert_eq!((strict.by_heads.majority, strict.by_area.unwrap().majority), (true, false));
    assert_eq!(strict.passed, Some(false));
}

#[test]
fn s7_an_abstention_takes_part_and_is_not_in_favour() {
    let mut file = owners(0, 180).fold(File::new("hire_manager"), |file, owner| file.flats(&[&owner]));
    for (from, to, choice) in [(0, 60, "for"), (60, 100, "against"), (100, 120, "abstain")] {
        file = owners(from, to).fold(file, |file, owner| file.ballot(&owner, choice));
    }
    let strict = file.count().strict;
    assert_eq!((strict.took_part.heads, strict.abstain.heads), (120, 20));
    assert_eq!((strict.quorum, strict.passed), (true, Some(false)));
    assert_eq!(strict.missing, Some(Missing { heads: Some(1), area: Some(Area(1)) }));
}

#[test]
fn s8_the_three_readings() {
    for (matter, special) in [("use_fund", false), ("raise_fund", true)] {
        let mut file = owners(0, 1_000).fold(File::new(matter), |file, owner| file.flats(&[&owner]));
        for (from, to, choice) in [(0, 300, "for"), (300, 450, "against"), (450, 500, "abstain")] {
            file = owners(from, to).fold(file, |file, owner| file.ballot(&owner, choice));
        }
        file = owners(500, 900).fold(file, |file, owner| file.served(&owner));
        let outcome = file.count();
        assert_eq!((outcome.strict.quorum, outcome.strict.passed), (false, Some(false)));
        let served = outcome.served_takes_part;
        assert_eq!((served.took_part.heads, served.in_favour.heads), (900, 300));
        assert_eq!((served.quorum, served.passed, served.missing), (true, Some(false), None));
        let following = outcome.silence_follows_majority;
        assert_eq!((following.took_part.heads, following.in_favour.heads), (900, 700));
        assert_eq!((following.passed, following.missing), (Some(true), None), "special: {special}");
        assert!(explain(&outcome).iter().any(|sentence| sentence.zh.contains("三种计票口径结论不同")));
    }
}

#[test]
fn s9_units_out_of_scope_do_not_count() {
    let mut file = owners(0, 350).fold(File::new("use_fund"), |file, owner| file.flats(&[&owner]));
    for owner in owners(1_000, 1_400) {
        file = file.unit(&owner, "13.00", "garage");
    }
    file = owners(0, 130).fold(file, |file, owner| file.ballot(&owner, "for"));
    file = owners(130, 240).fold(file, |file, owner| file.ballot(&owner, "against"));
    let flats = file.count();
    assert_eq!((flats.total, flats.strict.passed), (Measure::new(350, 3_500_000), Some(true)));
    let mut both = file;
    both.0["scope"] = json!(["garage", "dwelling"]);
    let both = both.count();
    assert_eq!(both.total, Measure::new(750, 4_020_000));
    assert_eq!((both.strict.quorum, both.strict.passed), (false, Some(false)));
}

#[test]
fn s10_half_of_the_area_is_not_enough() {
    assert_eq!(verdict((201, 30_000), (141, 24_000), (120, 12_000)), (true, false, false));
    let verdict = reading(now(Matter::UseFund), (201, 30_000), (141, 24_000), (120, 12_000));
    assert_eq!((verdict.by_heads.majority, verdict.by_area.unwrap().majority), (true, false));
}

#[test]
fn s11_the_threshold_is_of_the_question() {
    assert_eq!(verdict((100, 10_000), (100, 10_000), (60, 6_000)), (true, true, false));
}

// Published cases, R1 to R8.

fn by_heads(requirement: Requirement, total: u64, took_part: u64, in_favour: u64) -> Reading {
    let [total, took_part, in_favour] = [total, took_part, in_favour].map(Measure::heads);
    decide(&requirement, &all_against(total, took_part, in_favour)).unwrap()
}

#[test]
fn r1_without_areas_nothing_is_certified() {
    let reading = by_heads(now(Matter::ElectCommittee), 2_219, 1_672, 1_672);
    assert!(reading.by_heads.quorum);
    assert_eq!(reading.by_heads.quorum_needed, Some(1_480));
    assert_eq!((reading.quorum, reading.passed), (false, None));
    assert_eq!(reading.missing, Some(Missing { heads: Some(0), area: None }));
}

#[test]
fn r2_half_of_the_households_are_no_quorum() {
    let reading = by_heads(now(Matter::Other), 2_237, 1_151, 1_151);
    assert_eq!(reading.by_heads.quorum_needed, Some(1_492));
    assert!(!reading.by_heads.quorum);
    assert_eq!((reading.quorum, reading.passed), (false, None));
}

#[test]
fn r3_the_old_law_had_no_quorum() {
    let new = by_heads(now(Matter::HireManager), 950, 609, 609);
    assert_eq!((new.by_heads.quorum_needed, new.by_heads.quorum), (Some(634), false));
    assert!(!by_heads(now(Matter::HireManager), 950, 616, 616).by_heads.quorum);
    let old = by_heads(before(Matter::HireManager), 950, 609, 609);
    assert_eq!((old.by_heads.quorum_needed, old.by_heads.needed), (None, 476));
    assert!(old.by_heads.quorum && old.by_heads.majority);
    // With the area of everybody known, and of those in favour in proportion.
    let area = |heads: u64| Measure::new(heads, 12_737_800 * heads / 950);
    let sums = all_against(area(950), area(609), area(609));
    assert_eq!(decide(&before(Matter::HireManager), &sums).unwrap().passed, Some(true));
    assert_eq!(decide(&now(Matter::HireManager), &sums).unwrap().passed, Some(false));
}

#[test]
fn r4_invalid_ballots_take_no_part() {
    let heads = Measure::heads;
    let sums = Sums {
        total: heads(1_583),
        took_part: heads(1_252),
        in_favour: heads(1_042),
        against: heads(202),
        abstain: heads(8),
        void: heads(20),
    };
    let ordinary = decide(&now(Matter::HireManager), &sums).unwrap().by_heads;
    assert_eq!((ordinary.quorum_needed, ordinary.needed), (Some(1_056), 627));
    assert!(ordinary.quorum && ordinary.majority);
    assert_eq!(ordinary.outstanding, 1_583 - 1_272);
    // Three quarters are met as well, even if the invalid ballots took part.
    assert!(decide(&now(Matter::RaiseFund), &sums).unwrap().by_heads.majority);
    let sums = Sums { took_part: heads(1_272), void: heads(0), ..sums };
    let with_invalid = decide(&now(Matter::RaiseFund), &sums).unwrap().by_heads;
    assert_eq!((with_invalid.needed, with_invalid.majority), (954, true));
}

#[test]
fn r5_renewal_refused_is_not_its_opposite_decided() {
    let (total, yes, no) =
        (Measure::new(1_428, 13_267_556), Measure::new(446, 4_357_643), Measure::new(930, 8_447_107));
    let took_part = Measure::new(446 + 930, 4_357_643 + 8_447_107);
    let renew = decide(&now(Matter::HireManager), &all_against(total, took_part, yes)).unwrap();
    assert_eq!((renew.quorum, renew.passed), (true, Some(false)));
    assert_eq!(renew.by_heads.needed, 689);
    // The other question is another count, which the source did not hold; it would have passed.
    let end = decide(&now(Matter::HireManager), &all_against(total, took_part, no)).unwrap();
    assert_eq!(end.passed, Some(true));
}

#[test]
fn r6_the_denominator_decides() {
    let half = Share::MoreThanHalf;
    assert!(half.reached(10_975_020, 20_707_584));
    assert!(!half.reached(10_975_020, 22_642_109));
    assert_eq!(half.needed(22_642_109), 11_321_055);
}

#[test]
fn r7_silent_buildings_make_the_difference() {
    let requirement = now(Matter::ElectCommittee);
    let total = Measure::new(5_959, 70_408_570);
    let delegates = Measure::new(3_954, 37_182_766);
    let strict = decide(&requirement, &all_against(total, delegates, delegates)).unwrap();
    assert_eq!(strict.by_heads.quorum_needed, Some(3_973));
    assert_eq!((strict.by_heads.quorum, strict.quorum, strict.passed), (false, false, Some(false)));
    let with_silent = Measure::new(5_297, 63_388_836);
    assert_eq!(
        decide(&requirement, &all_against(total, with_silent, with_silent)).unwrap().passed,
        Some(true)
    );
}

#[test]
fn r8_the_least_that_makes_a_quorum() {
    for (heads, area, least_heads, least_area) in [
        (355, 3_660_905, 237, 2_440_604),
        (280, 2_483_857, 187, 1_655_905),
        (53, 536_963, 36, 357_976),
        (150, 1_448_249, 100, 965_500),
        (25, 301_125, 17, 200_750),
        (16, 308_656, 11, 205_771),
        (144, 1_276_976, 96, 851_318),
    ] {
        let zero = Measure::ZERO;
        let total = Measure::new(heads, area);
        let reading = decide(&now(Matter::UseFund), &all_against(total, zero, zero)).unwrap();
        assert_eq!(reading.by_heads.quorum_needed, Some(least_heads));
        assert_eq!(reading.by_area.unwrap().quorum_needed, Some(least_area));
        // From nobody, whoever makes the quorum makes the majority.
        let least = Missing { heads: Some(least_heads), area: Some(Area(least_area)) };
        assert_eq!(reading.missing, Some(least));
    }
}

// The core.

#[test]
fn nobody_has_no_quorum() {
    let zero = Measure::ZERO;
    for matter in Matter::ALL {
        for requirement in [now(matter), before(matter)] {
            for total in [Measure::ZERO, Measure::new(3, 0), Measure::new(0, 3)] {
                let reading = decide(&requirement, &all_against(total, zero, zero)).unwrap();
                assert_eq!(
                    (reading.quorum, reading.passed),
                    (false, Some(false)),
                    "{requirement:?} {total:?}"
                );
            }
            let nobody = decide(&requirement, &all_against(zero, zero, zero)).unwrap();
            assert_eq!(nobody.missing, Some(Missing { heads: None, area: None }));
        }
    }
}

#[test]
fn the_old_law_counts_all_owners() {
    // 150 of 300 are not more than half of all; 151 are.
    let old = |matter, yes| reading(before(matter), (300, 30_000), (200, 20_000), yes);
    assert_eq!(old(Matter::HireManager, (150, 15_001)).passed, Some(false));
    assert_eq!(old(Matter::HireManager, (151, 15_001)).passed, Some(true));
    assert_eq!(old(Matter::ChangeUse, (151, 15_001)).passed, Some(true));
    // Two thirds of all, exactly, for using the fund, raising it and rebuilding.
    for matter in [Matter::UseFund, Matter::RaiseFund, Matter::Rebuild] {
        assert_eq!(old(matter, (199, 20_000)).passed, Some(false));
        assert_eq!(old(matter, (200, 20_000)).passed, Some(true));
        let missing = Missing { heads: Some(1), area: Some(Area(0)) };
        assert_eq!(old(matter, (199, 20_000)).missing, Some(missing));
    }
}

#[test]
fn what_is_missing_follows_the_formulas() {
    // T 300, p 150, y 60: the quorum lacks 50; ordinary 150 − 120 + 1 = 31; special 450 − 240 = 210.
    let ordinary = reading(now(Matter::Covenant), (300, 300), (150, 150), (60, 60));
    assert_eq!(ordinary.missing, Some(Missing { heads: Some(50), area: Some(Area(5_000)) }));
    let special = reading(now(Matter::Rebuild), (300, 300), (150, 150), (60, 60));
    assert_eq!(special.missing, Some(Missing { heads: None, area: None }));
    let special = reading(now(Matter::Rebuild), (300, 300), (150, 150), (90, 75));
    assert_eq!(special.missing, Some(Missing { heads: Some(90), area: Some(Area(15_000)) }));
    // Passed already.
    let passed = reading(now(Matter::Covenant), (300, 300), (200, 200), (101, 101));
    assert_eq!(passed.missing, Some(Missing { heads: Some(0), area: Some(Area(0)) }));
}

#[test]
fn sums_that_cannot_be_true_are_refused() {
    let of = |heads| Measure::new(heads, heads);
    let sums = all_against(of(10), of(10), of(5));
    let requirement = now(Matter::Other);
    let refusal = |sums: Sums| decide(&requirement, &sums).unwrap_err();
    assert_eq!(refusal(Sums { abstain: of(1), ..sums }), Miscount::MoreChoicesThanPart);
    assert_eq!(refusal(Sums { void: of(1), ..sums }), Miscount::MorePartThanAll);
    assert_eq!(refusal(Sums { total: of(9), ..sums }), Miscount::MorePartThanAll);
    assert_eq!(refusal(Sums { total: Measure::new(10, 9), ..sums }), Miscount::MorePartThanAll);
}

// Who counts.

#[test]
fn a_file_counts_as_the_issue_prints_it() {
    let poll = Poll::parse(ROOF).unwrap();
    let outcome = count(&poll, &Rules::default(), day("2026-11-24")).unwrap();
    let printed = serde_json::to_string(&outcome).unwrap();
    let expected = concat!(
        r#"{"total":{"heads":6,"area":"629.00"},"#,
        r#""strict":{"took_part":{"heads":4,"area":"375.21"},"for":{"heads":2,"area":"179.00"},"#,
        r#""against":{"heads":1,"area":"120.00"},"abstain":{"heads":0,"area":"0.00"},"#,
        r#""quorum":false,"passed":false,"missing":{"heads":1,"area":"44.13"}},"#,
        r#""served_takes_part":{"took_part":{"heads":6,"area":"629.00"},"for":{"heads":2,"area":"179.00"},"#,
        r#""against":{"heads":1,"area":"120.00"},"abstain":{"heads":0,"area":"0.00"},"#,
        r#""quorum":true,"passed":false,"missing":null},"#,
        r#""silence_follows_majority":{"took_part":{"heads":6,"area":"629.00"},"#,
        r#""for":{"heads":3,"area":"331.42"},"against":{"heads":1,"area":"120.00"},"#,
        r#""abstain":{"heads":0,"area":"0.00"},"quorum":true,"passed":false,"missing":null},"#,
        r#""conflicts":["o4"],"invalid":["o6","o7","o9"],"#,
        r#""warnings":["served_repeated:o5","served_unknown:o7","served_unknown:o8"],"#,
        r#""article":"《民法典》第278条第一款第（五）项 (Civil Code, art. 278, item 5)"}"#,
    );
    assert_eq!(printed, expected);
}

#[test]
fn the_day_it_was_decided_on_chooses_the_law_and_today_stands_in() {
    let poll = Poll::parse(LIFT).unwrap();
    assert_eq!(poll.decided_on, None);
    let on = |date| count(&poll, &Rules::default(), day(date)).unwrap();
    let new = on("2021-01-01");
    assert!(new.article.contains("民法典") && new.article.contains("278"));
    assert_eq!((new.strict.passed, new.warnings), (Some(true), vec![]));
    let old = on("2020-12-31");
    assert!(old.article.contains("物权法") && old.article.contains("76"));
    assert_eq!(old.warnings, []);
    assert_eq!(on("2007-09-30").warnings, [Warning::BeforePropertyLaw]);
    assert_eq!(on("2007-10-01").warnings, []);
}

#[test]
fn co_owners_are_one_head() {
    let outcome = File::new("other").flats(&["o1+o2", "o3"]).ballot("o1+o2", "for").count();
    assert_eq!((outcome.total.heads, outcome.strict.in_favour.heads), (2, 1));
    // One of them alone is not the joint party.
    let outcome = File::new("other").flats(&["o1+o2", "o3"]).ballot("o1", "for").count();
    assert_eq!((outcome.strict.took_part.heads, outcome.invalid), (0, vec!["o1".to_owned()]));
}

#[test]
fn equal_ballots_count_once_and_different_ones_in_no_choice() {
    let file = File::new("other").flats(&["o1", "o2", "o3"]);
    let file = file.ballot("o1", "for").proxy("o1", "for", "o3").ballot("o1", "for");
    let file = file.ballot("o2", "for").ballot("o2", "abstain").ballot("o2", "for");
    let outcome = file.count();
    assert_eq!(outcome.strict.took_part.heads, 2);
    assert_eq!((outcome.strict.in_favour.heads, outcome.strict.abstain.heads), (1, 0));
    assert_eq!((outcome.conflicts, outcome.invalid), (vec!["o2".to_owned()], vec![]));
}

#[test]
fn an_invalid_ballot_takes_no_part_unless_the_rules_say_so() {
    let file = File::new("other").flats(&["o1", "o2", "o3"]).ballot("o1", "for").ballot("o2", "invalid");
    let outcome = file.count();
    assert_eq!((outcome.strict.took_part.heads, outcome.invalid.as_slice()), (1, &["o2".to_owned()][..]));
    // Who returned an invalid ballot has returned: one owner is left.
    assert_eq!(outcome.strict.by_heads.outstanding, 1);
    let rules = Rules { invalid: Invalid::TakesPart, ..Rules::default() };
    let outcome = file.count_by(&rules);
    assert_eq!((outcome.strict.took_part.heads, outcome.invalid.len()), (2, 1));
    assert_eq!(outcome.strict.in_favour.heads, 1);

    // Served, it took part in the readings of the clauses, and is not silent.
    let outcome = file.served("o2").served("o3").count();
    assert_eq!(outcome.served_takes_part.took_part.heads, 3);
    assert_eq!(outcome.silence_follows_majority.in_favour.heads, 2);
}

#[test]
fn who_owns_nothing_in_scope_counts_nowhere() {
    let file = File::new("other").flats(&["o1"]).unit("o2", "20.00", "garage");
    let file = file.ballot("o2", "against").ballot("ghost", "against").served("o2").served("ghost");
    let outcome = file.count();
    assert_eq!(outcome.total, Measure::new(1, 10_000));
    for reading in [outcome.strict, outcome.served_takes_part, outcome.silence_follows_majority] {
        assert_eq!((reading.took_part, reading.against), (Measure::ZERO, Measure::ZERO));
    }
    assert_eq!(outcome.invalid, ["ghost", "o2"]);
    let unknown = ["ghost", "o2"].map(|owner| Warning::ServedUnknown(owner.to_owned()));
    assert_eq!(outcome.warnings, unknown);
}

#[test]
fn an_agent_has_no_cap_unless_the_rules_set_one() {
    let file = File::new("other").flats(&["o1", "o2", "o3", "o4"]);
    let file = file.proxy("o1", "for", "a").proxy("o2", "for", "a").proxy("o3", "against", "b");
    // The same owner twice, and a stranger, are no more owners.
    let file = file.proxy("o3", "against", "b").proxy("stranger", "for", "b");
    assert_eq!(file.count().strict.took_part.heads, 3);
    let capped = |cap| file.count_by(&Rules { owners_per_agent: Some(cap), ..Rules::default() });
    assert_eq!((capped(2).strict.took_part.heads, capped(2).warnings), (3, vec![]));
    let outcome = capped(1);
    assert_eq!((outcome.strict.took_part.heads, outcome.strict.in_favour.heads), (1, 0));
    assert_eq!(outcome.invalid, ["o1", "o2", "stranger"]);
    assert_eq!(outcome.warnings, [Warning::ProxyCap("a".to_owned())]);
}

#[test]
fn served_twice_is_served_once() {
    let file = File::new("other").flats(&["o1", "o2"]).served("o1").served("o1").served("o1");
    let outcome = file.count();
    assert_eq!(outcome.served_takes_part.took_part.heads, 1);
    assert_eq!(outcome.warnings, [Warning::ServedRepeated("o1".to_owned())]);
    assert_eq!(outcome.warnings[0].to_string(), "served_repeated:o1");
}

#[test]
fn silence_follows_neither_of_two_equals() {
    let file = File::new("other").flats(&["o1", "o2", "o3"]).ballot("o1", "for").ballot("o2", "against");
    let reading = file.served("o3").count().silence_follows_majority;
    assert_eq!(reading.took_part.heads, 3);
    assert_eq!((reading.in_favour.heads, reading.against.heads), (1, 1));
    // Nobody returned anything: nothing to follow.
    let reading = File::new("other").flats(&["o1"]).served("o1").count().silence_follows_majority;
    assert_eq!((reading.took_part.heads, reading.in_favour.heads, reading.against.heads), (1, 0, 0));
}

#[test]
fn silence_follows_heads_and_warns_where_the_area_points_the_other_way() {
    let file = File::new("other").flats(&["o1", "o2", "o3"]).unit("big", "900", "dwelling");
    let file = file.ballot("o1", "against").ballot("o2", "against").ballot("big", "for").served("o3");
    let outcome = file.count();
    assert_eq!(outcome.silence_follows_majority.against, Measure::new(3, 30_000));
    assert_eq!(outcome.warnings, [Warning::MajoritySplit]);
    assert_eq!(serde_json::to_value(&outcome.warnings).unwrap(), json!(["majority_split"]));
    // Equal areas do not point the other way.
    let file = File::new("other").flats(&["o1", "o2"]).unit("big", "200", "dwelling");
    let outcome = file.ballot("o1", "for").ballot("o2", "for").ballot("big", "against").count();
    assert_eq!(outcome.warnings, []);
}

#[test]
fn without_an_area_a_file_is_not_certified() {
    let file = File::new("other").flats(&["o1", "o2"]).ballot("o1", "for").ballot("o2", "for");
    let file = file.push("units", json!({"id": "x", "owner": "o3", "kind": "dwelling"}));
    let outcome = file.clone().count();
    assert_eq!(outcome.total, Measure::heads(3));
    assert_eq!(outcome.warnings, [Warning::AreaMissing("x".to_owned())]);
    let printed = serde_json::to_value(&outcome).unwrap();
    assert_eq!(printed["total"], json!({"heads": 3, "area": null}));
    assert_eq!(printed["strict"]["for"], json!({"heads": 2, "area": "200.00"}));
    assert_eq!(printed["strict"]["passed"], Value::Null);
    assert_eq!(printed["strict"]["quorum"], json!(false));
    assert_eq!(printed["strict"]["missing"], json!({"heads": 0, "area": null}));
    assert!(explain(&outcome).iter().any(|sentence| sentence.zh.contains("不能认定")));
    // Out of scope it is not asked for.
    let mut other = file;
    other.0["units"][2]["kind"] = json!("garage");
    assert_eq!(other.count().strict.passed, Some(true));
}

// Explanations.

#[test]
fn an_explanation_has_the_numbers_that_decided() {
    let mut file = owners(0, 201).fold(File::new("use_fund"), |file, owner| file.flats(&[&owner]));
    file = owners(0, 132).fold(file, |file, owner| file.ballot(&owner, "for"));
    let sentences = explain(&file.count());
    let expected = [
        Sentence::new(
            "依据《民法典》第278条第一款第（五）项：须有人数和面积均占三分之二以上的业主参与表决，\
             并须经参与表决业主人数和面积均过半数同意。",
            "By Civil Code, art. 278, item 5: at least two thirds of all owners must take part and more than \
             half of those taking part must agree, by heads and by area alike.",
        ),
        Sentence::new(
            "只计交回的票：201 名业主中 132 人参与表决，需 134 人：人数未达三分之二。",
            "Returned ballots only: 132 of 201 heads took part, 134 needed: two thirds not reached.",
        ),
        Sentence::new(
            "只计交回的票：专有部分 20100.00 平方米中 13200.00 平方米参与表决，需 13400.00 平方米：\
             面积未达三分之二。",
            "Returned ballots only: 13200.00 m² of 20100.00 m² took part, 13400.00 m² needed: two thirds not \
             reached.",
        ),
        Sentence::new(
            "只计交回的票：参与表决的业主不足，不通过。",
            "Returned ballots only: too few took part: not passed.",
        ),
        Sentence::new(
            "只计交回的票：按人数至少还需 2 人同意（尚有 69 人未交回表决票）。",
            "Returned ballots only: at least 2 heads more in favour would be needed, of 69 heads not yet \
             returned.",
        ),
        Sentence::new(
            "只计交回的票：按面积至少还需 200.00 平方米同意（尚有 6900.00 平方米未交回表决票）。",
            "Returned ballots only: at least 200.00 m² more in favour would be needed, of 6900.00 m² not yet \
             returned.",
        ),
    ];
    assert_eq!(sentences[..expected.len()], expected);

    let sentences =
        explain(&count(&Poll::parse(LIFT).unwrap(), &Rules::default(), day("2026-05-01")).unwrap());
    let zh: Vec<&str> = sentences.iter().map(|sentence| sentence.zh.as_str()).collect();
    assert_eq!(
        zh[3..6],
        [
            "只计交回的票：参与表决的 4 人中 4 人同意，需 3 人：人数已达四分之三。",
            "只计交回的票：参与表决的 1030.00 平方米中 1030.00 平方米同意，需 772.50 平方米：面积已达四分之三。",
            "只计交回的票：通过。",
        ]
    );
    let old = explain(&count(&Poll::parse(LIFT).unwrap(), &Rules::default(), day("2015-05-01")).unwrap());
    assert_eq!(old[1].zh, "只计交回的票：全体 4 名业主中 4 人同意，需 3 人：人数已达三分之二。");
    assert_eq!(
        old[1].en,
        "Returned ballots only: 4 of all 4 heads were in favour, 3 needed: two thirds reached."
    );
}

#[test]
fn an_explanation_of_nobody_says_so() {
    let sentences = explain(&File::new("other").count());
    assert!(sentences.iter().any(|sentence| sentence.zh == "只计交回的票：范围内没有业主，不通过。"));
}

// Files that are not what they should be.

fn broken(text: &str) -> (usize, usize, String, String) {
    let error = Poll::parse(text).unwrap_err();
    (error.line, error.column, error.expected.en, error.found)
}

/// The roof's file with one text replaced: the error is where `place` starts, on a line.
#[track_caller]
fn spoiled(good: &str, bad: &str, (line, place): (usize, &str), expected: &str) {
    assert!(ROOF.contains(good));
    let text = ROOF.replacen(good, bad, 1);
    let on_line = text.lines().nth(line - 1).unwrap();
    let before = &on_line[..on_line.find(place).unwrap()];
    let (at_line, at_column, en, _) = broken(&text);
    assert_eq!((at_line, at_column), (line, before.chars().count() + 1), "expected {en}");
    assert!(en.contains(expected), "{en}");
}

#[test]
fn a_wrong_file_is_an_error_with_its_place() {
    spoiled("use_fund", "use_funds", (2, "\"use_funds"), "one of assembly_rules, covenant,");
    spoiled("2026-05-01", "2026-02-30", (3, "\"2026"), "a date");
    for area in ["\"89.505\"", "\"0.00\"", "\"-1\"", "\"1e3\"", "89.50", "null", "[]"] {
        spoiled("\"89.50\"", area, (5, area), "an area: in quotes, above zero, at most two decimals");
    }
    spoiled("1-102", "1-101", (6, "\"1-101"), "not yet listed");
    spoiled("车位-2", "车位-1", (13, "\"车位-1"), "not yet listed");
    spoiled(r#""kind": "garage"},"#, r#""type": "garage"},"#, (12, "\"type"), "one of the fields id, area,");
    spoiled(r#""owner": "o3", "#, "", (7, "}"), "the field \"owner\"");
    spoiled(r#""owner": "o3", "#, r#""kind": "x", "owner": "o3", "#, (7, "\"kind\": \"dw"), "only once");
    spoiled(r#""owner": "o3", "#, r#""owner": "", "#, (7, "\"\""), "the id of an owner");
    spoiled("against", "no", (20, "\"no"), "one of for, against, abstain, invalid");
    spoiled("hand", "fax", (20, "\"fax"), "one of paper, online, hand, proxy");
    spoiled(r#", "agent": "o1"}"#, "}", (19, "}"), "the field \"agent\"");
    spoiled(r#""hand"}"#, r#""hand", "agent": "o1"}"#, (20, "\"o1\""), "no agent");
    spoiled(r#", "o8"]"#, r#", "o8",]"#, (27, "]"), "the id of an owner");
    spoiled(r#", "o8"]"#, r#" "o8"]"#, (27, "\"o8"), "`,` or `]`");
    spoiled(r#"["dwelling"]"#, r#""dwelling""#, (15, "\"dwelling"), "a list");
    spoiled(r#""o8"]"#, r#""\x"]"#, (27, r#""\x"#), "escapes");
    spoiled(r#""scope":"#, r#""scope""#, (15, "["), "`:`");
    spoiled("\"scope\"", "scope", (15, "scope"), "the name of a field");

    let found = |good: &str, bad: &str| broken(&ROOF.replacen(good, bad, 1)).3;
    assert_eq!(found("\"89.50\"", "\"89.505\""), "\"89.505\"");
    assert_eq!(found("\"89.50\"", "-89.50e1"), "\"-89.50e1\"");
    assert_eq!(found("against", "no"), "\"no\"");
    // The quote that ends the text is missing: the line ends instead.
    let (line, column, _, found) = broken(&ROOF.replacen("\"o8\"]", "\"o8]", 1));
    assert_eq!((line, column, found.as_str()), (27, 54, "\"\\n\""));
}

#[test]
fn a_file_cut_short_or_too_long_is_an_error() {
    assert_eq!(broken(""), (1, 1, "`{`, a poll".to_owned(), "nothing".to_owned()));
    assert_eq!(broken("[]").3, "\"[\"");
    assert_eq!(broken("{}"), (1, 2, "the field \"matter\"".to_owned(), "\"}\"".to_owned()));
    let (line, column, expected, found) = broken(&format!("{ROOF}\n  {ROOF}"));
    assert_eq!((line, column, expected.as_str(), found.as_str()), (30, 3, "the end of the file", "\"{\""));
    let whole = ROOF.trim_end();
    for (cut, _) in whole.char_indices() {
        let error = Poll::parse(&whole[..cut]).unwrap_err();
        assert!(error.line <= 28 && error.column <= 90, "{error}");
    }
    // Windows line ends and a byte order mark are fine.
    assert_eq!(Poll::parse(&format!("\u{feff}{}", ROOF.replace('\n', "\r\n"))), Poll::parse(ROOF));
}

#[test]
fn areas_beyond_counting_are_an_error() {
    let file = File::new("other").unit("o1", "184467440737095516.15", "dwelling");
    assert!(Poll::parse(&file.0.to_string()).is_ok());
    let outcome = file.count();
    assert_eq!(outcome.total.area, Some(Area(u64::MAX)));
    assert!(!explain(&outcome).is_empty());
    let text = file.unit("o2", "0.01", "garage").0.to_string();
    let (line, _, expected, found) = broken(&text);
    assert_eq!((line, found.as_str()), (1, "\"0.01\""));
    assert_eq!(expected, "areas that make at most 184467440737095516.15 m² together");
    assert!(broken(&text.replace("184467440737095516.15", "184467440737095516.16")).2.contains("an area"));

    // Made by hand, it is refused while counting.
    let mut poll = Poll::parse(ROOF).unwrap();
    poll.units[0].area = Some(Area(u64::MAX));
    assert_eq!(count(&poll, &Rules::default(), day("2026-05-01")), Err(Miscount::TooLarge));
}

#[test]
fn ten_thousand_owners_are_read_and_counted_at_once() {
    let list = |of: &dyn Fn(usize) -> String| (0..10_000).map(of).collect::<Vec<_>>().join(",\n");
    let text = format!(
        r#"{{"matter":"other","units":[{}],"scope":["dwelling"],"ballots":[{}],"served":[{}]}}"#,
        list(&|n| format!(r#"{{"id":"u{n}","area":"100","owner":"o{n}","kind":"dwelling"}}"#)),
        list(&|n| format!(r#"{{"owner":"o{n}","choice":"for","channel":"paper"}}"#)),
        list(&|n| format!(r#""o{n}""#)),
    );
    let started = std::time::Instant::now();
    let outcome = count(&Poll::parse(&text).unwrap(), &Rules::default(), day("2026-05-01")).unwrap();
    assert_eq!(outcome.strict.in_favour.heads, 10_000);
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
}
