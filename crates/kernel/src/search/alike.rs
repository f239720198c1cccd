//! Whether two texts say the same (相似): the words that both have, which is also the reason that is
//! given for it. No more than a hint to a person: nothing is merged by it.

use super::runs;

/// Characters of a text that are compared: what it says stands at its beginning.
const LONGEST: usize = 200;

/// The words that two texts share, the longest first, where they are a good part of the shorter one;
/// nothing where they are not, or where there is nothing to compare.
#[must_use]
pub fn alike(one: &str, other: &str) -> Option<Vec<String>> {
    let (one, other) = (letters(one), letters(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let mut shared: Vec<String> = Vec::new();
    let (mut at, mut count) = (0, 0);
    while at < short.len() {
        let most = longest(&short[at..], &long);
        let word: String = short[at..at + most].iter().filter(|c| **c != BREAK).collect();
        let length = word.chars().count();
        if length < 2 {
            at += 1;
            continue;
        }
        count += length;
        at += most;
        if !shared.contains(&word) {
            shared.push(word);
        }
    }
    shared.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let all = short.iter().filter(|c| **c != BREAK).count();
    (count * 5 >= all * 2 && count >= 2).then_some(shared)
}

/// What stands between two runs: no word reaches over it.
const BREAK: char = '\n';

fn letters(text: &str) -> Vec<char> {
    let runs: Vec<Vec<char>> = runs(text);
    runs.join(&BREAK).into_iter().take(LONGEST).collect()
}

/// How much of the beginning of a text stands somewhere in another one.
fn longest(text: &[char], other: &[char]) -> usize {
    let same = |from: usize| {
        let both = text.iter().zip(&other[from..]);
        both.take_while(|(one, other)| one == other && **one != BREAK).count()
    };
    (0..other.len()).map(same).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_says_the_same_shares_its_words() {
        for (one, other, words) in [
            ("3号楼门口路灯不亮", "路灯不亮，晚上看不见", &["路灯不亮"][..]),
            ("樓道燈壞了", "楼道灯坏了好几天", &["楼道灯坏了"]),
            ("路灯不亮", "路灯坏了", &["路灯"]),
        ] {
            assert_eq!(alike(one, other).unwrap_or_default(), words, "{one} {other}");
            assert_eq!(alike(other, one), alike(one, other));
        }
        for (one, other) in [("电梯停了", "门口垃圾没人收"), ("", "路灯"), ("灯", "灯"), ("，", "。")]
        {
            assert_eq!(alike(one, other), None, "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_like_itself_and_what_is_shared_stands_in_both(one in "[灯路楼坏了a1 ，]{0,12}", other in "[灯路楼坏了a1 ，]{0,12}") {
            if letters(&one).split(|c| *c == BREAK).any(|run| run.len() > 1 && run.len() * 5 >= letters(&one).len() * 2) {
                prop_assert!(alike(&one, &one).is_some());
            }
            for word in alike(&one, &other).unwrap_or_default() {
                prop_assert!(super::super::plain(&one).contains(&word) && super::super::plain(&other).contains(&word));
            }
        }
    }
}
