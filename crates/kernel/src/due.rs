//! Deadlines as rules give them, and the day on which something is due with the reason.
//! Natural days end at 24:00 (+08:00) (民法典 art. 201–203). Working days need a calendar,
//! which this crate does not have.

use crate::moment::Moment;
use serde::{Deserialize, Serialize};

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

/// What a deadline counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Natural days; the deadline is 24:00 of the last one.
    Days,
    /// Minutes.
    Minutes,
}

/// When something is due, and why then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due<'a> {
    /// The moment.
    pub at: Moment,
    /// Legal article or local rule.
    pub why: &'a str,
}

impl Deadline {
    /// When something that begins at a moment is due.
    #[must_use]
    pub fn from(&self, start: Moment) -> Due<'_> {
        let at = match self.unit {
            Unit::Days => start.end_of_day_after(self.count),
            Unit::Minutes => start.plus_seconds(i64::from(self.count) * 60),
        };
        Due { at, why: &self.source }
    }
}

/// The two ways in which packs write a deadline; each has its source beside it.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Written {
    Days { days: u32, source: String },
    Minutes { minutes: u32, source: String },
}

impl<'de> Deserialize<'de> for Deadline {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Written::deserialize(deserializer)? {
            Written::Days { days, source } => Self { count: days, unit: Unit::Days, source },
            Written::Minutes { minutes, source } => Self { count: minutes, unit: Unit::Minutes, source },
        })
    }
}

impl Serialize for Deadline {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let source = self.source.clone();
        let written = match self.unit {
            Unit::Days => Written::Days { days: self.count, source },
            Unit::Minutes => Written::Minutes { minutes: self.count, source },
        };
        written.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_deadline_counts_days_or_minutes_and_says_why() {
        let days: Deadline = toml::from_str("days = 2\nsource = \"本地规则\"").unwrap();
        let minutes: Deadline = toml::from_str("minutes = 30\nsource = \"应急\"").unwrap();
        let start = Moment(1_777_856_400_000_000);
        assert_eq!(days.from(start), Due { at: start.end_of_day_after(2), why: "本地规则" });
        assert_eq!(minutes.from(start).at, start.plus_seconds(1800));
        for deadline in [days, minutes] {
            let written = serde_json::to_value(&deadline).unwrap();
            assert_eq!(serde_json::from_value::<Deadline>(written).unwrap(), deadline);
        }
    }

    #[test]
    fn a_deadline_without_a_source_is_an_error() {
        assert!(toml::from_str::<Deadline>("days = 2").is_err());
        assert!(toml::from_str::<Deadline>("hours = 2\nsource = \"x\"").is_err());
    }
}
