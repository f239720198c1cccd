//! Rule packs (规则包): numbers, categories and their sources as versioned data, so that
//! a verdict can name the rules it was reached by. Reading files is the shell's business.

use serde::{Deserialize, Serialize};

/// The pack that ships with the program.
pub const DEFAULT: &str = include_str!("default.toml");

/// A rule pack for matters.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The pack's name.
    pub name: String,
    /// Counts up with each change.
    pub version: u32,
    /// How long each step may take.
    pub deadlines: Deadlines,
    /// How much may be written.
    pub limits: Limits,
    /// What matters are about.
    pub categories: Vec<Category>,
}

/// How long each step of a matter may take (时限).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadlines {
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
    /// From the answer to the end of evaluation.
    pub evaluate: Deadline,
}

/// A number of days and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Natural days; the deadline is 24:00 of the last one.
    pub days: u32,
    /// Legal article or local rule.
    pub source: String,
}

/// How much may be written or attached.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Characters of a text.
    pub text: usize,
    /// Characters of a public summary.
    pub summary: usize,
    /// Photos with one text.
    pub photos: usize,
}

/// What a matter is about (类别).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Two digits.
    pub code: CategoryCode,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
}

/// The code of a [`Category`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CategoryCode(pub String);

impl Rules {
    /// Reads a pack.
    ///
    /// # Errors
    /// What does not fit, with its line.
    pub fn parse(text: &str) -> Result<Rules, toml::de::Error> {
        toml::from_str(text)
    }

    /// `matters@1`: the name under which entries cite the pack.
    #[must_use]
    pub fn citation(&self) -> String {
        format!("{}@{}", self.name, self.version)
    }

    /// The category of a code, if the pack has it.
    #[must_use]
    pub fn category(&self, code: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.code.0 == code)
    }
}

/// What happens to a rule pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Event {
    /// A version of the pack is in force from now on in this ledger.
    #[serde(rename = "rules.adopted.1")]
    Adopted {
        /// The version.
        version: u32,
        /// SHA-256 of the pack's text, in hex; the text itself lies with the files.
        sha256: String,
    },
}

/// The state of a rule pack's stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// The version in force; none before the first.
    pub version: Option<u32>,
    /// The digest of its text.
    pub sha256: String,
}

impl crate::Stream for Adopted {
    type Event = Event;

    fn evolve(&mut self, event: &Event) {
        match event {
            Event::Adopted { version, sha256 } => {
                self.version = Some(*version);
                self.sha256.clone_from(sha256);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_shipped_pack_reads_and_cites_a_source_for_each_deadline() {
        let rules = Rules::parse(DEFAULT).unwrap();
        assert_eq!(rules.citation(), "matters@1");
        let d = &rules.deadlines;
        for deadline in [&d.receive, &d.public, &d.government, &d.private, &d.owners, &d.evaluate] {
            assert!(!deadline.source.is_empty());
        }
        let codes: BTreeSet<_> = rules.categories.iter().map(|category| &category.code).collect();
        assert_eq!(codes.len(), rules.categories.len());
        assert_eq!(rules.category("03").unwrap().zh, "停车、车棚与充电");
    }

    #[test]
    fn an_unknown_line_is_an_error() {
        assert!(Rules::parse(&DEFAULT.replace("[limits]", "[limits]\nvideos = 1")).is_err());
    }
}
