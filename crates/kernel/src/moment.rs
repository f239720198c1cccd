//! Points in time and the civil dates of China Standard Time (+08:00).
//! No clock: the moment comes in from the shell. Which days are worked is not known here.

pub use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};
use serde::{Deserialize, Serialize};

/// A point in time, in microseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// China Standard Time, on any host.
const CST_HOURS: i8 = 8;
const MICROS_PER_SECOND: i64 = 1_000_000;
const MICROS_PER_DAY: i64 = 86_400 * MICROS_PER_SECOND;
const CST_MICROS: i64 = CST_HOURS as i64 * 3_600 * MICROS_PER_SECOND;

impl Moment {
    /// The end of all calendars: the last day of the year 9999.
    pub const LAST: Self = Self(253_402_185_600_000_000);

    /// The civil date on which this moment falls in China Standard Time.
    /// Moments outside the range of civil dates fall on the nearest one.
    #[must_use]
    pub fn date(self) -> Date {
        self.civil().date()
    }

    /// The moment of a date and time of day in China Standard Time, if it has one.
    #[must_use]
    pub fn at(civil: jiff::civil::DateTime) -> Option<Self> {
        let stamp = Offset::constant(CST_HOURS).to_timestamp(civil).ok()?;
        Some(Self(stamp.as_microsecond()))
    }

    /// Date and time of day in China Standard Time.
    #[must_use]
    pub fn civil(self) -> jiff::civil::DateTime {
        let nearest = self.0.clamp(
            Timestamp::MIN.as_microsecond() + MICROS_PER_DAY,
            Timestamp::MAX.as_microsecond() - MICROS_PER_DAY,
        );
        let stamp = Timestamp::from_microsecond(nearest).unwrap_or(Timestamp::UNIX_EPOCH);
        Offset::constant(CST_HOURS).to_datetime(stamp)
    }

    /// The end (24:00 +08:00) of the civil day that lies `days` natural days after
    /// the day of this moment: 0 is the end of the same day.
    #[must_use]
    pub fn end_of_day_after(self, days: u32) -> Moment {
        let day = (self.0 + CST_MICROS).div_euclid(MICROS_PER_DAY);
        Moment((day + i64::from(days) + 1) * MICROS_PER_DAY - CST_MICROS)
    }

    /// This moment moved by a number of seconds, which may be negative.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds.saturating_mul(MICROS_PER_SECOND)))
    }

    /// `2026-05-01 09:30`, in China Standard Time.
    #[must_use]
    pub fn minute(self) -> String {
        self.civil().strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The last day on which something due at this moment may be done: a deadline of
    /// 24:00 belongs to the day it ends.
    #[must_use]
    pub fn deadline_date(self) -> Date {
        Moment(self.0 - 1).date()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Moment {
        Moment(text.parse::<Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn a_deadline_ends_at_midnight_in_china() {
        // 2026-05-01 23:30 in China is still 1 May there.
        let raised = at("2026-05-01T15:30:00Z");
        assert_eq!(raised.end_of_day_after(0), at("2026-05-01T16:00:00Z"));
        assert_eq!(raised.end_of_day_after(1), at("2026-05-02T16:00:00Z"));
        assert_eq!(raised.end_of_day_after(1).deadline_date().to_string(), "2026-05-02");
        assert_eq!(raised.minute(), "2026-05-01 23:30");
    }

    #[test]
    fn moments_beyond_the_calendar_do_not_panic() {
        let _ = Moment(i64::MAX).date();
        let _ = Moment(i64::MIN).date();
    }

    proptest! {
        #[test]
        fn a_deadline_is_never_before_its_start_and_grows_with_days(
            micros in 0_i64..4_000_000_000_000_000, days in 0_u32..400
        ) {
            let start = Moment(micros);
            prop_assert!(start.end_of_day_after(days) > start);
            prop_assert!(start.end_of_day_after(days + 1) > start.end_of_day_after(days));
            prop_assert_eq!(start.end_of_day_after(0).deadline_date(), start.date());
        }
    }
}
