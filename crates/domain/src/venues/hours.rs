//! Opening hours: spans of days and times that do not overlap, so that a page can say whether
//! a venue is open now. Holidays are not known here: for these a venue is closed for a while.

use super::Weekday;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;
use yishi_kernel::Moment;
use yishi_kernel::cell::{Cell, Kind, Put, Value};

/// A time of day, in minutes since midnight (时刻); 24:00 is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TimeOfDay(u16);

/// It is no time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time of day is written as 09:30")]
pub struct NoTime;

impl TimeOfDay {
    /// The end of a day.
    pub const END: Self = Self(24 * 60);

    /// What something closes at that is open until then: at midnight the day ends.
    #[must_use]
    pub fn closing(self) -> Self {
        if self.0 == 0 { Self::END } else { self }
    }
}

impl FromStr for TimeOfDay {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        let (hour, minute) = text.split_once(':').ok_or(NoTime)?;
        let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return Err(NoTime);
        }
        let read = |part: &str| part.parse::<u16>().map_err(|_| NoTime);
        match (read(hour)?, read(minute)?) {
            (hour @ 0..=23, minute @ 0..=59) => Ok(Self(hour * 60 + minute)),
            (24, 0) => Ok(Self::END),
            _ => Err(NoTime),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

/// Days of the week with the same time (时段).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// On which days.
    pub days: BTreeSet<Weekday>,
    /// From when.
    pub from: TimeOfDay,
    /// Until when, exclusive.
    pub to: TimeOfDay,
}

/// When a venue is open (开放时间).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(Vec<Span>);

/// What is wrong with hours; the number is that of the span, from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// There are none.
    #[error("there are no hours")]
    None,
    /// A span has no day.
    #[error("span {0} has no day")]
    NoDay(usize),
    /// A span ends before it begins.
    #[error("span {0} ends before it begins")]
    Backwards(usize),
    /// A span lies over an earlier one.
    #[error("span {0} lies over an earlier one")]
    Overlap(usize),
}

impl Hours {
    /// The hours of these spans.
    ///
    /// # Errors
    /// The first span that cannot be.
    pub fn of(spans: Vec<Span>) -> Result<Self, HoursError> {
        if spans.is_empty() {
            return Err(HoursError::None);
        }
        for (n, span) in spans.iter().enumerate() {
            if span.days.is_empty() {
                return Err(HoursError::NoDay(n));
            }
            if span.from >= span.to {
                return Err(HoursError::Backwards(n));
            }
            let over =
                |one: &Span| !one.days.is_disjoint(&span.days) && one.from < span.to && span.from < one.to;
            if spans[..n].iter().any(over) {
                return Err(HoursError::Overlap(n));
            }
        }
        Ok(Self(spans))
    }

    /// The spans.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Until when it is open, if it is open at that moment.
    #[must_use]
    pub fn open_until(&self, now: Moment) -> Option<TimeOfDay> {
        let civil = now.civil();
        let day = usize::try_from(civil.weekday().to_monday_zero_offset()).ok()?;
        let day = Weekday::ALL.get(day)?;
        let time = TimeOfDay(u16::try_from(civil.hour()).ok()? * 60 + u16::try_from(civil.minute()).ok()?);
        let now = |span: &&Span| span.days.contains(day) && span.from <= time && time < span.to;
        self.0.iter().find(now).map(|span| span.to)
    }

    /// When it opens next after that moment: on which day, how many days ahead (0 is today, 7
    /// the same day next week), and at what time.
    #[must_use]
    pub fn opens_next(&self, now: Moment) -> Option<(usize, Weekday, TimeOfDay)> {
        let civil = now.civil();
        let today = usize::try_from(civil.weekday().to_monday_zero_offset()).ok()?;
        let time = TimeOfDay(u16::try_from(civil.hour()).ok()? * 60 + u16::try_from(civil.minute()).ok()?);
        (0..=7).find_map(|ahead| {
            let day = *Weekday::ALL.get((today + ahead) % 7)?;
            let on = self.0.iter().filter(|span| span.days.contains(&day) && (ahead > 0 || time < span.from));
            on.map(|span| span.from).min().map(|from| (ahead, day, from))
        })
    }
}

impl Put for Hours {
    fn put(self) -> Value {
        // Spans of words and numbers always write.
        Value::Text(serde_json::to_string(&self).unwrap_or_default())
    }
}

impl Cell for Hours {
    const KIND: Kind = Kind::Text;

    fn from_value(value: Value) -> Option<Self> {
        match value {
            Value::Text(text) => serde_json::from_str(&text).ok(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn span(days: &[Weekday], from: &str, to: &str) -> Span {
        let days = days.iter().copied().collect();
        Span { days, from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn a_time_of_day_is_written_in_one_way() {
        assert_eq!("09:30".parse::<TimeOfDay>().unwrap().to_string(), "09:30");
        assert_eq!("24:00".parse::<TimeOfDay>(), Ok(TimeOfDay::END));
        assert_eq!("00:00".parse::<TimeOfDay>().unwrap().closing().to_string(), "24:00");
        for wrong in ["", "9:30", "24:01", "25:00", "12:60", "+9:30", "1230", "12:3x"] {
            assert_eq!(wrong.parse::<TimeOfDay>(), Err(NoTime), "{wrong}");
        }
    }

    #[test]
    fn spans_have_days_go_forward_and_do_not_overlap() {
        use Weekday::{Monday, Sunday, Tuesday};
        let morning = span(&[Monday, Tuesday], "09:00", "12:00");
        let fits = |second: Span| Hours::of(vec![morning.clone(), second]).map(|_| ());
        assert_eq!(Hours::of(Vec::new()), Err(HoursError::None));
        assert_eq!(fits(span(&[], "14:00", "17:00")), Err(HoursError::NoDay(1)));
        assert_eq!(fits(span(&[Monday], "17:00", "17:00")), Err(HoursError::Backwards(1)));
        assert_eq!(fits(span(&[Tuesday], "11:59", "13:00")), Err(HoursError::Overlap(1)));
        assert_eq!(fits(span(&[Tuesday], "12:00", "13:00")), Ok(()));
        assert_eq!(fits(span(&[Sunday], "09:00", "12:00")), Ok(()));
    }

    #[test]
    fn it_is_open_by_the_clock_of_china() {
        let hours = Hours::of(vec![span(&[Weekday::Thursday], "09:00", "17:30")]).unwrap();
        // Thursday, 1 January 2026, 08:00 in China.
        let eight = Moment(1_767_225_600_000_000);
        assert_eq!(hours.open_until(eight), None);
        let nine = eight.plus_seconds(3_600);
        assert_eq!(hours.open_until(nine).map(|to| to.to_string()).as_deref(), Some("17:30"));
        assert_eq!(hours.open_until(nine.plus_seconds(30_600)), None, "half past five is the end");
        assert_eq!(hours.open_until(nine.plus_seconds(86_400)), None, "a Friday");
    }

    #[test]
    fn what_never_closes_is_open_in_the_last_minute_too() {
        let hours = Hours::of(vec![span(Weekday::ALL, "00:00", "24:00")]).unwrap();
        // Thursday, 1 January 2026, midnight in China.
        let midnight = Moment(1_767_196_800_000_000);
        for minutes in [0, 1, 720, 1439, 1440] {
            assert!(hours.open_until(midnight.plus_seconds(minutes * 60)).is_some(), "{minutes}");
        }
    }

    #[test]
    fn it_says_when_it_opens_next() {
        use Weekday::{Monday, Thursday};
        let hours =
            Hours::of(vec![span(&[Thursday], "14:00", "17:00"), span(&[Monday, Thursday], "09:00", "11:30")]);
        let hours = hours.unwrap();
        // Thursday, 1 January 2026, 08:00 in China.
        let eight = Moment(1_767_225_600_000_000);
        let next = |hours: &Hours, seconds| {
            hours.opens_next(eight.plus_seconds(seconds)).map(|(ahead, day, at)| (ahead, day, at.to_string()))
        };
        assert_eq!(next(&hours, 0), Some((0, Thursday, "09:00".to_owned())));
        assert_eq!(next(&hours, 4 * 3_600), Some((0, Thursday, "14:00".to_owned())), "at noon");
        assert_eq!(next(&hours, 10 * 3_600), Some((4, Monday, "09:00".to_owned())), "in the evening");
        let weekly = Hours::of(vec![span(&[Thursday], "09:00", "10:00")]).unwrap();
        assert_eq!(next(&weekly, 3 * 3_600), Some((7, Thursday, "09:00".to_owned())), "a week on");
    }

    #[test]
    fn hours_come_out_of_a_column_as_they_went_in() {
        let hours = Hours::of(vec![span(&[Weekday::Monday], "09:00", "12:00")]).unwrap();
        assert_eq!(Hours::from_value(hours.clone().put()), Some(hours));
    }
}
