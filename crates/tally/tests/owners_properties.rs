//! The owners' joint decision on anything: against a count of its own kind that is slow and plain,
//! under reordering and repetition, and at exact thresholds.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use num_bigint::BigInt;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use std::collections::{BTreeMap, BTreeSet};
use yishi_tally::Ratio;
use yishi_tally::owners::{
    Area, Ballot, Base, Channel, Choice, Date, Invalid, Matter, Measure, Missing, Outcome, Pack, Poll,
    Reading, Requirement, Rules, Share, Sums, Unit, Warning, count, decide,
};

const CHOICES: [Choice; 4] = [Choice::For, Choice::Against, Choice::Abstain, Choice::Invalid];

fn today() -> Date {
    Date::new(2026, 5, 1).unwrap()
}

fn counted(poll: &Poll, rules: &Rules) -> Outcome {
    count(poll, rules, today()).unwrap()
}

fn owner() -> impl Strategy<Value = String> {
    (0..8_u8).prop_map(|number| format!("o{number}"))
}

fn kind() -> impl Strategy<Value = String> {
    select(vec!["dwelling", "dwelling", "dwelling", "garage"]).prop_map(str::to_owned)
}

/// Small areas, so that a plain search finds what is missing.
fn units() -> impl Strategy<Value = Vec<Unit>> {
    let unit = (proptest::option::weighted(0.97, 1..40_u64), owner(), kind());
    prop::collection::vec(unit, 0..12).prop_map(|units| {
        let numbered = units.into_iter().enumerate();
        numbered
            .map(|(at, (area, owner, kind))| Unit { id: format!("u{at}"), area: area.map(Area), owner, kind })
            .collect()
    })
}

fn ballot() -> impl Strategy<Value = Ballot> {
    let channel = prop_oneof![
        Just(Channel::Paper),
        Just(Channel::Online),
        Just(Channel::Hand),
        select(vec!["a0", "a1"]).prop_map(|agent| Channel::Proxy { agent: agent.to_owned() }),
    ];
    (owner(), select(CHOICES.to_vec()), channel).prop_map(|(owner, choice, channel)| Ballot {
        owner,
        choice,
        channel,
    })
}

fn poll() -> impl Strategy<Value = Poll> {
    (
        select(Matter::ALL.to_vec()),
        select(vec![None, Date::new(2015, 1, 1), Date::new(2024, 2, 29)]),
        units(),
        subsequence(vec!["dwelling".to_owned(), "garage".to_owned()], 0..=2),
        prop::collection::vec(ballot(), 0..12),
        prop::collection::vec(owner(), 0..8),
    )
        .prop_map(|(matter, decided_on, units, scope, ballots, served)| Poll {
            matter,
            decided_on,
            units,
            scope,
            ballots,
            served,
        })
}

fn rules() -> impl Strategy<Value = Rules> {
    let cap = select(vec![None, None, Some(0), Some(1), Some(2)]);
    (cap, select(vec![Invalid::TakesNoPart, Invalid::TakesPart]))
        .prop_map(|(owners_per_agent, invalid)| Rules { owners_per_agent, invalid })
}

/// The same count, owner by owner, as plainly as can be.
mod plain {
    use super::*;

    /// Who is in which group under a reading.
    #[derive(Default)]
    pub struct Groups {
        pub took_part: BTreeSet<String>,
        pub in_favour: BTreeSet<String>,
        pub against: BTreeSet<String>,
        pub abstain: BTreeSet<String>,
    }

    pub struct Plain {
        pub areas: BTreeMap<String, Option<u64>>,
        pub readings: [Groups; 3],
        pub conflicts: BTreeSet<String>,
        pub invalid: BTreeSet<String>,
        pub silent: BTreeSet<String>,
    }

    pub fn plain(poll: &Poll, rules: &Rules) -> Plain {
        let in_scope: Vec<&Unit> = poll.units.iter().filter(|unit| poll.scope.contains(&unit.kind)).collect();
        let areas: BTreeMap<String, Option<u64>> = in_scope
            .iter()
            .map(|unit| {
                let of_owner = in_scope.iter().filter(|other| other.owner == unit.owner);
                (unit.owner.clone(), of_owner.map(|unit| unit.area.map(|area| area.0)).sum())
            })
            .collect();
        let represented = |agent: &String| {
            let theirs = poll.ballots.iter().filter(|ballot| {
                matches!(&ballot.channel, Channel::Proxy { agent: other } if other == agent)
                    && areas.contains_key(&ballot.owner)
            });
            theirs.map(|ballot| &ballot.owner).collect::<BTreeSet<_>>().len()
        };
        let choice = |ballot: &Ballot| match (&ballot.channel, rules.owners_per_agent) {
            (Channel::Proxy { agent }, Some(cap)) if represented(agent) > cap as usize => Choice::Invalid,
            _ => ballot.choice,
        };
        let of = |owner: &String| {
            let theirs = poll.ballots.iter().filter(|ballot| ballot.owner == *owner);
            theirs.map(|ballot| format!("{:?}", choice(ballot))).collect::<BTreeSet<_>>()
        };
        let only = |wanted: &str| -> BTreeSet<String> {
            areas.keys().filter(|owner| of(owner) == [wanted.to_owned()].into()).cloned().collect()
        };
        let conflicts: BTreeSet<String> = areas.keys().filter(|owner| of(owner).len() > 1).cloned().collect();
        let silent: BTreeSet<String> = areas.keys().filter(|owner| of(owner).is_empty()).cloned().collect();
        let strangers = poll.ballots.iter().map(|ballot| &ballot.owner).filter(|o| !areas.contains_key(*o));
        let void = only("Invalid");
        let invalid = void.iter().chain(strangers).cloned().collect();

        let strict = || {
            let (in_favour, against, abstain) = (only("For"), only("Against"), only("Abstain"));
            let takes_part = if rules.invalid == Invalid::TakesPart { void.clone() } else { BTreeSet::new() };
            let sets = [&in_favour, &against, &abstain, &conflicts, &takes_part];
            let took_part = sets.into_iter().flatten().cloned().collect();
            Groups { took_part, in_favour, against, abstain }
        };
        let reached: BTreeSet<String> =
            poll.served.iter().filter(|owner| areas.contains_key(*owner)).cloned().collect();
        let mut served = strict();
        served.took_part.extend(reached.iter().cloned());
        let mut following = strict();
        following.took_part.extend(reached.iter().cloned());
        let followers = reached.intersection(&silent).cloned();
        let (yes, no) = (following.in_favour.len(), following.against.len());
        if yes > no {
            following.in_favour.extend(followers);
        } else if no > yes {
            following.against.extend(followers);
        }
        let readings = [strict(), served, following];
        Plain { areas: areas.clone(), readings, conflicts: conflicts.clone(), invalid, silent }
    }

    pub fn measure(plain: &Plain, owners: &BTreeSet<String>) -> Measure {
        let area: Option<u64> = owners.iter().map(|owner| plain.areas[owner]).sum();
        Measure { heads: owners.len() as u64, area: area.map(Area) }
    }

    fn share(part: u64, whole: u64) -> Option<Ratio> {
        (whole > 0).then(|| Ratio::new(BigInt::from(part), BigInt::from(whole)))
    }

    fn has(wanted: Share, part: u64, whole: u64) -> bool {
        let fraction = |a: i32, b: i32| Ratio::new(a.into(), b.into());
        share(part, whole).is_some_and(|share| match wanted {
            Share::MoreThanHalf => share > fraction(1, 2),
            Share::TwoThirds => share >= fraction(2, 3),
            Share::ThreeQuarters => share >= fraction(3, 4),
        })
    }

    /// Quorum and majority, of heads or of area.
    pub fn side(requirement: &Requirement, total: u64, took_part: u64, in_favour: u64) -> (bool, bool) {
        let quorum = total > 0 && requirement.quorum.is_none_or(|share| has(share, took_part, total));
        let whole = if requirement.base == Base::AllOwners { total } else { took_part };
        (quorum, has(requirement.majority, in_favour, whole))
    }

    /// The least number of further votes in favour, by trying.
    pub fn missing(
        requirement: &Requirement,
        total: u64,
        took_part: u64,
        in_favour: u64,
        left: u64,
    ) -> Option<u64> {
        (0..=left).find(|more| side(requirement, total, took_part + more, in_favour + more) == (true, true))
    }
}

fn same_as_plain(poll: &Poll, rules: &Rules) {
    let outcome = counted(poll, rules);
    let plain = plain::plain(poll, rules);
    let requirement = Pack::on(poll.decided_on.unwrap_or(today())).requirement(poll.matter);
    assert_eq!(outcome.requirement, requirement);
    assert_eq!(outcome.conflicts, plain.conflicts.iter().cloned().collect::<Vec<_>>());
    assert_eq!(outcome.invalid, plain.invalid.iter().cloned().collect::<Vec<_>>());
    let everybody: BTreeSet<String> = plain.areas.keys().cloned().collect();
    let total = plain::measure(&plain, &everybody);
    assert_eq!(outcome.total, total);
    let readings = [&outcome.strict, &outcome.served_takes_part, &outcome.silence_follows_majority];
    for (reading, groups) in readings.into_iter().zip(&plain.readings) {
        assert_eq!(reading.took_part, plain::measure(&plain, &groups.took_part));
        assert_eq!(reading.in_favour, plain::measure(&plain, &groups.in_favour));
        assert_eq!(reading.against, plain::measure(&plain, &groups.against));
        assert_eq!(reading.abstain, plain::measure(&plain, &groups.abstain));
        let (heads_quorum, heads_majority) =
            plain::side(&requirement, total.heads, reading.took_part.heads, reading.in_favour.heads);
        let Some(Area(area)) = total.area else {
            assert_eq!((reading.quorum, reading.passed), (false, None));
            continue;
        };
        let (took_part, in_favour) = (reading.took_part.area.unwrap().0, reading.in_favour.area.unwrap().0);
        let (area_quorum, area_majority) = plain::side(&requirement, area, took_part, in_favour);
        let quorum = heads_quorum && area_quorum;
        assert_eq!(reading.quorum, quorum);
        assert_eq!(reading.passed, Some(quorum && heads_majority && area_majority));
    }
    let left = plain::measure(&plain, &plain.silent);
    let strict = &outcome.strict;
    let heads =
        plain::missing(&requirement, total.heads, strict.took_part.heads, strict.in_favour.heads, left.heads);
    let area = total.area.and_then(|total| {
        let (Area(took_part), Area(in_favour), Area(left)) =
            (strict.took_part.area?, strict.in_favour.area?, left.area?);
        plain::missing(&requirement, total.0, took_part, in_favour, left)
    });
    assert_eq!(strict.missing, Some(Missing { heads, area: area.map(Area) }));
    assert_eq!(outcome.served_takes_part.missing, None);
    assert_eq!(outcome.silence_follows_majority.missing, None);
}

/// The file of a poll.
fn written(poll: &Poll) -> String {
    use serde_json::{Value, json};
    let units: Vec<Value> = poll
        .units
        .iter()
        .map(|unit| {
            let mut object = json!({"id": unit.id, "owner": unit.owner, "kind": unit.kind});
            if let Some(area) = unit.area {
                object["area"] = json!(area.to_string());
            }
            object
        })
        .collect();
    let ballots: Vec<Value> = poll
        .ballots
        .iter()
        .map(|ballot| {
            let choice = format!("{:?}", ballot.choice).to_lowercase();
            let mut object = json!({"owner": ballot.owner, "choice": choice});
            match &ballot.channel {
                Channel::Proxy { agent } => {
                    object["channel"] = json!("proxy");
                    object["agent"] = json!(agent);
                }
                other => object["channel"] = json!(format!("{other:?}").to_lowercase()),
            }
            object
        })
        .collect();
    let mut file = json!({
        "matter": poll.matter.word(), "units": units, "scope": poll.scope, "ballots": ballots,
        "served": poll.served,
    });
    if let Some(date) = poll.decided_on {
        file["decided_on"] = json!(date.to_string());
    }
    serde_json::to_string_pretty(&file).unwrap()
}

/// A reading against fractions of any size, and `missing` against its formula.
fn exact(requirement: &Requirement, total: u64, took_part: u64, in_favour: u64) {
    let of = |amount| Measure::new(amount, amount);
    let sums = Sums {
        total: of(total),
        took_part: of(took_part),
        in_favour: of(in_favour),
        against: of(took_part - in_favour),
        abstain: of(0),
        void: of(0),
    };
    let reading: Reading = decide(requirement, &sums).unwrap();
    let (quorum, majority) = plain::side(requirement, total, took_part, in_favour);
    assert_eq!((reading.quorum, reading.passed), (quorum, Some(quorum && majority)));

    let [t, p, y] = [total, took_part, in_favour].map(BigInt::from);
    let up = |number: BigInt, by: i32| -(-number).div_floor_by(by);
    let short = match (requirement.base, requirement.majority) {
        (Base::TakingPart, Share::MoreThanHalf) => up(2 * &t - 3 * &p, 3).max(&p - 2 * &y + 1),
        (Base::TakingPart, _) => up(2 * &t - 3 * &p, 3).max(3 * &p - 4 * &y),
        (Base::AllOwners, Share::MoreThanHalf) => (&t).div_floor_by(2) + 1 - &y,
        (Base::AllOwners, _) => up(2 * &t, 3) - &y,
    };
    let short = short.max(BigInt::from(0));
    let fits = total > 0 && short <= &t - &p;
    let missing = fits.then(|| u64::try_from(short).unwrap());
    assert_eq!(reading.missing, Some(Missing { heads: missing, area: missing.map(Area) }));
}

trait Floor {
    fn div_floor_by(self, by: i32) -> BigInt;
}

impl Floor for BigInt {
    fn div_floor_by(self, by: i32) -> BigInt {
        num_integer::Integer::div_floor(&self, &BigInt::from(by))
    }
}

impl Floor for &BigInt {
    fn div_floor_by(self, by: i32) -> BigInt {
        num_integer::Integer::div_floor(self, &BigInt::from(by))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_counts_as_a_plain_count_does(poll in poll(), rules in rules()) {
        same_as_plain(&poll, &rules);
    }

    #[test]
    fn what_is_written_is_what_is_read(poll in poll()) {
        prop_assert_eq!(Poll::parse(&written(&poll)).unwrap(), poll);
    }

    #[test]
    fn order_never_matters(
        (poll, units, ballots, served, scope) in poll().prop_flat_map(|poll| {
            let shuffled = (
                Just(poll.units.clone()).prop_shuffle(),
                Just(poll.ballots.clone()).prop_shuffle(),
                Just(poll.served.clone()).prop_shuffle(),
                Just(poll.scope.clone()).prop_shuffle(),
            );
            (Just(poll), shuffled).prop_map(|(poll, (a, b, c, d))| (poll, a, b, c, d))
        }),
        rules in rules(),
    ) {
        let shuffled = Poll { units, ballots, served, scope, ..poll.clone() };
        prop_assert_eq!(counted(&shuffled, &rules), counted(&poll, &rules));
    }

    #[test]
    fn repeating_changes_nothing(poll in poll(), rules in rules(), which in any::<[Index; 3]>()) {
        let mut more = poll.clone();
        if !poll.ballots.is_empty() {
            more.ballots.extend(which.map(|at| at.get(&poll.ballots).clone()));
        }
        more.scope.extend(poll.scope.clone());
        prop_assert_eq!(counted(&more, &rules), counted(&poll, &rules));

        // A repeated service is told, and changes nothing else.
        if !poll.served.is_empty() {
            more.served.extend(which.map(|at| at.get(&poll.served).clone()));
        }
        let silent = |mut outcome: Outcome| {
            outcome.warnings.retain(|warning| !matches!(warning, Warning::ServedRepeated(_)));
            outcome
        };
        prop_assert_eq!(silent(counted(&more, &rules)), silent(counted(&poll, &rules)));
    }

    #[test]
    fn one_more_in_favour_never_turns_a_pass_into_a_fail(poll in poll(), invalid in any::<bool>()) {
        let invalid = if invalid { Invalid::TakesPart } else { Invalid::TakesNoPart };
        let rules = Rules { owners_per_agent: None, invalid };
        let before = counted(&poll, &rules);
        let passed = |outcome: &Outcome| {
            [outcome.strict, outcome.served_takes_part, outcome.silence_follows_majority]
                .map(|reading| reading.passed == Some(true))
        };
        for owner in plain::plain(&poll, &rules).silent {
            let mut more = poll.clone();
            more.ballots.push(Ballot { owner, choice: Choice::For, channel: Channel::Paper });
            let after = counted(&more, &rules);
            for (before, after) in passed(&before).into_iter().zip(passed(&after)) {
                prop_assert!(!before || after);
            }
        }
    }

    #[test]
    fn thresholds_are_exact(
        (total, took_part, in_favour) in (any::<u64>(), 0..64_u32).prop_flat_map(|(total, bits)| {
            let total = total >> bits;
            (Just(total), 0..=total)
        }).prop_flat_map(|(total, took_part)| (Just(total), Just(took_part), 0..=took_part)),
        matter in select(Matter::ALL.to_vec()),
        year in select(vec![2015, 2026]),
    ) {
        let requirement = Pack::on(Date::new(year, 1, 1).unwrap()).requirement(matter);
        exact(&requirement, total, took_part, in_favour);
        // And right at the thresholds.
        let quorum = Share::TwoThirds.needed(total).min(total);
        for took_part in [quorum.saturating_sub(1), quorum, total] {
            let whole = if requirement.base == Base::AllOwners { total } else { took_part };
            let needed = requirement.majority.needed(whole).min(took_part);
            for in_favour in [needed.saturating_sub(1), needed] {
                exact(&requirement, total, took_part, in_favour);
            }
        }
    }
}

#[test]
fn the_largest_sums_do_not_overflow() {
    for matter in Matter::ALL {
        for year in [2015, 2026] {
            let requirement = Pack::on(Date::new(year, 1, 1).unwrap()).requirement(matter);
            for in_favour in [0, 1, u64::MAX / 2, u64::MAX / 2 + 1, u64::MAX / 4 * 3, u64::MAX - 1, u64::MAX]
            {
                exact(&requirement, u64::MAX, u64::MAX, in_favour);
                exact(&requirement, u64::MAX, in_favour, in_favour);
                exact(&requirement, u64::MAX, in_favour, 0);
            }
        }
    }
}
