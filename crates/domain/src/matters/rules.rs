//! The matters' section of a rule pack: what matters are about, and how long each step may
//! take. How long an answer may be evaluated stands with the evaluation.

use super::words::Outcome;
use serde::{Deserialize, Serialize};
use yishi_kernel::cell::{Cell, Kind, Put, Value};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Deadline, Refusal, Section};

/// The rules of matters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From raising to sorting.
    pub receive: Deadline,
    /// From sorting to the answer, for public matters (小事).
    pub public: Deadline,
    /// The same for government's matters (大事).
    pub government: Deadline,
    /// The same for private matters (私事).
    pub private: Deadline,
    /// The same for what owners decide together (业主共同决定事项).
    pub owners: Deadline,
    /// When the same at the same spot is a repeat, and when repeats go up (重复反映).
    #[serde(default)]
    pub repeats: Repeats,
    /// Sentences with which answers often begin (常用语): offered, and changed by whoever answers.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// What matters are about.
    pub categories: Vec<Category>,
}

/// What a matter is about (类别).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Category {
    /// Two digits.
    pub code: CategoryCode,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Words by which what was said speaks for it; a pack may have none.
    #[serde(default)]
    pub words: Vec<String>,
}

/// The code of a [`Category`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CategoryCode(pub String);

impl Put for CategoryCode {
    fn put(self) -> Value {
        Value::Text(self.0)
    }
}

impl Cell for CategoryCode {
    const KIND: Kind = Kind::Text;

    fn from_value(value: Value) -> Option<Self> {
        String::from_value(value).map(Self)
    }
}

/// When something is a repeat (重复反映): raised before at the same spot, about the same.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Repeats {
    /// How far one looks back, in days.
    pub days: u32,
    /// After how many times that it was said to be solved it goes to the desk above; 0 for never.
    pub up_after: u32,
    /// Legal article or local rule.
    pub source: String,
}

/// A pack of before this was ruled on: repeats are shown, and stay where they are.
impl Default for Repeats {
    fn default() -> Self {
        Self { days: 180, up_after: 0, source: "本地规则".to_owned() }
    }
}

impl Section for Rules {
    const NAME: &'static str = "matters";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

impl Rules {
    /// How long an answer may take. What was not accepted was answered by that; found wanting,
    /// it has the time of a public matter.
    #[must_use]
    pub fn answer(&self, outcome: Outcome) -> &Deadline {
        match outcome {
            Outcome::Government => &self.government,
            Outcome::Owners => &self.owners,
            Outcome::Private => &self.private,
            Outcome::Public | Outcome::NotAccepted => &self.public,
        }
    }

    /// The category of a code, if the pack has it.
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code.0 == code)
    }

    /// The code of a category the pack has.
    pub fn known_category(&self, code: &str) -> Result<CategoryCode, Refusal> {
        let known = self.category(code).map(|category| category.code.clone());
        known.ok_or_else(|| Common::Category(excerpt(code, 20)).into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_rules_read_and_cite_a_source_for_each_number() {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        let deadlines = [&rules.receive, &rules.public, &rules.government, &rules.private, &rules.owners];
        assert!(deadlines.iter().all(|deadline| !deadline.source.trim().is_empty()));
        assert_eq!((rules.repeats.days, rules.repeats.up_after), (180, 2));
        assert!(!rules.repeats.source.trim().is_empty());
        let codes: BTreeSet<_> = rules.categories.iter().map(|category| &category.code).collect();
        assert_eq!(codes.len(), rules.categories.len());
        assert_eq!(rules.category("03").unwrap().zh, "停车、车棚与充电");
        assert_eq!(rules.known_category("00").unwrap_err(), Common::Category("00".to_owned()));
    }
}
