//! The numbers of meetings and where they come from: forums, sets of parties, deadlines. What
//! a majority is stands with the tally.

use super::statute::{Basis, LawText};
use crate::people::OrganisationKind;
use crate::places::PlaceKind;
use serde::Deserialize;
use yishi_kernel::due::Unit;
use yishi_kernel::{Deadline, Moment, OrganisationId, Role, Section};
use yishi_tally::everyday::Rule;

/// The section of meetings in a rule pack (会议规则).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
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
    /// From sending an action whose day has passed to its being done.
    pub late: Deadline,
    /// Where neighbours deliberate.
    pub forums: Vec<Forum>,
    /// Texts of the laws that statutory meetings rest on; packs before 0.3.0 name none.
    #[serde(default)]
    pub laws: Vec<LawText>,
    /// Sets of parties that act together.
    pub schemes: Vec<Scheme>,
}

/// Where neighbours deliberate (议事形式): who convenes, how long a notice hangs, by which
/// rule it decides, how long the result is published. Consultation has no national quorum;
/// each number names where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
    /// The kind of place whose standing council votes; where none is named, everyone present
    /// does who was confirmed at the door.
    #[serde(default)]
    pub council: Option<PlaceKind>,
    /// Natural days of notice; none where it may be called while it is being held.
    pub notice: u32,
    /// Where these days stand, where they are the place's own beside a law.
    #[serde(default)]
    pub notice_source: Option<String>,
    /// Natural days the result is published for objections.
    pub publication: u32,
    /// Where these days stand, where they are the place's own beside a law.
    #[serde(default)]
    pub publication_source: Option<String>,
    /// The rule it decides by.
    pub rule: Rule,
    /// How households meet there, where households have the voices and not persons.
    #[serde(default)]
    pub households: Option<Households>,
    /// What it rests on.
    #[serde(flatten)]
    pub basis: Basis,
    /// What the law says in short, or the local rule.
    pub source: String,
}

/// How the households of one stairwell meet (一户一票): each that came has one voice. Nobody is
/// invited, and nothing is put before them but what the minutes say.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Households {
    /// What kind of thing they may settle, by its word in the rules of who decides.
    pub item: String,
    /// How many lines the minutes have at most.
    pub lines: usize,
    /// Local rule.
    pub source: String,
    /// How long before it begins it must be told.
    pub ahead: Deadline,
}

impl Forum {
    /// From when a meeting that is called now may begin without a reason for haste. Without a
    /// notice it may be called while it is being held.
    #[must_use]
    pub fn earliest(&self, starts: Moment, now: Moment) -> Moment {
        // The day of the call does not count (民法典 art. 201). Nobody has anything to do on the last
        // day of a notice, so that it does not move on where that is off: neighbours meet on Sundays.
        if self.notice > 0 { now.end_of_day_after(self.notice) } else { now.min(starts) }
    }

    /// A kind of body that must be invited and is not, among the bodies of the place: one that
    /// the place does not have cannot be invited.
    #[must_use]
    pub fn missing(
        &self,
        bodies: &[(OrganisationId, OrganisationKind)],
        invited: &[OrganisationId],
    ) -> Option<OrganisationKind> {
        let missing = |kind: &&OrganisationKind| {
            let mut of_kind = bodies.iter().filter(|(_, is)| is == *kind).peekable();
            of_kind.peek().is_some() && !of_kind.any(|(id, _)| invited.contains(id))
        };
        self.invite.iter().find(missing).copied()
    }

    /// How long the result is published for objections.
    pub(super) fn publication_period(&self) -> Deadline {
        Deadline { count: self.publication, unit: Unit::Days, source: self.source.clone() }
    }
}

/// A set of parties that act together (六方联动、1+6+N).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
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
pub struct Party {
    /// What stands for it in the formula that the place adopted, as “1”, “6”, “N”; most have none.
    #[serde(default)]
    pub mark: Option<String>,
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

impl Section for Rules {
    const NAME: &'static str = "meetings";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

impl Rules {
    /// The forum of a code, if the pack has it.
    #[must_use]
    pub fn forum(&self, code: &str) -> Option<&Forum> {
        self.forums.iter().find(|forum| forum.code == code)
    }

    /// The forum in which the households of a stairwell meet, if the pack has one.
    #[must_use]
    pub fn of_households(&self) -> Option<(&Forum, &Households)> {
        self.forums.iter().find_map(|forum| Some((forum, forum.households.as_ref()?)))
    }

    /// The set of parties of a code, if the pack has it.
    #[must_use]
    pub fn scheme(&self, code: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.code == code)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;
    use yishi_tally::everyday::{Base, Fraction, Threshold};

    fn shipped() -> Rules {
        toml::from_str(Rules::SHIPPED).unwrap()
    }

    #[test]
    fn each_number_names_its_source() {
        let rules = shipped();
        let deadlines =
            [&rules.post, &rules.reply, &rules.resolve, &rules.confirm, &rules.objection, &rules.late];
        assert!(deadlines.iter().all(|deadline| !deadline.source.trim().is_empty()));
        assert!(rules.forums.iter().all(|forum| !forum.source.is_empty()));
        assert!(rules.schemes.iter().all(|scheme| !scheme.source.is_empty()));
    }

    #[test]
    fn each_forum_decides_by_those_present_and_only_a_statutory_one_has_a_quorum() {
        let rules = shipped();
        let codes: BTreeSet<_> = rules.forums.iter().map(|forum| &forum.code).collect();
        assert_eq!(codes.len(), rules.forums.len());
        let half = Threshold::MoreThan(Fraction::HALF);
        for forum in &rules.forums {
            assert_eq!((forum.rule.base, forum.rule.threshold), (Base::Present, half), "{}", forum.code);
            // Only meetings of the law have a quorum: consultation has none.
            let quorum = match forum.code.as_str() {
                "residents" | "villagers" => Some(half),
                "village_delegates" => Some(Threshold::AtLeast(String::from("2/3").try_into().unwrap())),
                _ => None,
            };
            assert_eq!(forum.rule.quorum, quorum, "{}", forum.code);
            assert_eq!(forum.is_statutory(), quorum.is_some(), "{}", forum.code);
            assert_eq!(rules.forum(&forum.code), Some(forum));
            if let Some(households) = &forum.households {
                assert!(forum.invite.is_empty() && households.lines == 5, "{}", forum.code);
                assert!(households.ahead.source.starts_with("本地"), "{}", forum.code);
                continue;
            }
            assert!(forum.publication > 0 && !forum.invite.is_empty());
            assert_eq!(forum.publication_period().count, forum.publication);
            let earliest = forum.earliest(Moment(1), Moment(0));
            assert_eq!(earliest, Moment(0).end_of_day_after(forum.notice), "{}", forum.code);
        }
        assert_eq!(rules.forum("parliament"), None);
    }

    #[test]
    fn every_party_of_a_set_is_somebody() {
        let rules = shipped();
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
            let text = Rules::SHIPPED.replacen("\"1/2\"", &format!("\"{wrong}\""), 1);
            assert!(toml::from_str::<Rules>(&text).is_err());
        }
    }
}
