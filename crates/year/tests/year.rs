//! Fifty communities and a hundred thousand matters, a year of each, over the domain alone.
#![allow(clippy::unwrap_used)]

use std::thread;
use yishi_kernel::Moment;
use yishi_year::{Deed, Memory, Tally, Year};

/// 4 May 2026, 9:00 in China.
const START: Moment = Moment(1_777_856_400_000_000);
const COMMUNITIES: u64 = 50;
const MATTERS: u64 = 2_000;

/// Entries and lateness that a year must have seen, each often: else its laws were asked of nothing.
const HAPPENS: &[&str] = &[
    "matter.sent_up.1",
    "matter.absorbed.1",
    "matter.released.1",
    "matter.passed_on.1",
    "matter.reopened.1",
    "matter.withdrawn.1",
    "matter.taken_up.1",
    "matter.let_go.1",
    "order.blown.1",
    "order.declined.1",
    "order.ruled.1",
    "order.returned.1",
    "order.withdrawn.1",
    "danger.went_up.1",
    "danger.failed.1",
    "danger.upheld.1",
    "danger.cleared.1",
    "danger.lifted.1",
    "gathering.recorded.1",
    "gathering.called_off.1",
    "late: step/triage",
    "late: step/answer",
    "late: step/close",
    "late: order-step/blow",
    "late: order-step/report_in",
    "late: order-step/finish",
    "late: order-step/rule",
    "late: order-step/accept",
    "late: danger-step/see",
    "late: danger-step/press",
    "late: danger-step/protect",
    "late: danger-step/confirm",
    "late: danger-step/look",
    "late: danger-step/agree",
    "late: topic-step/call",
    "late: gathering-step/record",
    "reopened after it was closed",
    "left their post",
];

/// One community's year.
fn year(seed: u64) -> Tally {
    let (town, cast) = Memory::new();
    Year::new(town, cast, START, seed, MATTERS).ends().1
}

#[test]
fn a_hundred_thousand_matters_break_no_law_in_a_year() {
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let each = |nth| {
        thread::spawn(move || {
            let seeds = (0..COMMUNITIES).filter(|seed| seed % threads == nth);
            seeds.map(year).fold(Tally::default(), |all, one| all.and(&one))
        })
    };
    let all: Vec<_> = (0..threads).map(each).collect();
    let all = all.into_iter().map(|one| one.join().unwrap());
    let tally = all.fold(Tally::default(), |all, one| all.and(&one));
    println!("{tally}");
    assert!(tally.of("matter.raised.1") >= COMMUNITIES * MATTERS);
    let never = |what: &&&str| tally.of(what) < COMMUNITIES / 5;
    let missing: Vec<_> = Deed::NAMES.iter().chain(HAPPENS).filter(never).collect();
    assert!(missing.is_empty(), "hardly ever happened: {missing:?}");
}

/// The same seed makes the same year, another one another.
#[test]
fn a_year_comes_again_as_it_was() {
    let of = |seed| {
        let (town, cast) = Memory::new();
        Year::new(town, cast, START, seed, 60).ends().1
    };
    assert_eq!(of(7), of(7));
    assert_ne!(of(7), of(8));
}
