//! Fifty communities and a hundred thousand matters, a year of each, over the domain alone.
#![allow(clippy::unwrap_used)]

use std::thread;
use yishi_kernel::Moment;
use yishi_year::{Memory, Tally, Year};

/// 4 May 2026, 9:00 in China.
const START: Moment = Moment(1_777_856_400_000_000);
const COMMUNITIES: u64 = 50;
const MATTERS: u64 = 2_000;

/// One community's year.
fn year(seed: u64) -> Tally {
    let (town, cast) = Memory::new();
    Year::new(town, cast, START, seed, MATTERS).ends().1
}

#[test]
fn a_year_of_fifty_communities_breaks_no_law() {
    let communities: u64 = std::env::var("YEAR").ok().and_then(|n| n.parse().ok()).unwrap_or(COMMUNITIES);
    let threads = thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let each = |nth| thread::spawn(move || {
        let seeds = (0..communities).filter(|seed| seed % threads == nth);
        seeds.map(year).fold(Tally::default(), |all, one| all.and(&one))
    });
    let all: Vec<_> = (0..threads).map(each).collect();
    let all = all.into_iter().map(|one| one.join().unwrap());
    let tally = all.fold(Tally::default(), |all, one| all.and(&one));
    println!("{tally}");
    assert_eq!(tally.of("matter.raised.1"), communities * MATTERS);
}
