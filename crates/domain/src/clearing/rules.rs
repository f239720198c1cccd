//! The rules of clearing, as a rule pack gives them.

use serde::Deserialize;
use yishi_kernel::due::Deadline;
use yishi_kernel::moment::Date;
use yishi_kernel::{Moment, Section};

/// When one clears, how long that takes, and how often something is put off (清账规则).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// On which day of each month.
    pub rhythm: Rhythm,
    /// From the beginning of a run to its being signed.
    pub finish: Deadline,
    /// From an item's going up to the word of the desk above.
    pub take_up: Deadline,
    /// How often a thing is put off before it goes up.
    pub extensions: Extensions,
}

/// The day of clearing (清账日).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rhythm {
    /// Day of the month, the last one where a month has fewer.
    pub day: i8,
    /// Legal article or local rule.
    pub source: String,
}

/// Putting off (延期次数).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Extensions {
    /// After how many extensions a further one answers nothing at a clearing run; 0 for never.
    pub up_after: u32,
    /// Legal article or local rule.
    pub source: String,
}

impl Rhythm {
    /// The last day of clearing on or before the day of a moment.
    #[must_use]
    pub fn last(&self, now: Moment) -> Date {
        let today = now.date();
        let this = self.of(today);
        if this <= today { this } else { self.of(today.first_of_month().yesterday().unwrap_or(today)) }
    }

    /// The day of clearing of a date's month.
    fn of(&self, month: Date) -> Date {
        let day = self.day.clamp(1, month.days_in_month());
        month.with().day(day).build().unwrap_or(month)
    }
}

impl Section for Rules {
    const NAME: &'static str = "clearing";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_day_of_clearing_comes_every_month_and_on_the_last_day_of_a_short_one() {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        assert_eq!((rules.rhythm.day, rules.extensions.up_after), (25, 2));
        let at = |text: &str| Moment::at(text.parse().unwrap()).unwrap();
        let last = |rhythm: &Rhythm, now: &str| rhythm.last(at(now)).to_string();
        assert_eq!(last(&rules.rhythm, "2026-11-25T00:00"), "2026-11-25");
        assert_eq!(last(&rules.rhythm, "2026-11-24T23:59"), "2026-10-25");
        let end = Rhythm { day: 31, source: String::new() };
        assert_eq!(last(&end, "2026-03-01T08:00"), "2026-02-28");
        assert_eq!(last(&end, "2026-01-30T08:00"), "2025-12-31");
    }
}
