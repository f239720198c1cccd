//! Kinds of things and who decides each, as a rule pack gives them. What becomes of a motion or
//! an order of a kind stands with these.

use super::decides::{Decider, Decides};
use super::refusals::Refusal;
use super::words::Joint;
use serde::Deserialize;
use yishi_kernel::{Deadline, Section};

/// The section of who decides in a rule pack (决定权规则).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From entering a result of owners to its being confirmed.
    pub confirm: Deadline,
    /// Kinds of things, in the order in which they are offered.
    pub items: Vec<Item>,
}

/// A kind of thing (子项).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Item {
    /// The word that stands in the ledger.
    pub code: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Who decides.
    pub by: Decider,
    /// Legal article or local rule.
    pub source: String,
    /// Whether it only gets ready what the owners will decide: opinions, drawings, quotes.
    #[serde(default)]
    pub prepares: bool,
    /// What a text says that is of this kind, so that it does not pass for the meeting's or the
    /// company's own.
    #[serde(default)]
    pub says: Vec<String>,
    /// Where money comes from that is spent by this kind alone.
    #[serde(default)]
    pub money: Vec<String>,
}

/// What is said of a thing whose kind was named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said<'a> {
    /// What is to be done.
    pub task: &'a str,
    /// Where its money comes from.
    pub money: &'a str,
}

impl Section for Rules {
    const NAME: &'static str = "ballots";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

impl Item {
    /// Whose decision it is.
    #[must_use]
    pub fn decides(&self) -> Decides {
        Decides { item: self.code.clone(), by: self.by, source: self.source.clone() }
    }

    /// That a text reads as this kind, by one of its words.
    fn reads(&self, said: &str) -> Refusal {
        Refusal::ReadsAs {
            said: said.to_owned(),
            name: [self.zh.clone(), self.en.clone()],
            who: self.by.who(),
            article: self.source.clone(),
        }
    }
}

impl Rules {
    /// The kind of a word, if the pack has it.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.code == code)
    }

    /// Whose decision something of a kind is.
    ///
    /// # Errors
    /// When there is no such kind, or what is said of it is plainly of another: who picks the
    /// wrong line by mistake is told so, with the article.
    pub fn decides(&self, code: &str, said: Said<'_>) -> Result<Decides, Refusal> {
        let item = self.item(code).ok_or(Refusal::Item)?;
        match self.reads_as(item, said) {
            Some((other, said)) => Err(other.reads(said)),
            None => Ok(item.decides()),
        }
    }

    /// That what is said is of no other kind than was picked, whoever decides that one: for what
    /// leaves by its own article.
    pub(crate) fn must_read_as(&self, item: &Item, said: Said<'_>) -> Result<(), Refusal> {
        // The same money of the whole compound and of one building is said in the same words.
        let alike = |other: &Item| match (item.by, other.by) {
            (Decider::Owners { matter: own, .. }, Decider::Owners { matter, .. }) => {
                own == matter && own != Joint::Other
            }
            _ => false,
        };
        let others = self.items.iter().filter(|other| other.code != item.code && !alike(other));
        for other in others {
            let task = other.says.iter().find(|word| said.task.contains(word.as_str()));
            let money = other.money.iter().find(|word| said.money.contains(word.as_str()));
            if let Some(word) = task.or(money) {
                return Err(other.reads(word));
            }
        }
        Ok(())
    }

    /// The kind that the words are of, where that is plainly another one than was picked.
    fn reads_as(&self, item: &Item, said: Said<'_>) -> Option<(&Item, &str)> {
        let own = match item.by {
            Decider::Owners { .. } | Decider::Operator => return None,
            Decider::Department => false,
            Decider::Meeting | Decider::Company => !item.prepares,
        };
        self.items.iter().find_map(|other| {
            let task = other.says.iter().find(|word| own && said.task.contains(word.as_str()));
            let money = other.money.iter().find(|word| said.money.contains(word.as_str()));
            task.or(money).map(|word| (other, word.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ballots::{Joint, Who};
    use crate::testing;
    use std::collections::BTreeSet;

    #[test]
    fn each_kind_has_an_article_and_what_the_law_gives_the_owners_is_theirs() {
        let pack = testing::rules();
        let rules = pack.section::<Rules>();
        let codes: BTreeSet<_> = rules.items.iter().map(|item| &item.code).collect();
        assert_eq!(codes.len(), rules.items.len());
        for item in &rules.items {
            assert!(!item.source.is_empty() && !item.zh.is_empty() && !item.en.is_empty(), "{}", item.code);
        }
        let joint: BTreeSet<_> =
            rules.items.iter().filter_map(|item| item.decides().joint()).map(|(_, matter)| matter).collect();
        assert_eq!(joint, Joint::ALL.iter().copied().collect(), "278 (1)-(9)");
        let by = |code: &str| rules.item(code).unwrap().by.who();
        for code in ["common_income", "use_fund", "new_common", "hire_manager", "company_fee", "covenant"] {
            assert_eq!(by(code), Who::Owners, "{code}");
        }
        for code in ["repair", "bench", "order"] {
            assert_eq!(by(code), Who::Meeting, "{code}");
        }
        assert_eq!(by("price"), Who::Operator);
    }

    #[test]
    fn owners_money_does_not_pass_for_a_repair() {
        let pack = testing::rules();
        let rules = pack.section::<Rules>();
        let of = |code, task, money| rules.decides(code, Said { task, money });
        for (task, money) in [
            ("动用公共收益更换门禁", ""),
            ("更换门禁", "小区公共收益"),
            ("在8号楼后新建车棚", ""),
            ("屋面防水", "住宅专项维修资金"),
            ("解聘物业公司", ""),
        ] {
            for code in ["repair", "company"] {
                let refused = of(code, task, money).unwrap_err();
                assert!(matches!(refused, Refusal::ReadsAs { who: Who::Owners, .. }), "{code} {task}");
            }
        }
        assert!(of("repair", "更换楼道灯", "街道经费").is_ok());
        assert!(of("prepare", "征求业主对动用公共收益的意见", "").is_ok());
        assert!(of("department", "制止占用绿地加建", "").is_ok());
        assert_eq!(
            of("department", "装路灯", "公共收益").unwrap_err().article(),
            Some("《民法典》第278条第一款第（九）项、第282条")
        );
        assert!(of("common_income", "动用公共收益更换门禁", "公共收益").is_ok());
        assert_eq!(of("", "更换门禁", ""), Err(Refusal::Item));
    }
}
