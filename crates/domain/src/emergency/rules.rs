//! What counts as an emergency, which kinds of things that are the owners' it frees the least of,
//! and the clocks, as a rule pack gives them.

use super::events::Situation;
use super::refusals::Refusal;
use serde::Deserialize;
use yishi_kernel::{Deadline, Section};

/// The section of emergencies in a rule pack (紧急情形规则).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    /// From entering to being confirmed.
    pub confirm: Deadline,
    /// From being confirmed to being sent.
    pub send: Deadline,
    /// From being confirmed to the accounts.
    pub account: Deadline,
    /// What is more than making safe.
    pub lasting: Lasting,
    /// The kinds of things of which the least is freed.
    pub frees: Vec<Frees>,
    /// What is dangerous, in the order in which it is offered.
    pub situations: Vec<Known>,
    /// The city's list, which counts once the street has turned it on.
    pub city: City,
}

/// Words of lasting work (长期维修用语).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Lasting {
    /// Of which one is enough.
    pub words: Vec<String>,
    /// Legal article or local rule.
    pub source: String,
}

/// A kind of thing that is the owners', of which the least is freed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Frees {
    /// The kind, by its word in the rules of who decides.
    pub code: String,
    /// Whose money it spends.
    #[serde(default)]
    pub money: Spends,
    /// The article by which that may be.
    pub source: String,
}

/// Whose money something spends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spends {
    /// None of the owners'.
    #[default]
    NoneOfTheirs,
    /// The owners', who have to apply for it.
    Owners,
}

/// What is dangerous (情形).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Known {
    /// The word that stands in the ledger.
    pub code: String,
    /// Name in Chinese.
    pub zh: String,
    /// Name in English.
    pub en: String,
    /// Legal article or local rule.
    pub source: String,
}

/// The city's list of emergencies (本市应急维修清单).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct City {
    /// Whether the street has turned it on.
    pub on: bool,
    /// The city's paper and its day.
    pub source: String,
    /// What stands on it.
    pub situations: Vec<Known>,
}

impl Section for Rules {
    const NAME: &'static str = "emergency";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

impl Rules {
    /// What counts as an emergency here.
    pub fn offered(&self) -> impl Iterator<Item = &Known> {
        self.situations.iter().chain(self.city.situations.iter().filter(|_| self.city.on))
    }

    /// What is dangerous, by its word, also where it does not count any more.
    #[must_use]
    pub fn named(&self, code: &str) -> Option<&Known> {
        self.situations.iter().chain(&self.city.situations).find(|one| one.code == code)
    }

    /// What is dangerous, as it is recorded.
    ///
    /// # Errors
    /// When it is no emergency by these rules.
    pub fn situation(&self, code: &str) -> Result<Situation, Refusal> {
        let found = self.offered().find(|one| one.code == code).ok_or(Refusal::Situation)?;
        Ok(Situation { code: found.code.clone(), source: found.source.clone() })
    }

    /// What is freed of a kind of thing, where anything is.
    #[must_use]
    pub fn frees(&self, code: &str) -> Option<&Frees> {
        self.frees.iter().find(|one| one.code == code)
    }

    /// That a text says one thing and no lasting work.
    ///
    /// # Errors
    /// What it says beyond that.
    pub(super) fn must_be_the_least(&self, field: &'static str, text: &str) -> Result<(), Refusal> {
        let ends = |c: char| "。；;！!\n".contains(c);
        if text.trim_end_matches(ends).contains(ends) {
            return Err(Refusal::OneThing { field });
        }
        match self.lasting.words.iter().find(|word| text.contains(word.as_str())) {
            Some(said) => Err(Refusal::Lasting { field, said: said.clone() }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ballots;
    use crate::testing;
    use std::collections::BTreeSet;

    #[test]
    fn each_situation_and_kind_has_its_source_and_is_the_owners() {
        let pack = testing::rules();
        let rules = pack.section::<Rules>();
        let all: Vec<_> = rules.situations.iter().chain(&rules.city.situations).collect();
        let codes: BTreeSet<_> = all.iter().map(|one| &one.code).collect();
        assert_eq!(codes.len(), all.len());
        for one in &all {
            assert!(!one.source.is_empty() && !one.zh.is_empty() && !one.en.is_empty(), "{}", one.code);
        }
        for one in &rules.frees {
            let item = pack.section::<ballots::Rules>().item(&one.code).unwrap();
            assert!(item.decides().joint().is_some() && !one.source.is_empty(), "{}", one.code);
        }
        for code in ["use_fund", "use_fund_building"] {
            let frees = rules.frees(code).unwrap();
            assert!(frees.money == Spends::Owners && frees.source.contains("281"), "{code}");
        }
        for code in ["hire_manager", "company_fee", "covenant", "elect_committee", "raise_fund"] {
            assert_eq!(rules.frees(code), None, "{code}");
        }
    }

    #[test]
    fn the_citys_list_counts_once_the_street_has_turned_it_on() {
        let pack = testing::rules();
        let shipped = pack.section::<Rules>();
        assert_eq!(shipped.situation("pump"), Err(Refusal::Situation));
        assert!(shipped.offered().all(|one| one.code != "pump"));
        let mut on = shipped.clone();
        on.city.on = true;
        assert_eq!(on.situation("pump").unwrap().source, "本市应急维修清单");
        assert!(on.situation("facade").is_ok() && on.situation("noise").is_err());
        // What was entered by it is still called so once it was turned off.
        assert!(shipped.named("pump").is_some());
    }

    #[test]
    fn the_least_is_one_thing_and_no_lasting_work() {
        let pack = testing::rules();
        let rules = pack.section::<Rules>();
        let of = |text| rules.must_be_the_least("line", text);
        assert_eq!(of("墙下围挡，挂警示牌。"), Ok(()));
        assert_eq!(of("敲除松动瓷砖，墙下围挡"), Ok(()));
        for text in ["墙下围挡。外墙刷一遍", "墙下围挡；再刷墙", "墙下围挡\n刷墙"] {
            assert_eq!(of(text), Err(Refusal::OneThing { field: "line" }), "{text}");
        }
        for text in ["外墙整体翻修", "全部瓷砖敲掉", "在8号楼后新建车棚", "给楼道加装电梯"]
        {
            assert!(matches!(of(text), Err(Refusal::Lasting { .. })), "{text}");
        }
    }
}
