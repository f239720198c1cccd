//! The word by which each kind of paper is numbered, as a rule pack gives it.

use super::PaperKind;
use serde::Deserialize;
use yishi_kernel::Section;

/// The word that stands in the numbers of a kind (机关代字中的类别字).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct KindWord {
    /// The word, after the short name of whoever issues it: 会 in 杏林会〔2026〕4号.
    pub word: String,
    /// Whose rule that is.
    pub source: String,
}

/// By which words papers are numbered (编号用字).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Rules {
    topic: KindWord,
    meeting: KindWord,
    notice: KindWord,
    minutes: KindWord,
    publication: KindWord,
    standard: KindWord,
    work: KindWord,
    whistle: KindWord,
    letter: KindWord,
    #[serde(default = "of_gatherings")]
    gathering: KindWord,
    #[serde(default = "of_clearing")]
    clearing: KindWord,
    #[serde(default = "of_scenes")]
    scene: KindWord,
}

fn of_gatherings() -> KindWord {
    later("谈")
}

fn of_clearing() -> KindWord {
    later("清")
}

fn of_scenes() -> KindWord {
    later("会商")
}

/// The word of a kind of paper for packs from before there was one.
fn later(word: &str) -> KindWord {
    KindWord {
        word: word.to_owned(), source: "本地规则；编号形式见 GB/T 9704—2012 7.2.5".to_owned()
    }
}

impl Rules {
    /// The word of a kind.
    #[must_use]
    pub fn word(&self, kind: PaperKind) -> &KindWord {
        match kind {
            PaperKind::Topic => &self.topic,
            PaperKind::Meeting => &self.meeting,
            PaperKind::Notice => &self.notice,
            PaperKind::Minutes => &self.minutes,
            PaperKind::Publication => &self.publication,
            PaperKind::Standard => &self.standard,
            PaperKind::Work => &self.work,
            PaperKind::Whistle => &self.whistle,
            PaperKind::Letter => &self.letter,
            PaperKind::Gathering => &self.gathering,
            PaperKind::Clearing => &self.clearing,
            PaperKind::Scene => &self.scene,
        }
    }
}

impl Section for Rules {
    const NAME: &'static str = "papers";
    const SHIPPED: &'static str = include_str!("rules.toml");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_kinds_are_numbered_by_the_same_word() {
        let pack = rules();
        let words: BTreeSet<&str> =
            PaperKind::ALL.iter().map(|kind| pack.section::<Rules>().word(*kind).word.as_str()).collect();
        assert_eq!(words.len(), PaperKind::ALL.len());
    }
}
