//! Days from raising to the first answer, and their median: how many there were of each length, so
//! that very many take no more room than few.

use std::collections::BTreeMap;
use yishi_kernel::Moment;
use yishi_kernel::moment::Date;

/// How many matters took how many days (答复用时).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(BTreeMap<i32, u64>);

/// The middle one of some numbers of days, or the middle between the two in the middle (中位数).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Median {
    /// In half days: where there are as many below as above it lies between two days.
    pub halves: i32,
}

/// Natural days from the day of one moment to that of another: none on the same day.
#[must_use]
pub fn between(from: Moment, to: Moment) -> i32 {
    let since = |day: Date| day.since(from.date()).map_or(0, |span| span.get_days());
    since(to.date())
}

impl Days {
    /// One more that took so many days.
    pub fn add(&mut self, days: i32) {
        *self.0.entry(days).or_default() += 1;
    }

    /// The median; none where there was nothing.
    #[must_use]
    pub fn median(&self) -> Option<Median> {
        let all: u64 = self.0.values().sum();
        let nth = |n: u64| {
            let mut before = 0;
            self.0.iter().find_map(|(days, count)| {
                before += count;
                (before > n).then_some(*days)
            })
        };
        let last = all.checked_sub(1)?;
        Some(Median { halves: nth(last / 2)? + nth(all / 2)? })
    }
}

impl std::fmt::Display for Median {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rest = if self.halves % 2 == 0 { "" } else { ".5" };
        write!(f, "{}{rest}", self.halves / 2)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn median(days: &[i32]) -> Option<String> {
        let mut all = Days::default();
        days.iter().for_each(|one| all.add(*one));
        all.median().map(|median| median.to_string())
    }

    #[test]
    fn the_median_is_the_middle_one_or_lies_between_two() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]).as_deref(), Some("7"));
        assert_eq!(median(&[9, 1, 2]).as_deref(), Some("2"));
        assert_eq!(median(&[1, 2, 3, 10]).as_deref(), Some("2.5"));
        assert_eq!(median(&[1, 1, 3, 3]).as_deref(), Some("2"));
    }

    #[test]
    fn days_are_counted_by_the_calendar_here() {
        let at = |text: &str| Moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond());
        // Half past eleven at night and one o'clock: two days here, the same in Greenwich.
        assert_eq!(between(at("2026-05-01T15:30:00Z"), at("2026-05-01T17:00:00Z")), 1);
        assert_eq!(between(at("2026-05-01T01:00:00Z"), at("2026-05-01T15:00:00Z")), 0);
        assert_eq!(between(at("2026-02-27T01:00:00Z"), at("2026-03-02T01:00:00Z")), 3);
    }
}
