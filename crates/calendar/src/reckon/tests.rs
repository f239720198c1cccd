//! Laws of deadlines, the examples of the law, and what went wrong in other programs, each by name.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::days::Window;
use jiff::civil::{date, datetime, time};
use proptest::prelude::*;
use std::sync::LazyLock;

static SHIPPED: LazyLock<Calendar> = LazyLock::new(Calendar::shipped);

fn due(start: DateTime, span: &str) -> Deadline {
    deadline(start, span.parse().unwrap(), &SHIPPED, &Pauses::default()).unwrap()
}

fn paused(start: DateTime, span: &str, pauses: &[(DateTime, DateTime)]) -> Deadline {
    let pauses = Pauses::of(pauses.iter().copied());
    deadline(start, span.parse().unwrap(), &SHIPPED, &pauses).unwrap()
}

const AFTERNOON: DateTime = datetime(2026, 9, 28, 15, 0, 0, 0);

#[test]
fn three_working_days_before_the_national_day_end_after_it() {
    let found = due(AFTERNOON, "3 working days");
    assert_eq!((found.last, found.due), (date(2026, 10, 8), datetime(2026, 10, 9, 0, 0, 0, 0)));
    let taken: Vec<Taken> = found.steps.iter().map(|step| step.taken).collect();
    let mut told = vec![Taken::Start, Taken::Counted(1), Taken::Counted(2)];
    told.extend([Taken::Closed; 7]);
    told.push(Taken::Counted(3));
    assert_eq!(taken, told);
    assert!(found.unannounced.is_empty());
}

#[test]
fn the_day_of_the_start_is_not_counted_and_a_last_day_off_moves_on() {
    // 201: of two days from Monday on, Wednesday is the last.
    assert_eq!(due(datetime(2026, 11, 23, 0, 0, 0, 0), "2 days").last, date(2026, 11, 25));
    assert_eq!(due(datetime(2026, 11, 23, 23, 59, 0, 0), "2 days").last, date(2026, 11, 25));
    // 203: a Saturday moves on to Monday, a holiday to the first day after it that is worked.
    assert_eq!(due(datetime(2026, 11, 26, 9, 0, 0, 0), "2 days").last, date(2026, 11, 30));
    assert_eq!(due(AFTERNOON, "5 days").last, date(2026, 10, 8));
    // A Sunday that is worked is a last day as any other.
    assert_eq!(due(datetime(2026, 9, 18, 9, 0, 0, 0), "2 days").last, date(2026, 9, 20));
    assert_eq!(due(datetime(2026, 9, 18, 9, 0, 0, 0), "1 working day").last, date(2026, 9, 20));
}

#[test]
fn a_month_ends_on_the_day_of_the_same_number_or_the_last() {
    assert_eq!(due(datetime(2026, 3, 31, 9, 0, 0, 0), "1 month").last, date(2026, 4, 30));
    assert_eq!(due(datetime(2026, 7, 30, 9, 0, 0, 0), "1 month").last, date(2026, 8, 31));
    assert_eq!(due(datetime(2024, 1, 30, 9, 0, 0, 0), "1 month").last, date(2024, 2, 29));
    assert_eq!(due(datetime(2026, 2, 10, 9, 0, 0, 0), "12 months").last, date(2027, 2, 10));
}

/// Two days became six, and nobody could see that a holiday of another country was among them.
#[test]
fn each_day_that_is_not_counted_says_why() {
    let found = due(datetime(2026, 2, 13, 17, 0, 0, 0), "48 working hours");
    assert!(found.steps.windows(2).all(|pair| pair[0].day.tomorrow().unwrap() == pair[1].day));
    for step in &found.steps {
        match step.taken {
            Taken::Closed => assert!(!step.kind.is_worked(), "{step:?}"),
            Taken::Minutes(count) => assert!(step.kind.is_worked() && count <= 420, "{step:?}"),
            other => panic!("{other:?}"),
        }
    }
    let counted = |step: &Step| if let Taken::Minutes(count) = step.taken { count } else { 0 };
    assert_eq!(found.steps.iter().map(counted).sum::<u32>(), 48 * 60);
}

/// A minute at midnight was due a day later, or at once.
#[test]
fn a_minute_at_midnight_is_a_minute() {
    let midnight = datetime(2026, 11, 24, 0, 0, 0, 0);
    assert_eq!(due(midnight, "1 minute").due, datetime(2026, 11, 24, 0, 1, 0, 0));
    let before = datetime(2026, 11, 23, 23, 59, 30, 0);
    assert_eq!(due(before, "1 minute").due, datetime(2026, 11, 24, 0, 0, 30, 0));
    assert_eq!(due(midnight, "1 working minute").due, datetime(2026, 11, 24, 8, 31, 0, 0));
}

/// What was due on a day was late at its first minute.
#[test]
fn what_is_due_on_a_day_is_in_time_until_its_end() {
    let found = due(datetime(2026, 11, 23, 9, 0, 0, 0), "1 day");
    assert_eq!((found.last, found.due), (date(2026, 11, 24), datetime(2026, 11, 25, 0, 0, 0, 0)));
}

/// Staff were woken by a deadline that an office could not keep at night.
#[test]
fn working_time_ends_in_working_time_and_the_clock_of_a_danger_runs_at_night() {
    let evening = datetime(2026, 9, 30, 17, 0, 0, 0);
    assert_eq!(due(evening, "2 working hours").due, datetime(2026, 10, 8, 10, 0, 0, 0));
    assert_eq!(due(evening, "2 h").due, datetime(2026, 9, 30, 19, 0, 0, 0));
    let danger = due(datetime(2026, 10, 1, 23, 30, 0, 0), "2 h");
    assert_eq!(danger.due, datetime(2026, 10, 2, 1, 30, 0, 0));
    let counted: Vec<Taken> = danger.steps.iter().map(|step| step.taken).collect();
    assert_eq!(counted, [Taken::Minutes(30), Taken::Minutes(90)]);
}

/// The clock went on while the citizen was asked, or began anew when it went on.
#[test]
fn a_pause_takes_nothing_and_gives_nothing() {
    let pause = (datetime(2026, 11, 24, 10, 0, 0, 0), datetime(2026, 11, 25, 9, 0, 0, 0));
    let start = datetime(2026, 11, 23, 9, 0, 0, 0);
    assert_eq!(paused(start, "2 working days", &[pause]).last, date(2026, 11, 27));
    assert_eq!(paused(start, "2 days", &[pause]).last, date(2026, 11, 27));
    assert_eq!(paused(start, "26 h", &[pause]).due, datetime(2026, 11, 25, 10, 0, 0, 0));
    assert_eq!(paused(start, "25 h", &[pause]).due, datetime(2026, 11, 24, 10, 0, 0, 0));
    assert_eq!(paused(start, "10 working hours", &[pause]).due, datetime(2026, 11, 25, 11, 0, 0, 0));
    assert_eq!(paused(start, "1 month", &[pause]).last, date(2026, 12, 25));
    // Pauses that overlap are one.
    let inside = (datetime(2026, 11, 24, 12, 0, 0, 0), datetime(2026, 11, 24, 13, 0, 0, 0));
    assert_eq!(paused(start, "26 h", &[inside, pause]).due, paused(start, "26 h", &[pause]).due);
}

/// A calendar was mended, and nobody could tell which deadlines had been reckoned without it.
#[test]
fn what_was_reckoned_without_a_notice_says_so_and_is_never_later_than_with_it() {
    let start = datetime(2026, 1, 28, 9, 0, 0, 0);
    let span: Span = "20 working days".parse().unwrap();
    let without = deadline(start, span, &Calendar::default(), &Pauses::default()).unwrap();
    let with = deadline(start, span, &SHIPPED, &Pauses::default()).unwrap();
    assert_eq!(without.unannounced, BTreeSet::from([2026]));
    assert!(with.unannounced.is_empty());
    assert!(without.due < with.due);
    assert_eq!(due(datetime(2026, 12, 30, 9, 0, 0, 0), "3 working days").unannounced, BTreeSet::from([2027]));
    assert!(due(datetime(2026, 12, 30, 9, 0, 0, 0), "1 working day").unannounced.is_empty());
}

#[test]
fn hours_are_those_of_the_office() {
    let window = |from, to| Window { from: time(from, 0, 0, 0), to: time(to, 0, 0, 0) };
    let calendar = Calendar::shipped().with_hours(vec![window(9, 12), window(14, 18)]);
    let start = datetime(2026, 11, 23, 11, 0, 0, 0);
    let span = "2 working hours".parse().unwrap();
    let found = deadline(start, span, &calendar, &Pauses::default()).unwrap();
    assert_eq!(found.due, datetime(2026, 11, 23, 15, 0, 0, 0));
    // None, or ones that end before they begin, would leave nothing to work in.
    assert_eq!(Calendar::shipped().with_hours(vec![window(18, 9)]), Calendar::shipped());
}

#[test]
fn what_nobody_will_live_to_see_is_refused() {
    let far = datetime(9999, 12, 30, 9, 0, 0, 0);
    for span in ["5 days", "5 working days", "2 months", "9999 h", "999 working hours"] {
        let found = deadline(far, span.parse().unwrap(), &SHIPPED, &Pauses::default());
        assert_eq!(found, Err(Beyond), "{span}");
    }
}

/// From 2019 to the end of 2026, to the second.
fn starts() -> impl Strategy<Value = DateTime> {
    (0_i64..8 * 365 * 86_400).prop_map(|seconds| {
        datetime(2019, 1, 1, 0, 0, 0, 0).checked_add(SignedDuration::from_secs(seconds)).unwrap()
    })
}

fn units() -> impl Strategy<Value = Unit> {
    prop_oneof![
        Just(Unit::Minutes),
        Just(Unit::Days),
        Just(Unit::Months),
        Just(Unit::WorkingDays),
        Just(Unit::WorkingMinutes)
    ]
}

fn pauses() -> impl Strategy<Value = Pauses> {
    let pause = (starts(), 1_i64..5 * 86_400);
    let ends =
        |(from, long): (DateTime, i64)| (from, from.checked_add(SignedDuration::from_secs(long)).unwrap());
    proptest::collection::vec(pause.prop_map(ends), 0..6).prop_map(Pauses::of)
}

/// The same reckoned by somebody who knows no more than what a day is: minute by minute, day by day.
fn slowly(start: DateTime, span: Span, calendar: &Calendar) -> DateTime {
    let worked = |day: Date| calendar.day(day).kind.is_worked();
    let end_of = |day: Date| day.tomorrow().unwrap().at(0, 0, 0, 0);
    let mut day = start.date();
    match span.unit {
        Unit::Minutes => return start.checked_add(seconds(span.count)).unwrap(),
        Unit::Days => (0..span.count).for_each(|_| day = day.tomorrow().unwrap()),
        Unit::Months => {
            let (year, month) = (i32::from(day.year()), i32::from(day.month()));
            let months = year * 12 + month - 1 + i32::try_from(span.count).unwrap();
            let first = date(i16::try_from(months / 12).unwrap(), i8::try_from(months % 12).unwrap() + 1, 1);
            day = date(first.year(), first.month(), day.day().min(first.days_in_month()));
        }
        Unit::WorkingDays => {
            for _ in 0..span.count {
                day = day.tomorrow().unwrap();
                while !worked(day) {
                    day = day.tomorrow().unwrap();
                }
            }
        }
        Unit::WorkingMinutes => {
            // By the second, since a start may lie within a minute.
            let (mut at, mut left) = (start, u64::from(span.count) * 60);
            while left > 0 {
                let clock = at.time();
                let open = calendar.hours().iter().find(|window| window.from <= clock && clock < window.to);
                match open.filter(|_| worked(at.date())) {
                    Some(window) => {
                        let there = at.date().to_datetime(window.to).duration_since(at).as_secs();
                        let step = left.min(u64::try_from(there).unwrap());
                        at = at.checked_add(SignedDuration::from_secs(i64::try_from(step).unwrap())).unwrap();
                        left -= step;
                    }
                    None => {
                        at = at
                            .checked_add(SignedDuration::from_secs(1))
                            .unwrap()
                            .max(next_opening(at, calendar))
                    }
                }
            }
            return at;
        }
    }
    while !worked(day) {
        day = day.tomorrow().unwrap();
    }
    end_of(day)
}

/// The next opening of any day, worked or not.
fn next_opening(at: DateTime, calendar: &Calendar) -> DateTime {
    let today = calendar.hours().iter().map(|window| at.date().to_datetime(window.from));
    let tomorrow = at.date().tomorrow().unwrap().to_datetime(calendar.hours()[0].from);
    today.chain([tomorrow]).find(|opening| *opening > at).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_deadline_is_that_of_an_independent_reckoning(start in starts(), unit in units(), count in 0_u32..60) {
        let span = Span { count, unit };
        let found = deadline(start, span, &SHIPPED, &Pauses::default()).unwrap();
        prop_assert_eq!(found.due, slowly(start, span, &SHIPPED));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn who_starts_later_is_never_due_sooner(
        one in starts(), other in starts(), unit in units(), count in 0_u32..60, pauses in pauses()
    ) {
        let of = |start| deadline(start, Span { count, unit }, &SHIPPED, &pauses).unwrap().due;
        prop_assert!(of(one.min(other)) <= of(one.max(other)));
    }

    #[test]
    fn more_time_is_never_due_sooner(
        start in starts(), unit in units(), count in 0_u32..60, more in 0_u32..30, pauses in pauses()
    ) {
        let of = |count| deadline(start, Span { count, unit }, &SHIPPED, &pauses).unwrap().due;
        prop_assert!(of(count) <= of(count + more));
    }

    #[test]
    fn working_time_adds_up(start in starts(), first in 0_u32..3_000, then in 0_u32..3_000, pauses in pauses()) {
        let of = |start, count| {
            let span = Span { count, unit: Unit::WorkingMinutes };
            deadline(start, span, &SHIPPED, &pauses).unwrap().due
        };
        prop_assert_eq!(of(of(start, first), then), of(start, first + then));
    }

    #[test]
    fn what_is_counted_in_days_ends_on_a_day_that_is_worked(
        start in starts(), count in 0_u32..60, pauses in pauses(),
        unit in prop_oneof![Just(Unit::Days), Just(Unit::Months), Just(Unit::WorkingDays)]
    ) {
        let found = deadline(start, Span { count, unit }, &SHIPPED, &pauses).unwrap();
        prop_assert!(SHIPPED.day(found.last).kind.is_worked());
        prop_assert_eq!(found.due, found.last.tomorrow().unwrap().at(0, 0, 0, 0));
        prop_assert!(found.due > start);
    }

    #[test]
    fn a_reckoning_names_each_day_once_and_counts_what_was_asked(
        start in starts(), unit in units(), count in 0_u32..60, pauses in pauses()
    ) {
        let found = deadline(start, Span { count, unit }, &SHIPPED, &pauses).unwrap();
        prop_assert_eq!(found.steps[0].day, start.date());
        prop_assert_eq!(found.steps.last().unwrap().day, found.last);
        prop_assert!(found.steps.windows(2).all(|pair| pair[0].day.tomorrow().unwrap() == pair[1].day));
        let days = found.steps.iter().filter(|step| matches!(step.taken, Taken::Counted(_))).count();
        match unit {
            Unit::Days | Unit::WorkingDays => prop_assert_eq!(days, count as usize),
            Unit::Months => prop_assert!(days >= 28 * count as usize),
            Unit::Minutes | Unit::WorkingMinutes => prop_assert_eq!(days, 0),
        }
    }
}
