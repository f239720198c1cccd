//! What a matter is likely about, by the words of the rules (建议类别): proposed with the word that
//! speaks for it, and never taken without a person.

use super::rules::{Category, CategoryCode, Rules};
use yishi_kernel::search::plain;

/// A category that is likely, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Which.
    pub category: CategoryCode,
    /// The word that was said, as the rules have it.
    pub word: String,
}

impl Rules {
    /// The category for which most of what was said speaks: of two that are equal the longer word
    /// counts, then their order.
    #[must_use]
    pub fn proposed(&self, said: &str) -> Option<Proposed> {
        let said = plain(said);
        let mut best: Option<((usize, usize), Proposed)> = None;
        for category in &self.categories {
            let mut found: Vec<String> = category.said();
            found.retain(|word| said.contains(&plain(word)));
            found.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
            let Some(word) = found.first().cloned() else { continue };
            let weight = (found.iter().map(|word| word.chars().count()).sum(), word.chars().count());
            if best.as_ref().is_none_or(|(most, _)| weight > *most) {
                best = Some((weight, Proposed { category: category.code.clone(), word }));
            }
        }
        best.map(|(_, proposed)| proposed)
    }
}

impl Category {
    /// The words by which it is known: those of the rules or, where a pack has none, the parts of its
    /// name.
    fn said(&self) -> Vec<String> {
        const BETWEEN: [char; 7] = ['、', '与', '和', '及', '等', '（', '）'];
        if !self.words.is_empty() {
            return self.words.clone();
        }
        let parts = self.zh.split(BETWEEN).filter(|part| part.chars().nth(1).is_some());
        parts.map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_kernel::Section as _;

    #[test]
    fn what_was_said_speaks_for_a_category_by_a_word_of_the_rules() {
        let rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        for (said, code, word) in [
            ("3号楼门口路灯不亮", "02", "路灯"),
            ("樓道燈壞了", "02", "灯"),
            ("楼下电动车飞线充电，很危险", "03", "电动车"),
            ("垃圾桶满了没人收", "04", "垃圾"),
            ("楼上装修太吵，扰民", "07", "扰民"),
            ("暖气不热", "15", "暖气"),
        ] {
            let proposed = rules.proposed(said).unwrap();
            assert_eq!((proposed.category.0.as_str(), proposed.word.as_str()), (code, word), "{said}");
        }
        for said in ["", "您好", "……"] {
            assert_eq!(rules.proposed(said), None, "{said}");
        }
    }

    #[test]
    fn a_pack_without_words_is_read_by_the_names_of_its_categories() {
        let mut rules: Rules = toml::from_str(Rules::SHIPPED).unwrap();
        rules.categories.iter_mut().for_each(|category| category.words.clear());
        assert_eq!(rules.proposed("停车没地方").unwrap().category.0, "03");
        assert_eq!(rules.proposed("路灯不亮"), None);
    }
}
