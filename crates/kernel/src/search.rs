//! Search terms for Chinese text: every two neighbouring characters of a word run
//! (bigrams), a character that stands alone, and whole words of other scripts. Both
//! stores index these same terms, so both find the same. Ranking is done elsewhere.

use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// The terms of a text, each once, in order: those it is found by, and those that all must
/// occur in what it looks for. A lone character is a term of its own; of longer runs only
/// the bigrams are, which say more.
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let mut terms = BTreeSet::new();
    for run in runs(text) {
        match run {
            Run::Han(chars) if chars.len() == 1 => terms.extend(chars.iter().map(char::to_string)),
            Run::Han(chars) => {
                terms.extend(chars.windows(2).map(|pair| pair.iter().collect::<String>()));
            }
            Run::Word(word) => {
                terms.insert(word);
            }
        }
    }
    terms.into_iter().collect()
}

enum Run {
    Han(Vec<char>),
    Word(String),
}

/// Runs of Han characters and runs of other letters and digits, compatibility forms
/// folded (full-width digits and letters) and in lower case.
fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    for c in folded.chars() {
        if is_han(c) {
            match runs.last_mut() {
                Some((true, run @ Run::Han(_))) => push(run, c),
                _ => runs.push((true, Run::Han(vec![c]))),
            }
        } else if c.is_ascii_alphanumeric() {
            match runs.last_mut() {
                Some((true, run @ Run::Word(_))) => push(run, c),
                _ => runs.push((true, Run::Word(c.to_string()))),
            }
        } else if let Some((open, _)) = runs.last_mut() {
            *open = false;
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}

fn push(run: &mut Run, c: char) {
    match run {
        Run::Han(chars) => chars.push(c),
        Run::Word(word) => word.push(c),
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn two_characters_are_enough_to_find() {
        assert_eq!(terms("电梯停运"), ["停运", "梯停", "电梯"]);
        assert_eq!(terms("电梯"), ["电梯"]);
        assert_eq!(terms("梯"), ["梯"]);
        assert_eq!(terms("ＬＥＤ灯 3号楼"), ["3", "led", "号楼", "灯"]);
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_finds_it(text in "[电梯停运噪音a-c1-3 ，]{1,12}", from in 0_usize..12, len in 1_usize..6) {
            let part: String = text.chars().skip(from).take(len).collect();
            let all = terms(&text);
            // Words of other scripts are found whole.
            // and a lone character out of a longer run is not looked for.
            for term in terms(&part).iter().filter(|term| !term.is_ascii() && term.chars().count() == 2) {
                prop_assert!(all.contains(term), "{} not in {:?}", term, all);
            }
        }
    }
}
