//! What is looked for and what it is found by (查找): the terms of texts, and how what somebody
//! typed into a box reads. Both stores index these same terms, so both find the same. What places,
//! bodies or kinds somebody means by a word is not known here.

mod alike;
mod fold;

pub use alike::alike;

use crate::number;
use fold::{Part, parts};
use std::collections::BTreeSet;

/// The terms of a text, each once, in order. Any part of the text, however short, has all that
/// is [`needed`] of it among them.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = BTreeSet::new();
    for run in runs(text) {
        for n in 0..run.len() {
            terms.insert(run[n..=n].iter().collect::<String>());
            for many in 2..=3 {
                let Some(piece) = run.get(n..n + many) else { break };
                if many == 2 || !piece.iter().any(|c| is_han(*c)) {
                    terms.insert(piece.iter().collect());
                }
            }
        }
    }
    terms.into_iter().collect()
}

/// The terms that a text must have in which a word stands: of a word of one character that
/// character, of a longer one each two neighbours, and each three where none is Chinese: letters
/// and digits are few, and two of them say little.
#[must_use]
pub fn needed(word: &str) -> Vec<String> {
    let mut needed = BTreeSet::new();
    for run in runs(word) {
        if let [alone] = run.as_slice() {
            needed.insert(alone.to_string());
        }
        let plain = |from: usize| run.get(from..from + 3).is_some_and(|all| !all.iter().any(|c| is_han(*c)));
        for (n, pair) in run.windows(2).enumerate() {
            if plain(n) {
                needed.insert(run[n..n + 3].iter().collect());
            } else if n == 0 || !plain(n - 1) {
                needed.insert(pair.iter().collect());
            }
        }
    }
    needed.into_iter().collect()
}

/// What a thing is found by beside its texts: by key, and told apart from all that can stand in
/// a text.
#[must_use]
pub fn tag(of: Tag, key: &str) -> String {
    let key = key.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '·' });
    format!("·{}·", of.word()).chars().chain(key).collect()
}

/// What a thing is found by beside its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tag {
    /// A place where it is, or around that.
    Place,
    /// What it is about.
    Category,
    /// Who holds it.
    Holder,
    /// How far it is.
    State,
}

impl Tag {
    fn word(self) -> &'static str {
        match self {
            Tag::Place => "place",
            Tag::Category => "category",
            Tag::Holder => "holder",
            Tag::State => "state",
        }
    }
}

/// Longest query that is read; what is longer is no search.
const LONGEST: usize = 120;

/// What somebody typed into a box, as it reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The number of a thing, where it can be one.
    pub number: Option<i64>,
    /// The words, all of which must hold: letters, characters and digits, with `-` or `#` where
    /// one stands between two.
    pub words: Vec<String>,
}

impl Asked {
    /// What somebody typed.
    #[must_use]
    pub fn read(raw: &str) -> Self {
        let raw: String = raw.chars().take(LONGEST).collect();
        Self { number: number::item(&raw).ok(), words: words(&raw) }
    }

    /// Whether nothing can be looked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A text on one line as places and names are compared by: folded, without spaces and signs.
#[must_use]
pub fn plain(text: &str) -> String {
    parts(text).filter_map(|part| if let Part::Letter(c) = part { Some(c) } else { None }).collect()
}

/// The words of a query, each once.
fn words(raw: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for part in parts(raw) {
        match (part, words.last_mut()) {
            (Part::Letter(c), Some(word)) => word.push(c),
            (Part::Gap(sign @ ('-' | '#')), Some(word)) if !word.ends_with(['-', '#']) => word.push(sign),
            (Part::Gap(' ') | Part::End, _) => words.push(String::new()),
            (Part::Gap(_) | Part::Letter(_), _) => {}
        }
    }
    let mut seen = BTreeSet::new();
    let words = words.into_iter().map(|word| word.trim_matches(['-', '#']).to_owned());
    words.filter(|word| !word.is_empty() && seen.insert(word.clone())).collect()
}

/// Runs of letters, characters and digits that belong together.
fn runs(text: &str) -> Vec<Vec<char>> {
    let mut runs = vec![Vec::new()];
    for part in parts(text) {
        match (part, runs.last_mut()) {
            (Part::Letter(c), Some(run)) => run.push(c),
            (Part::Gap(_), _) | (Part::Letter(_), None) => {}
            (Part::End, _) => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Whether a text is found by all words of a query.
    fn finds(text: &str, query: &str) -> bool {
        let has = terms(text);
        let asked = Asked::read(query);
        !asked.is_empty() && asked.words.iter().flat_map(|word| needed(word)).all(|term| has.contains(&term))
    }

    #[test]
    fn one_character_is_enough_to_find_and_any_script_touches_any_other() {
        for (text, query) in [
            ("下雨顶楼就漏", "漏"),
            ("2栋楼道灯坏", "灯"),
            ("2栋楼道灯坏", "2栋"),
            ("3号楼灯坏", "3号楼灯坏"),
            ("楼道wifi坏了", "wifi坏了"),
            ("电梯ABC不停", "电梯abc"),
            ("樓道燈壞了", "楼道灯坏"),
            ("楼道灯坏了", "樓道燈壞"),
            ("ＬＥＤ灯　３号楼", "led灯 3号楼"),
            ("3 号 楼 的门", "3号楼"),
            ("Wi-Fi没信号", "wifi"),
            ("Wi‑Fi没信号", "WI—FI"),
            ("café 门口", "CAFE"),
            ("ئۈرۈمچى يولى", "يول"),
            ("𰻞𰻞面馆", "𰻞面"),
            ("路灯不亮，在东门", "东门 路灯"),
            ("3#楼的门", "３＃樓"),
        ] {
            assert!(finds(text, query), "{query} in {text}");
        }
        for (text, query) in [
            ("电梯停运", "梯电"),
            ("路灯不亮", "路灯 东门"),
            ("灯，坏", "灯坏"),
            ("编号7172", "772"),
            ("电梯停运", "，。"),
            ("电梯停运", ""),
        ] {
            assert!(!finds(text, query), "{query} in {text}");
        }
    }

    #[test]
    fn a_query_reads_as_a_number_in_every_spelling() {
        for raw in [
            "772",
            "№772",
            "№ 772",
            "No.772",
            "#772",
            "编号772",
            "编号：772",
            "第772号",
            "７７２",
            "台账第772条",
            "台账772",
            "事项772",
            "事项第772号",
            "第７７２件",
            " 772号 ",
            "办理编号 772",
        ] {
            assert_eq!(Asked::read(raw).number, Some(772), "{raw}");
        }
        for raw in ["", "灯", "3栋", "3号楼", "772 灯", "3-2"] {
            assert_eq!(Asked::read(raw).number, None, "{raw}");
        }
    }

    #[test]
    fn words_stand_apart_and_keep_what_a_place_is_written_with() {
        let words = |raw: &str| Asked::read(raw).words;
        assert_eq!(words("路灯　3號樓"), ["路灯", "3号楼"]);
        assert_eq!(words("南苑３－２、灯；灯"), ["南苑3-2", "灯"]);
        assert_eq!(words("南苑３＃樓 #"), ["南苑3#楼"]);
        assert_eq!(words("-灯-"), ["灯"]);
        assert!(words("，。 -").is_empty());
    }

    #[test]
    fn what_is_simplified_already_stays_as_it_is() {
        for word in ["坏了", "后面", "干净", "里面", "发票"] {
            assert_eq!(plain(word), word);
        }
        assert_eq!(plain("後面裡面臺階發票壞"), "后面里面台阶发票坏");
    }

    #[test]
    fn a_key_is_no_part_of_any_text() {
        let tag = tag(Tag::Place, "0190A7C2-11");
        assert_eq!(tag, "·place·0190a7c2·11");
        assert!(!terms("·place·0190a7c2·11").contains(&tag));
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_of_any_length_finds_it(text in "[电梯停燈灯壞3２a-cＺé\u{301}가 　，。\n—#-]{1,16}|\\PC{1,24}", from in 0_usize..16, len in 1_usize..12) {
            let part: String = text.chars().skip(from).take(len).collect();
            let has = terms(&text);
            for term in Asked::read(&part).words.iter().flat_map(|word| needed(word)) {
                prop_assert!(has.contains(&term), "{term} of {part:?} not in {has:?}");
            }
        }

        #[test]
        fn what_stands_apart_in_a_word_is_needed_whole(word in "[a-z0-9灯坏楼道]{1,12}") {
            // Whatever else is looked for than what stands there is not found by accident.
            prop_assert!(!needed(&word).is_empty());
            let text = format!("前面{word}后面");
            prop_assert!(finds(&text, &word));
        }

        #[test]
        fn terms_are_words_to_any_store(text in "\\PC{0,40}") {
            for term in terms(&text) {
                prop_assert!(term.chars().all(char::is_alphanumeric), "{term:?}");
            }
        }
    }
}
