//! Deadlines as rules give them, and the moment at which something is due with the reason. How days
//! are counted, and which are worked, is the calendar's business; which calendar is in force is said
//! by the rule pack, of which it is a section.

use crate::moment::Moment;
use crate::rules::Section;
use serde::{Deserialize, Serialize};
use yishi_calendar::{Pauses, Span, deadline};

pub use yishi_calendar::{Calendar, Unit};

/// How long something may take, and where the number comes from (时限).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How many units.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
    /// Legal article or local rule.
    pub source: String,
}

/// When something is due, and why then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// The moment.
    pub at: Moment,
    /// Legal article or local rule.
    pub why: &'a str,
}

/// What is due by a rule: how that was reckoned can be told, and reckoned anew (时钟).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock<'r> {
    /// By which rule.
    pub rule: &'r Deadline,
    /// From when.
    pub since: Moment,
    /// By when it was promised.
    pub due: Moment,
}

impl Clock<'_> {
    /// Whether the promise is what the rule gives by a calendar: another day was named by a person,
    /// or comes from an earlier promise that was kept.
    #[must_use]
    pub fn runs_by(&self, calendar: &Calendar) -> bool {
        self.rule.from(self.since, calendar).at == self.due
    }

    /// Whether it is provisional (暂定): it runs by a calendar in which a year that matters is not
    /// announced yet.
    #[must_use]
    pub fn is_provisional(&self, calendar: &Calendar) -> bool {
        let by_days = !matches!(self.rule.unit, Unit::Minutes);
        let years = self.since.date().year()..=self.due.deadline_date().year();
        by_days && self.runs_by(calendar) && years.into_iter().any(|year| calendar.year(year).is_none())
    }

    /// When it is due by a calendar that came after the one it was promised by, where that is sooner:
    /// what was promised is never put off. What would be late at once has the rest of the day.
    #[must_use]
    pub fn sooner(&self, before: &Calendar, after: &Calendar, now: Moment) -> Option<Moment> {
        let anew = self.rule.from(self.since, after).at.max(now.end_of_day_after(0));
        (self.runs_by(before) && anew < self.due).then_some(anew)
    }
}

impl Deadline {
    /// When something that begins at a moment is due by a calendar. What is counted in days ends at
    /// 24:00 of a day that is worked (民法典 art. 201–203); minutes run day and night. What lies
    /// beyond all calendars is due at their end.
    #[must_use]
    pub fn from(&self, start: Moment, calendar: &Calendar) -> Due<'_> {
        let at = match self.unit {
            Unit::Minutes => start.plus_seconds(i64::from(self.count) * 60),
            Unit::Days | Unit::Months | Unit::WorkingDays | Unit::WorkingMinutes => {
                let span = Span { count: self.count, unit: self.unit };
                let reckoned = deadline(start.civil(), span, calendar, &Pauses::default()).ok();
                reckoned.and_then(|reckoned| Moment::at(reckoned.due)).unwrap_or(Moment::LAST)
            }
        };
        Due { at, why: &self.source }
    }
}

impl Section for Calendar {
    const NAME: &'static str = "calendar";
    const SHIPPED: &'static str = Calendar::SHIPPED;
}

/// The ways in which packs write a deadline; each has its source beside it.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Written {
    Days { days: u32, source: String },
    WorkingDays { working_days: u32, source: String },
    Months { months: u32, source: String },
    Minutes { minutes: u32, source: String },
    WorkingMinutes { working_minutes: u32, source: String },
}

impl From<Written> for Deadline {
    fn from(written: Written) -> Self {
        let (count, unit, source) = match written {
            Written::Days { days, source } => (days, Unit::Days, source),
            Written::WorkingDays { working_days, source } => (working_days, Unit::WorkingDays, source),
            Written::Months { months, source } => (months, Unit::Months, source),
            Written::Minutes { minutes, source } => (minutes, Unit::Minutes, source),
            Written::WorkingMinutes { working_minutes, source } => {
                (working_minutes, Unit::WorkingMinutes, source)
            }
        };
        Self { count, unit, source }
    }
}

impl From<Deadline> for Written {
    fn from(Deadline { count, unit, source }: Deadline) -> Self {
        match unit {
            Unit::Days => Self::Days { days: count, source },
            Unit::WorkingDays => Self::WorkingDays { working_days: count, source },
            Unit::Months => Self::Months { months: count, source },
            Unit::Minutes => Self::Minutes { minutes: count, source },
            Unit::WorkingMinutes => Self::WorkingMinutes { working_minutes: count, source },
        }
    }
}

impl<'de> Deserialize<'de> for Deadline {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Written::deserialize(deserializer)?.into())
    }
}

impl Serialize for Deadline {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written::from(self.clone()).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::at(text.parse().unwrap()).unwrap()
    }

    fn due(rule: &str, start: &str) -> String {
        let rule: Deadline = toml::from_str(&format!("{rule}\nsource = \"本地规则\"")).unwrap();
        rule.from(at(start), &Calendar::shipped()).at.minute()
    }

    #[test]
    fn a_deadline_is_counted_by_the_calendar_and_says_why() {
        // Thursday before the first of October 2026, which is off until the seventh.
        let start = "2026-09-30T16:00";
        assert_eq!(due("minutes = 120", start), "2026-09-30 18:00");
        assert_eq!(
            due("days = 2", start),
            "2026-10-09 00:00",
            "24:00 of the eighth, the first that is worked"
        );
        assert_eq!(due("working_days = 3", start), "2026-10-11 00:00", "the tenth, a Saturday, is worked");
        assert_eq!(due("working_minutes = 60", start), "2026-09-30 17:00");
        assert_eq!(due("months = 1", start), "2026-10-31 00:00");
        let rule: Deadline = toml::from_str("days = 2\nsource = \"本地规则\"").unwrap();
        assert_eq!(rule.from(at(start), &Calendar::shipped()).why, "本地规则");
    }

    #[test]
    fn what_lies_beyond_all_calendars_is_due_at_their_end() {
        assert_eq!(due("days = 4000000000", "2026-09-30T16:00"), Moment::LAST.minute());
    }

    #[test]
    fn another_calendar_makes_what_was_promised_by_the_first_due_sooner_and_never_later() {
        // Nobody has announced 2027 yet: its third of January is a Sunday like others.
        let before = Calendar::shipped();
        let of = |off: &str, on: &str| {
            let year = format!("[[year]]\nyear = 2027\nsource = \"x\"\noff = [{off}]\non = [{on}]");
            Calendar::read(&format!("{}{year}", Calendar::SHIPPED)).unwrap()
        };
        let rule: Deadline = toml::from_str("working_days = 2\nsource = \"x\"").unwrap();
        let (since, now) = (at("2026-12-31T10:00"), at("2026-12-31T11:00"));
        let clock = Clock { rule: &rule, since, due: rule.from(since, &before).at };
        assert_eq!(clock.due.minute(), "2027-01-06 00:00", "Monday the fourth and Tuesday the fifth");
        assert!(clock.is_provisional(&before));
        assert!(!clock.is_provisional(&of("\"2027-01-01\"", "")), "announced");
        let sooner = of("\"2027-01-01\"", "\"2027-01-03\"");
        assert_eq!(
            clock.sooner(&before, &sooner, now).map(Moment::minute).as_deref(),
            Some("2027-01-05 00:00")
        );
        let later = of("\"2027-01-01/2027-01-05\"", "");
        assert_eq!(clock.sooner(&before, &later, now), None, "what was promised stands");
        assert_eq!(clock.sooner(&before, &before, now), None);
        let named = Clock { due: at("2027-01-20T00:00"), ..clock };
        assert_eq!(named.sooner(&before, &sooner, now), None, "a person named the day");
        let last = at("2027-01-05T09:00");
        assert_eq!(clock.sooner(&before, &sooner, last), None, "and nothing is late because of it");
    }

    #[test]
    fn a_deadline_is_written_as_it_was_read() {
        for unit in ["days", "working_days", "months", "minutes", "working_minutes"] {
            let deadline: Deadline = toml::from_str(&format!("{unit} = 2\nsource = \"x\"")).unwrap();
            let written = serde_json::to_value(&deadline).unwrap();
            assert_eq!(written, serde_json::json!({ unit: 2, "source": "x" }));
            assert_eq!(serde_json::from_value::<Deadline>(written).unwrap(), deadline);
        }
    }

    #[test]
    fn a_deadline_without_a_source_is_an_error() {
        assert!(toml::from_str::<Deadline>("days = 2").is_err());
        assert!(toml::from_str::<Deadline>("hours = 2\nsource = \"x\"").is_err());
    }
}
