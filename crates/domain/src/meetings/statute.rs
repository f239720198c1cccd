//! What a forum rests on: a law, whose numbers are the same everywhere and are confirmed by the
//! street before they are used, or the place's own rule. Which text of a law is in force is data of
//! the rule pack. Who confirmed what is the rulebook's.

use super::rules::{Forum, Rules};
use super::words::Law;
use crate::places::PlaceKind;
use crate::rulebook::Figures;
use serde::Deserialize;
use yishi_kernel::Moment;
use yishi_tally::everyday::{Base, Threshold};

/// What a forum rests on (议事形式的依据).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Stated")]
pub enum Basis {
    /// A law: a statutory meeting (法定会议).
    Statute(Statute),
    /// The place's own rule: a consultation (协商), for which the nation sets no number.
    Local,
    /// Nothing is said, as in packs before 0.3.0.
    Unsaid,
}

/// Where in a law the numbers of a statutory meeting stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statute {
    /// The law.
    pub law: Law,
    /// Its articles, in Chinese.
    pub articles: String,
    /// The year of the text that they were taken from.
    pub version: u16,
}

/// A text of a law (法律文本).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct LawText {
    /// Of which law.
    pub law: Law,
    /// The year by which it is called.
    pub version: u16,
    /// The first day of its force, as `2026-01-01`.
    pub since: Day,
    /// Where that is known from.
    pub source: String,
}

/// A civil day of a pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct Day(pub yishi_kernel::moment::Date);

/// A basis or a day that does not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misstated {
    /// What it rests on is none of the two.
    #[error("a forum rests on a \"statute\" or is \"local\", not {0:?}")]
    Basis(String),
    /// A law without its articles or version, or a local rule with one.
    #[error("a forum by statute names law, articles and version, a local one none of them")]
    Statute,
    /// No day.
    #[error("{0:?} is no day, as 2026-01-01")]
    Day(String),
}

/// As it stands in a pack.
#[derive(Deserialize)]
struct Stated {
    basis: Option<String>,
    law: Option<Law>,
    articles: Option<String>,
    version: Option<u16>,
}

impl TryFrom<Stated> for Basis {
    type Error = Misstated;

    fn try_from(stated: Stated) -> Result<Self, Misstated> {
        let Stated { basis, law, articles, version } = stated;
        match (basis.as_deref(), law, articles, version) {
            (Some("statute"), Some(law), Some(articles), Some(version)) => {
                Ok(Basis::Statute(Statute { law, articles, version }))
            }
            (Some("local"), None, None, None) => Ok(Basis::Local),
            (None, None, None, None) => Ok(Basis::Unsaid),
            (Some("statute" | "local") | None, ..) => Err(Misstated::Statute),
            (Some(other), ..) => Err(Misstated::Basis(other.to_owned())),
        }
    }
}

impl TryFrom<String> for Day {
    type Error = Misstated;

    fn try_from(text: String) -> Result<Self, Misstated> {
        text.parse().map(Day).map_err(|_| Misstated::Day(text))
    }
}

/// A number that a forum goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// Days of notice (提前通知).
    Notice,
    /// How many must come and how many decide (法定人数、表决规则).
    Deciding,
    /// Days that the result is published (公示).
    Publication,
}

/// Whose rule a number is, with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// The place's own (本地规则).
    Local(&'a str),
    /// A law's.
    Statute(&'a Statute, &'a str),
    /// Nobody has said: only where it stands.
    Unsaid(&'a str),
}

impl Law {
    /// Whether it is about a place of this kind.
    #[must_use]
    pub fn is_of(self, kind: PlaceKind) -> bool {
        match self {
            Law::ResidentsCommittees => kind == PlaceKind::Community,
            Law::VillagersCommittees => kind == PlaceKind::Village,
        }
    }
}

impl Forum {
    /// Where in a law it stands, where it does.
    #[must_use]
    pub fn statute(&self) -> Option<&Statute> {
        match &self.basis {
            Basis::Statute(statute) => Some(statute),
            Basis::Local | Basis::Unsaid => None,
        }
    }

    /// Whether it is a statutory meeting, also by a pack that did not say so yet: of those only
    /// the residents' meeting had a number that must be reached.
    #[must_use]
    pub fn is_statutory(&self) -> bool {
        match self.basis {
            Basis::Statute(_) => true,
            Basis::Local => false,
            Basis::Unsaid => self.rule.quorum.is_some(),
        }
    }

    /// Whether a place of this kind has it: each law is about one kind of committee.
    #[must_use]
    pub fn is_of(&self, kind: PlaceKind) -> bool {
        self.statute().is_none_or(|statute| statute.law.is_of(kind))
    }

    /// Whether the council that votes by it is that of a place of this kind; a village's is what a
    /// community's is elsewhere.
    #[must_use]
    pub fn votes_at(&self, kind: PlaceKind) -> bool {
        self.council.is_some_and(|council| council == kind || council.is_community() && kind.is_community())
    }

    /// Whose rule one of its numbers is. A law says how many must come and how many decide, and of
    /// days only what it does not leave to the place.
    #[must_use]
    pub fn whose(&self, number: Number) -> Whose<'_> {
        let local = match number {
            Number::Notice => self.notice_source.as_deref(),
            Number::Publication => self.publication_source.as_deref(),
            Number::Deciding => None,
        };
        match (local, &self.basis) {
            (Some(source), _) => Whose::Local(source),
            (None, Basis::Statute(statute)) => Whose::Statute(statute, &self.source),
            (None, Basis::Local) => Whose::Local(&self.source),
            (None, Basis::Unsaid) => Whose::Unsaid(&self.source),
        }
    }
}

impl Rules {
    /// The forums that a place of this kind has.
    pub fn forums_of(&self, kind: PlaceKind) -> impl Iterator<Item = &Forum> {
        self.forums.iter().filter(move |forum| forum.is_of(kind))
    }

    /// The text of a law that is in force at a moment.
    #[must_use]
    pub fn in_force(&self, law: Law, moment: Moment) -> Option<&LawText> {
        let begun = self.laws.iter().filter(|text| text.law == law && text.since.0 <= moment.date());
        begun.max_by_key(|text| text.since)
    }

    /// The text of its law that is in force now, where a forum's numbers were taken from another.
    #[must_use]
    pub fn superseded(&self, forum: &Forum, now: Moment) -> Option<&LawText> {
        let statute = forum.statute()?;
        self.in_force(statute.law, now).filter(|text| text.version != statute.version)
    }

    /// The digest of a statutory forum's numbers with the text of the law that is in force: when
    /// either changes, what was confirmed before says nothing of them.
    #[must_use]
    pub fn figures(&self, forum: &Forum, now: Moment) -> Option<Figures> {
        let statute = forum.statute()?;
        let Forum { code, notice, publication, rule, .. } = forum;
        let Statute { law, articles, version } = statute;
        let in_force = self.in_force(*law, now).map_or(*version, |text| text.version);
        let base = match rule.base {
            Base::Present => "present",
            Base::Voting => "voting",
            Base::Entitled => "entitled",
        };
        let council = forum.council.map_or("", PlaceKind::word);
        let quorum = rule.quorum.map_or_else(String::new, share);
        Some(Figures::of(&format!(
            "{code}\n{} {version} {articles}\n{in_force}\n{notice} {publication}\n{council}\n{base} {}\n{quorum}\n",
            law.word(),
            share(rule.threshold)
        )))
    }
}

fn share(of: Threshold) -> String {
    match of {
        Threshold::MoreThan(share) => format!("more_than {}", String::from(share)),
        Threshold::AtLeast(share) => format!("at_least {}", String::from(share)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::collections::BTreeSet;
    use yishi_kernel::Section;

    /// 2025-12-31 23:59:59 in China.
    const BEFORE: Moment = Moment(1_767_196_799_000_000);
    const AFTER: Moment = Moment(1_767_196_800_000_000);

    fn shipped() -> Rules {
        toml::from_str(Rules::SHIPPED).unwrap()
    }

    #[test]
    fn a_pack_says_what_each_forum_rests_on_and_one_that_does_not_read_is_no_pack() {
        let rules = shipped();
        assert!(rules.forums.iter().all(|forum| forum.basis != Basis::Unsaid));
        let statutory: Vec<&str> =
            rules.forums.iter().filter(|forum| forum.is_statutory()).map(|forum| &*forum.code).collect();
        assert_eq!(statutory, ["residents", "villagers", "village_delegates"]);
        for (from, to) in [
            ("basis = \"statute\"\n", "basis = \"custom\"\n"),
            ("basis = \"statute\"\n", "basis = \"local\"\n"),
            ("basis = \"statute\"\n", ""),
            ("version = 2018\n", ""),
            ("law = \"residents_committees\"\n", "law = \"maritime\"\n"),
            ("since = \"2026-01-01\"", "since = \"next year\""),
        ] {
            let text = Rules::SHIPPED.replace(from, to);
            assert_ne!(text, Rules::SHIPPED);
            assert!(toml::from_str::<Rules>(&text).is_err(), "{from} as {to}");
        }
    }

    /// What a pack said before there was a word for it.
    #[test]
    fn a_pack_of_an_earlier_program_reads_and_its_residents_meeting_is_statutory() {
        let new = ["basis =", "law =", "articles =", "version =", "notice_source", "publication_source"];
        let (forums, _) = Rules::SHIPPED.split_once("[[laws]]").unwrap();
        let schemes = Rules::SHIPPED.split_once("[[schemes]]").unwrap().1;
        let text = format!("{forums}\n[[schemes]]{schemes}");
        let lines = text.lines().filter(|line| !new.iter().any(|front| line.starts_with(front)));
        let rules: Rules = toml::from_str(&Vec::from_iter(lines).join("\n")).unwrap();
        assert!(rules.forums.iter().all(|forum| forum.basis == Basis::Unsaid));
        let (residents, market) = (rules.forum("residents").unwrap(), rules.forum("market").unwrap());
        assert!(residents.is_statutory() && !market.is_statutory());
        assert_eq!(rules.figures(residents, AFTER), None, "nobody can confirm what names no law");
        assert_eq!(market.whose(Number::Notice), Whose::Unsaid(&market.source));
    }

    #[test]
    fn both_laws_changed_with_the_first_of_january_2026() {
        let rules = shipped();
        for forum in rules.forums.iter().filter(|forum| forum.is_statutory()) {
            assert_eq!(rules.superseded(forum, BEFORE), None, "{}", forum.code);
            assert_eq!(rules.superseded(forum, AFTER).unwrap().version, 2025, "{}", forum.code);
            assert_ne!(rules.figures(forum, BEFORE), rules.figures(forum, AFTER), "{}", forum.code);
        }
    }

    #[test]
    fn a_community_has_the_residents_meeting_and_a_village_its_own() {
        let rules = shipped();
        let of = |kind| -> BTreeSet<&str> {
            rules.forums_of(kind).filter(|one| one.is_statutory()).map(|one| &*one.code).collect()
        };
        assert_eq!(of(PlaceKind::Community), BTreeSet::from(["residents"]));
        assert_eq!(of(PlaceKind::Village), BTreeSet::from(["villagers", "village_delegates"]));
        for kind in [PlaceKind::Community, PlaceKind::Village] {
            assert!(rules.forums_of(kind).any(|forum| forum.code == "compound"));
        }
    }

    #[test]
    fn a_villages_council_votes_where_a_communitys_does() {
        let rules = shipped();
        let (community, compound) = (rules.forum("community").unwrap(), rules.forum("compound").unwrap());
        assert!(community.votes_at(PlaceKind::Community) && community.votes_at(PlaceKind::Village));
        assert!(compound.votes_at(PlaceKind::Compound) && !compound.votes_at(PlaceKind::Village));
        assert!(!rules.forum("market").unwrap().votes_at(PlaceKind::Community));
    }

    #[test]
    fn any_change_of_the_numbers_is_another_digest_and_of_a_name_is_not() {
        let rules = shipped();
        for forum in rules.forums.iter().filter(|forum| forum.is_statutory()) {
            let own = rules.figures(forum, AFTER).unwrap();
            let mut changed: Vec<Forum> = vec![forum.clone(); 8];
            changed[0].notice += 1;
            changed[1].publication += 1;
            changed[2].rule.base = Base::Entitled;
            changed[3].rule.quorum = None;
            changed[4].rule.threshold = Threshold::AtLeast(yishi_tally::everyday::Fraction::HALF);
            changed[5].council = Some(PlaceKind::Phase);
            changed[6].code = "another".to_owned();
            if let Basis::Statute(statute) = &mut changed[7].basis {
                statute.articles.push('款');
            }
            let mut all: BTreeSet<Figures> =
                changed.iter().map(|forum| rules.figures(forum, AFTER).unwrap()).collect();
            assert!(all.insert(own.clone()), "{}", forum.code);
            assert_eq!(all.len(), 9, "{}", forum.code);
            let mut named = forum.clone();
            named.zh = "全体会议".to_owned();
            assert_eq!(rules.figures(&named, AFTER), Some(own));
        }
    }

    #[test]
    fn every_number_says_whose_rule_it_is() {
        for forum in &shipped().forums {
            for number in [Number::Notice, Number::Deciding, Number::Publication] {
                let (own, source) = match forum.whose(number) {
                    Whose::Local(source) => (true, source),
                    Whose::Statute(_, source) => (false, source),
                    Whose::Unsaid(_) => panic!("{} says nothing of {number:?}", forum.code),
                };
                assert_eq!(own, source.starts_with("本地规则："), "{}: {source}", forum.code);
                assert!(own || forum.is_statutory());
                assert!(number != Number::Deciding || own != forum.is_statutory(), "{}", forum.code);
            }
        }
    }
}
