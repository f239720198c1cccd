//! Rule packs (规则包): numbers, categories and their sources as versioned data, so that
//! a verdict can name the rules it was reached by. Reading files is the shell's business.

use crate::access::Role;
use crate::people::OrganisationKind;
use crate::refusal::Refusal;
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
    /// Where neighbours deliberate.
    pub forums: Vec<Forum>,
    /// Sets of parties that act together.
    pub schemes: Vec<Scheme>,
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
    /// From being taken up by a topic to the answer.
    pub consult: Deadline,
    /// From opening a topic to calling a meeting.
    pub call: Deadline,
    /// From calling a meeting to posting its notice.
    pub post: Deadline,
    /// From an invitation to its reply.
    pub reply: Deadline,
    /// From the opening of a meeting to its end.
    pub resolve: Deadline,
    /// From the end of a meeting to confirmed minutes, and on to the notice.
    pub confirm: Deadline,
    /// From an objection to its ruling.
    pub objection: Deadline,
    /// From sending work to its being signed for.
    pub sign: Deadline,
    /// From asking for a whistle to the street's decision.
    pub blow: Deadline,
    /// The same in an emergency.
    pub emergency_decision: Minutes,
    /// From a whistle to reporting in: emergencies.
    pub emergency: Minutes,
    /// The same: joint enforcement.
    pub enforcement: Deadline,
    /// The same: hard problems.
    pub hard: Deadline,
    /// From a letter, or from following it up, to following it up.
    pub follow_up: Deadline,
    /// From "not ours" to the street's ruling.
    pub dispute: Deadline,
    /// From done to accepted.
    pub accept: Deadline,
}

/// A number of minutes and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minutes {
    /// Minutes.
    pub minutes: u32,
    /// Legal article or local rule.
    pub source: String,
}

/// Where neighbours deliberate (议事形式): who convenes, how long a notice hangs, by which
/// rule it decides, how long the result is published. Consultation has no national quorum;
/// each number names where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forum {
    /// The word that stands in the ledger.
    pub code: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Who convenes it, in Chinese.
    pub convenor_zh: String,
    /// Who convenes it, in English.
    pub convenor_en: String,
    /// Kinds of organisations that must be invited.
    pub invite: Vec<OrganisationKind>,
    /// Natural days of notice.
    pub notice: u32,
    /// Natural days the result is published for objections.
    pub publication: u32,
    /// The rule it decides by.
    pub rule: yishi_tally::everyday::Rule,
    /// Legal article or local rule.
    pub source: String,
}

/// A set of parties that act together (六方联动、1+6+N).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// The word that stands in the ledger.
    pub code: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Local rule.
    pub source: String,
}

/// A party of a [`Scheme`] and what it answers for (权责界线).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// What it answers for, in Chinese.
    pub duty_zh: String,
    /// What it answers for, in English.
    pub duty_en: String,
    /// Organisations of these kinds are this party.
    #[serde(default)]
    pub kinds: Vec<OrganisationKind>,
    /// People in these roles are this party.
    #[serde(default)]
    pub roles: Vec<Role>,
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

    /// The forum of a code, if the pack has it.
    #[must_use]
    pub fn forum(&self, code: &str) -> Option<&Forum> {
        self.forums.iter().find(|forum| forum.code == code)
    }

    /// The set of parties of a code, if the pack has it.
    #[must_use]
    pub fn scheme(&self, code: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.code == code)
    }

    /// The code of a category the pack has.
    ///
    /// # Errors
    /// When it has none such.
    pub fn known_category(&self, code: &str) -> Result<CategoryCode, Refusal> {
        let known = self.category(code).map(|category| category.code.clone());
        known.ok_or_else(|| Refusal::Category(crate::text::excerpt(code, 20)))
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
    fn the_shipped_pack_reads_and_cites_a_source_for_each_number() {
        let rules = Rules::parse(DEFAULT).unwrap();
        assert_eq!(rules.citation(), "matters@2");
        // Every table with a number has its source beside it.
        let pack: toml::Table = DEFAULT.parse().unwrap();
        let deadlines = pack["deadlines"].as_table().unwrap();
        for (name, deadline) in deadlines {
            let source = deadline["source"].as_str().unwrap();
            assert!(!source.trim().is_empty(), "{name}");
        }
        assert!(rules.forums.iter().all(|forum| !forum.source.is_empty()));
        assert!(rules.schemes.iter().all(|scheme| !scheme.source.is_empty()));
        let codes: BTreeSet<_> = rules.categories.iter().map(|category| &category.code).collect();
        assert_eq!(codes.len(), rules.categories.len());
        assert_eq!(rules.category("03").unwrap().zh, "停车、车棚与充电");
    }

    #[test]
    fn each_forum_decides_by_those_present_and_the_statutory_one_has_a_quorum() {
        use yishi_tally::everyday::{Base, Fraction, Threshold};
        let rules = Rules::parse(DEFAULT).unwrap();
        let codes: BTreeSet<_> = rules.forums.iter().map(|forum| &forum.code).collect();
        assert_eq!(codes.len(), rules.forums.len());
        let half = Threshold::MoreThan(Fraction::HALF);
        for forum in &rules.forums {
            assert_eq!((forum.rule.base, forum.rule.threshold), (Base::Present, half), "{}", forum.code);
            // Only the residents' meeting is one of the law: consultation has no quorum.
            assert_eq!(forum.rule.quorum, (forum.code == "residents").then_some(half));
            assert!(forum.publication > 0 && !forum.invite.is_empty());
            assert_eq!(rules.forum(&forum.code), Some(forum));
        }
        assert_eq!(rules.forum("parliament"), None);
    }

    #[test]
    fn every_party_of_a_set_is_somebody() {
        let rules = Rules::parse(DEFAULT).unwrap();
        for scheme in &rules.schemes {
            assert_eq!(rules.scheme(&scheme.code), Some(scheme));
            for party in &scheme.parties {
                assert!(!party.duty_zh.is_empty() && !party.duty_en.is_empty());
                assert!(!party.kinds.is_empty() || !party.roles.is_empty() || party.zh.starts_with('N'));
            }
        }
        assert_eq!(rules.scheme("six").unwrap().parties.len(), 6);
    }

    #[test]
    fn a_majority_that_is_none_is_an_error() {
        for wrong in ["3/2", "0/2", "half"] {
            assert!(Rules::parse(&DEFAULT.replacen("\"1/2\"", &format!("\"{wrong}\""), 1)).is_err());
        }
    }

    #[test]
    fn an_unknown_line_is_an_error() {
        assert!(Rules::parse(&DEFAULT.replace("[limits]", "[limits]\nvideos = 1")).is_err());
    }
}
