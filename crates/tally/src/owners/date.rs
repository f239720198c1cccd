//! A civil date, of which only the order matters here: which law was in force on it.

use std::fmt;
use std::str::FromStr;

/// 日期: a day of the civil calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// A text that is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date like 2026-05-01, found {0:?}")]
pub struct NoDate(String);

impl Date {
    /// Of its parts; nothing where the calendar has no such day.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => 0,
        };
        if year == 0 || year > 9999 || day == 0 || day > days {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// 1 January, for the days from which laws are in force.
    pub(super) const fn new_year(year: u16) -> Self {
        Self { year, month: 1, day: 1 }
    }
}

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let part = |from: usize, to: usize| -> Option<u16> {
            let digits = text.get(from..to)?;
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let date = || {
            let shape = text.len() == 10 && text.get(4..5)? == "-" && text.get(7..8)? == "-";
            let [month, day] = [part(5, 7)?, part(8, 10)?].map(u8::try_from);
            shape.then(|| Self::new(part(0, 4)?, month.ok()?, day.ok()?))?
        };
        date().ok_or_else(|| NoDate(text.to_owned()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        for good in ["2026-05-01", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026-5-1",
            "2026/05/01",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "2023-02-29",
            "1900-02-29",
            "2026-01-00",
            "0000-01-01",
            "+026-01-01",
            "2026-05-01 ",
            "２026-5-01",
            "2026-05-é",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert!("2020-12-31".parse::<Date>().unwrap() < Date::new_year(2021));
    }
}
