//! Which days are worked: weekends, public holidays and shifted working days, as announced for each
//! year, and the hours of an office on such a day.

use jiff::civil::{Date, Time, Weekday};
use serde::Deserialize;
use std::collections::BTreeMap;
use thiserror::Error;

/// What a day is (日子的种类).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// From Monday to Friday, and nothing else (工作日).
    Weekday,
    /// A Saturday or Sunday that is worked (调休上班).
    Shifted,
    /// A Saturday or Sunday (双休日).
    Weekend,
    /// A public holiday, or a day off beside one (法定节假日、调休放假).
    Holiday,
}

impl DayKind {
    /// Whether offices work.
    #[must_use]
    pub fn is_worked(self) -> bool {
        matches!(self, DayKind::Weekday | DayKind::Shifted)
    }

    /// Its word, as it stands in printed reckonings.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            DayKind::Weekday => "working day",
            DayKind::Shifted => "shifted working day",
            DayKind::Weekend => "weekend",
            DayKind::Holiday => "holiday",
        }
    }
}

/// A day of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// What it is.
    pub kind: DayKind,
    /// Whether its year was announced; of others only weekends and the holidays of a fixed date are
    /// known.
    pub is_announced: bool,
}

/// Hours in which an office works, from one time of the day to a later one (办公时间).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// From.
    pub from: Time,
    /// Until.
    pub to: Time,
}

/// Usual hours of an office; a local rule, as each street has its own (本地规则).
const USUAL: [Window; 2] = [
    Window { from: Time::constant(8, 30, 0, 0), to: Time::constant(12, 0, 0, 0) },
    Window { from: Time::constant(14, 0, 0, 0), to: Time::constant(17, 30, 0, 0) },
];

/// Public holidays whose date is the same in each year (全国年节及纪念日放假办法, art. 2 as of 2025).
const FIXED: [(i8, i8); 6] = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)];

/// A working calendar (工作日历).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Calendar {
    years: BTreeMap<i16, Year>,
    hours: Vec<Window>,
}

impl Default for Calendar {
    /// Weekends and holidays of a fixed date alone, and usual hours.
    fn default() -> Self {
        Self { years: BTreeMap::new(), hours: USUAL.to_vec() }
    }
}

/// What was announced for a year (放假安排).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The notice that said so.
    pub notice: String,
    /// Days on which nobody works, from the first to the last of each.
    pub off: Vec<(Date, Date)>,
    /// Saturdays and Sundays that are worked.
    pub on: Vec<Date>,
}

/// A calendar as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    year: Vec<WrittenYear>,
    #[serde(default)]
    hours: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenYear {
    year: i16,
    source: String,
    off: Vec<String>,
    on: Vec<String>,
}

/// Why a calendar does not read.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not written as one.
    #[error("the calendar is not written as one: {0}")]
    Form(String),
    /// A day is none, or of another year.
    #[error("“{day}” is no day of {year}: write it as {year}-10-01, or several as {year}-10-01/{year}-10-07")]
    Day {
        /// As it is written.
        day: String,
        /// The year under which it stands.
        year: i16,
    },
    /// A day that is to be worked is no weekend, or is off as well.
    #[error("{0} is to be worked, and is no Saturday or Sunday that is not off")]
    On(Date),
    /// A year stands twice.
    #[error("the year {0} stands there twice")]
    Twice(i16),
    /// Hours are none, or end before they begin.
    #[error("“{0}” are no hours: write them as 08:30/12:00")]
    Hours(String),
}

impl TryFrom<Written> for Calendar {
    type Error = Unreadable;

    fn try_from(written: Written) -> Result<Self, Unreadable> {
        let mut years = BTreeMap::new();
        for one in written.year {
            let number = one.year;
            if years.insert(number, Year::try_from(one)?).is_some() {
                return Err(Unreadable::Twice(number));
            }
        }
        let hours = written.hours.iter().map(|text| Window::read(text)).collect::<Result<_, _>>()?;
        Ok(Self { years, ..Self::default() }.with_hours(hours))
    }
}

impl TryFrom<WrittenYear> for Year {
    type Error = Unreadable;

    fn try_from(WrittenYear { year, source, off, on }: WrittenYear) -> Result<Self, Unreadable> {
        let day = |text: &str| {
            let wrong = || Unreadable::Day { day: text.to_owned(), year };
            let day: Date = text.parse().map_err(|_| wrong())?;
            if day.year() == year { Ok(day) } else { Err(wrong()) }
        };
        let range = |text: &String| {
            let (from, to) = text.split_once('/').unwrap_or((text, text));
            let (from, to) = (day(from)?, day(to)?);
            if from <= to { Ok((from, to)) } else { Err(Unreadable::Day { day: text.clone(), year }) }
        };
        let off: Vec<(Date, Date)> = off.iter().map(range).collect::<Result<_, _>>()?;
        let on: Vec<Date> = on.iter().map(|text| day(text)).collect::<Result<_, _>>()?;
        let is_off = |day: &Date| off.iter().any(|(from, to)| (from..=to).contains(&day));
        match on.iter().find(|day| !is_weekend(**day) || is_off(day)) {
            Some(wrong) => Err(Unreadable::On(*wrong)),
            None => Ok(Self { notice: source, off, on }),
        }
    }
}

impl Window {
    fn read(text: &str) -> Result<Self, Unreadable> {
        let times = text.split_once('/').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        let window = times.map(|(from, to)| Self { from, to }).filter(|window| window.from < window.to);
        window.ok_or_else(|| Unreadable::Hours(text.to_owned()))
    }
}

impl Calendar {
    /// What was announced up to this version of the program, from 2019 on, as it is written.
    pub const SHIPPED: &'static str = include_str!("../data/china.toml");

    /// The calendar that ships with the program.
    #[must_use]
    pub fn shipped() -> Self {
        // That it reads is a test.
        Self::read(Self::SHIPPED).unwrap_or_default()
    }

    /// Reads one from TOML: for each `year` its notice as its `source`, the days `off` and the weekends `on`; and
    /// the `hours` of an office, where they are not the usual ones.
    ///
    /// # Errors
    /// Where it is not written as one, or contradicts itself.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let written: Written = toml::from_str(text).map_err(|error| Unreadable::Form(error.to_string()))?;
        written.try_into()
    }

    /// The same with other hours; as they are where there are none.
    #[must_use]
    pub fn with_hours(self, hours: Vec<Window>) -> Self {
        let hours: Vec<Window> = hours.into_iter().filter(|window| window.from < window.to).collect();
        if hours.is_empty() { self } else { Self { hours, ..self } }
    }

    /// What a day is.
    #[must_use]
    pub fn day(&self, day: Date) -> Day {
        let announced = self.years.get(&day.year());
        let kind = match announced {
            Some(year) if year.off.iter().any(|(from, to)| (*from..=*to).contains(&day)) => DayKind::Holiday,
            Some(year) if year.on.contains(&day) => DayKind::Shifted,
            None if FIXED.contains(&(day.month(), day.day())) => DayKind::Holiday,
            _ if is_weekend(day) => DayKind::Weekend,
            _ => DayKind::Weekday,
        };
        Day { kind, is_announced: announced.is_some() }
    }

    /// What was announced for a year, where it was.
    #[must_use]
    pub fn year(&self, year: i16) -> Option<&Year> {
        self.years.get(&year)
    }

    /// The notice by which a year was announced.
    #[must_use]
    pub fn notice(&self, year: i16) -> Option<&str> {
        self.years.get(&year).map(|year| year.notice.as_str())
    }

    /// The hours of an office, in their order.
    #[must_use]
    pub fn hours(&self) -> &[Window] {
        &self.hours
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    /// Working days of each year, as a package in another language that knows shifted days has them.
    const WORKED: [(i16, usize); 8] = [
        (2019, 250),
        (2020, 249),
        (2021, 250),
        (2022, 249),
        (2023, 249),
        (2024, 251),
        (2025, 248),
        (2026, 248),
    ];

    #[test]
    fn each_year_has_as_many_working_days_as_elsewhere() {
        let calendar = Calendar::shipped();
        for (year, count) in WORKED {
            let days = date(year, 1, 1).series(jiff::ToSpan::days(1)).take_while(|day| day.year() == year);
            let worked = days.filter(|day| calendar.day(*day).kind.is_worked());
            assert_eq!(worked.count(), count, "{year}");
            assert!(calendar.notice(year).unwrap().contains("国办发明电"));
        }
        assert_eq!(calendar.notice(2018), None);
    }

    #[test]
    fn a_day_is_what_was_announced_and_weekends_and_fixed_holidays_are_known_of_other_years() {
        let calendar = Calendar::shipped();
        for (day, kind) in [
            (date(2026, 9, 20), DayKind::Shifted),
            (date(2026, 9, 27), DayKind::Holiday),
            (date(2026, 10, 7), DayKind::Holiday),
            (date(2026, 10, 8), DayKind::Weekday),
            (date(2026, 11, 28), DayKind::Weekend),
            // Beside a longer holiday the Saturday before is worked.
            (date(2024, 2, 4), DayKind::Shifted),
        ] {
            assert_eq!(calendar.day(day), Day { kind, is_announced: true }, "{day}");
        }
        for (day, kind) in [
            (date(2031, 1, 1), DayKind::Holiday),
            (date(2031, 1, 2), DayKind::Weekday),
            (date(2031, 1, 4), DayKind::Weekend),
        ] {
            assert_eq!(calendar.day(day), Day { kind, is_announced: false }, "{day}");
        }
    }

    #[test]
    fn a_calendar_that_contradicts_itself_is_refused_with_the_day() {
        let of = |off: &str, on: &str| {
            Calendar::read(&format!("[[year]]\nyear = 2026\nsource = \"x\"\noff = [{off}]\non = [{on}]"))
        };
        assert!(of("\"2026-10-01/2026-10-07\"", "\"2026-10-10\"").is_ok());
        for off in ["2026-13-01", "2025-10-01", "2026-10-07/2026-10-01", "国庆"] {
            let wrong = of(&format!("\"{off}\""), "").unwrap_err();
            assert!(matches!(wrong, Unreadable::Day { year: 2026, .. }), "{off}");
        }
        assert_eq!(of("", "\"2026-10-09\""), Err(Unreadable::On(date(2026, 10, 9))));
        assert_eq!(of("\"2026-10-10\"", "\"2026-10-10\""), Err(Unreadable::On(date(2026, 10, 10))));
        let twice = Calendar::SHIPPED.replace("year = 2025", "year = 2026");
        assert!(Calendar::read(&twice).is_err());
    }

    #[test]
    fn hours_are_the_usual_ones_where_a_calendar_has_none() {
        let of = |hours: &str| Calendar::read(&format!("year = []\nhours = [{hours}]"));
        assert_eq!(of("").unwrap().hours(), USUAL);
        let read = of("\"09:00/17:00\"").unwrap();
        assert_eq!((read.hours()[0].from.hour(), read.hours()[0].to.hour()), (9, 17));
        for wrong in ["9", "17:00/09:00", "09:00/09:00", "早/晚"] {
            assert_eq!(of(&format!("\"{wrong}\"")), Err(Unreadable::Hours(wrong.to_owned())));
        }
    }
}
