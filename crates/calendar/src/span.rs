//! How long something may take, as it is written.

use std::str::FromStr;
use thiserror::Error;

/// What is counted (计时单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Minutes on the clock (分钟): for dangers, day and night.
    Minutes,
    /// Natural days (自然日).
    Days,
    /// Months (月).
    Months,
    /// Working days (工作日).
    WorkingDays,
    /// Minutes in which an office works (工作时间).
    WorkingMinutes,
}

impl Unit {
    /// The field of a rule that is called so.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Unit::Minutes => "minutes",
            Unit::Days => "days",
            Unit::Months => "months",
            Unit::WorkingDays => "working_days",
            Unit::WorkingMinutes => "working_minutes",
        }
    }

    /// The unit of a field of a rule that is called so.
    #[must_use]
    pub fn written(field: &str) -> Option<Self> {
        Some(match field {
            "minutes" => Unit::Minutes,
            "days" => Unit::Days,
            "months" => Unit::Months,
            "working_days" => Unit::WorkingDays,
            "working_minutes" => Unit::WorkingMinutes,
            _ => return None,
        })
    }
}

/// So many of something (时长).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// A text that is no length of time.
#[derive(Debug, Error, PartialEq, Eq)]
#[error(
    "“{0}” is no length of time: write a number and h, minutes, days, months, working days or working hours"
)]
pub struct NoSpan(pub String);

/// Units as they are written, each in minutes where it is counted in these.
const WRITTEN: [(&[&str], Unit, u32); 7] = [
    (&["m", "min", "minute", "minutes", "分钟"], Unit::Minutes, 1),
    (&["h", "hour", "hours", "小时"], Unit::Minutes, 60),
    (&["d", "day", "days", "天", "日"], Unit::Days, 1),
    (&["month", "months", "月", "个月"], Unit::Months, 1),
    (&["working day", "working days", "工作日", "个工作日"], Unit::WorkingDays, 1),
    (&["working hour", "working hours", "工作小时", "个工作小时"], Unit::WorkingMinutes, 60),
    (&["working minute", "working minutes", "工作分钟"], Unit::WorkingMinutes, 1),
];

impl FromStr for Span {
    type Err = NoSpan;

    fn from_str(text: &str) -> Result<Self, NoSpan> {
        let none = || NoSpan(text.to_owned());
        let trimmed = text.trim();
        let digits = trimmed.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(trimmed.len());
        let (count, unit) = trimmed.split_at(digits);
        let count: u32 = count.parse().map_err(|_| none())?;
        let words = unit.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = WRITTEN.iter().find(|(names, ..)| names.contains(&words.as_str()));
        let (_, unit, each) = found.ok_or_else(none)?;
        Ok(Self { count: count.checked_mul(*each).ok_or_else(none)?, unit: *unit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_of_time_is_a_number_and_a_unit_in_either_language() {
        for (text, count, unit) in [
            ("3 working days", 3, Unit::WorkingDays),
            ("1 working day", 1, Unit::WorkingDays),
            ("2 h", 120, Unit::Minutes),
            ("24h", 1440, Unit::Minutes),
            ("30 minutes", 30, Unit::Minutes),
            ("15 days", 15, Unit::Days),
            ("2  working   hours", 120, Unit::WorkingMinutes),
            ("1 month", 1, Unit::Months),
            ("5个工作日", 5, Unit::WorkingDays),
            (" 7天 ", 7, Unit::Days),
        ] {
            assert_eq!(text.parse(), Ok(Span { count, unit }), "{text}");
        }
        for text in ["", "3", "days", "-3 days", "1.5 h", "3 fortnights", "99999999999 days", "99999999 h"] {
            assert_eq!(text.parse::<Span>(), Err(NoSpan(text.to_owned())), "{text}");
        }
    }
}
