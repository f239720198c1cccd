//! How easily a password is guessed: those that everybody tries first are refused. What is
//! counted is the choices that whoever made it up had: a word that many use, a syllable of
//! pinyin, a year, the own name or a row of keys is one choice, however long. The words are in
//! `common.txt`; how passwords are kept is not here.

use std::collections::HashSet;
use std::sync::LazyLock;
use yishi_kernel::text::folded;

/// Fewest choices.
const CHOICES: usize = 6;
/// Fewest characters that are not the same.
const DIFFERENT: usize = 5;
/// Fewest digits where there is nothing else: telephone numbers and birthdays have fewer.
const DIGITS: usize = 16;
/// Shortest row of neighbours that is one choice.
const ROW: usize = 3;

/// Words that many use in passwords, and numbers that sound like one.
static COMMON: LazyLock<HashSet<Vec<char>>> = LazyLock::new(|| {
    include_str!("common.txt").split_whitespace().map(|word| word.chars().collect()).collect()
});

/// Keys that lie beside each other, and what is counted in order.
const ROWS: [&str; 15] = [
    "1234567890-=",
    "!@#$%^&*()_+",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "1qaz",
    "2wsx",
    "3edc",
    "4rfv",
    "5tgb",
    "6yhn",
    "7ujm",
    "零一二三四五六七八九十",
    "甲乙丙丁戊己庚辛壬癸",
    "子丑寅卯辰巳午未申酉戌亥",
];

/// The sounds that a syllable of pinyin can begin with, longest first.
const INITIALS: [&str; 23] = [
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c",
    "s", "y", "w",
];
/// And end with.
const FINALS: [&str; 36] = [
    "a", "o", "e", "i", "u", "v", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "ia", "ie", "iao",
    "iu", "ian", "in", "iang", "ing", "iong", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "ve", "er",
    "io", "ueng",
];

/// Whether somebody who knows these names of the person and the place soon comes upon it.
pub(super) fn is_guessable(password: &str, names: &[&str]) -> bool {
    let typed: Vec<char> = folded(password).chars().filter(|c| !" -_.,'/".contains(*c)).collect();
    let known: HashSet<Vec<char>> = names.iter().flat_map(|name| parts(name)).collect();
    let different: HashSet<&char> = typed.iter().collect();
    let digits = typed.iter().all(|c| c.is_numeric()) && typed.len() < DIGITS;
    let read: Vec<char> = typed.iter().map(|c| letter_for(*c)).collect();
    different.len() < DIFFERENT
        || digits
        || [typed, read].iter().any(|typed| choices(typed, &known) < CHOICES)
}

/// A name, and its parts where it has several.
fn parts(name: &str) -> Vec<Vec<char>> {
    let name = folded(name);
    let words = name.split(|c: char| !c.is_alphanumeric()).map(|word| word.chars().collect::<Vec<_>>());
    let whole = name.chars().filter(|c| c.is_alphanumeric()).collect();
    words.chain([whole]).filter(|word: &Vec<char>| word.len() > 1).collect()
}

/// The letter that a figure or sign is written for.
fn letter_for(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// The fewest choices of which it can be put together.
fn choices(typed: &[char], known: &HashSet<Vec<char>>) -> usize {
    let longest = COMMON.iter().chain(known).map(Vec::len).max().unwrap_or(1).max(6);
    let mut least = vec![0];
    for end in 1..=typed.len() {
        let one = (end.saturating_sub(longest)..end)
            .filter(|from| is_one(&typed[*from..end], known))
            .map(|from| least[from] + 1);
        let row = (0..=end.saturating_sub(ROW)).filter(|from| is_row(&typed[*from..end]));
        let again =
            (1..=end / 2).filter(|length| typed[end - length..end] == typed[end - 2 * length..end - length]);
        let best =
            one.chain(row.map(|from| least[from] + 1)).chain(again.map(|length| least[end - length])).min();
        least.push(best.unwrap_or(end));
    }
    least.last().copied().unwrap_or_default()
}

/// Whether it is one choice: a character, a word, a syllable, a year.
fn is_one(part: &[char], known: &HashSet<Vec<char>>) -> bool {
    part.len() == 1 || COMMON.contains(part) || known.contains(part) || is_syllable(part) || is_year(part)
}

fn is_syllable(part: &[char]) -> bool {
    if part.len() > 6 {
        return false;
    }
    let text: String = part.iter().collect();
    let rest = INITIALS.iter().find_map(|initial| text.strip_prefix(initial)).unwrap_or(&text);
    FINALS.contains(&rest)
}

fn is_year(part: &[char]) -> bool {
    part.len() == 4
        && matches!(part, ['1', '9', ..] | ['2', '0', ..])
        && part.iter().all(char::is_ascii_digit)
}

/// Whether all follow each other one way: the same again and again, counted up or down, or along
/// a row of keys.
fn is_row(part: &[char]) -> bool {
    let steps = |step: i64| {
        part.windows(2).all(|pair| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0])) == step)
    };
    if part.len() < ROW {
        return false;
    }
    let text: String = part.iter().collect();
    let back: String = part.iter().rev().collect();
    [-1, 0, 1].into_iter().any(steps) || ROWS.iter().any(|row| row.contains(&text) || row.contains(&back))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 4] = ["沈知秋", "shen.zhiqiu", "杏林社区", "xinglin"];

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for password in [
            "1234567890",
            "0987654321",
            "１２３４５６７８９０",
            "12345678910",
            "1111111111",
            "1212121212",
            "123123123123",
            "1122334455",
            "147258369147",
            "13800138000",
            "19900101199",
            "20260101202",
            "qwertyuiop",
            "qwerty123456",
            "1qaz2wsx3edc",
            "asdfghjkl123",
            "zxcvbnm123456",
            "!@#$%^&*()",
            "abcdefghij",
            "aaaaaaaaaa",
            "abababababab",
            "abcabcabcabc",
            "aB3$aB3$aB3$",
            "password123",
            "Password2026",
            "P@ssw0rd123",
            "passwordpassword",
            "admin123456",
            "adminadmin1",
            "iloveyou520",
            "iloveyou1314",
            "letmein123456",
            "welcome12345",
            "a123456789",
            "abc123456789",
            "5201314520",
            "5201314woaini",
            "woaini5201314",
            "woaini1314520",
            "woaini1234",
            "woaiwojia123",
            "zhangwei123",
            "zhangwei1990",
            "wangxiaoming123",
            "lijie123456",
            "LiuYang888888",
            "chenjing520",
            "nihao123456",
            "wodemima123",
            "mima123456",
            "beijing2026",
            "zhongguo2026",
            "shequ123456",
            "我爱你我爱你我爱你我",
            "我爱你一二三四五六七",
            "密码密码密码密码密码",
            "一二三四五六七八九十",
            "沈知秋1234567",
            "沈知秋19900101",
            "shenzhiqiu123",
            "shen.zhiqiu2026",
            "杏林社区12345678",
            "xinglin123456",
            "Xinglin-2026",
            "XingLin@2026!",
            "yishi123456",
            "社区社区2026年",
        ] {
            assert!(is_guessable(password, &NAMES), "{password}");
        }
    }

    #[test]
    fn a_sentence_or_something_random_is_taken() {
        for password in [
            "a long enough sentence",
            "another long sentence",
            "correct horse battery staple",
            "今天买菜忘了带钥匙真急",
            "楼下桂花开了满院子都香",
            "k3x9-qd7w-m2pz",
            "Vx7#qLm2@Rt9",
            "woxihuanchiliangfenhemianpi",
            "门口的老槐树1987年就在了",
            "tomatoes grow on my balcony",
        ] {
            assert!(!is_guessable(password, &NAMES), "{password}");
        }
    }
}
