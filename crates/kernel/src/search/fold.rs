//! What spellings have in common (归一): full width and half, capitals and small letters, accents,
//! traditional and simplified characters. Each character is folded by itself, so that a part of a
//! text comes out as a part of what the text comes out as.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character of a text is to a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A letter, a character or a digit.
    Letter(char),
    /// A space, a dash, a # or an accent: what stands around it belongs together, with it or without.
    Gap(char),
    /// Whatever else: a comma, the end of a line.
    End,
}

/// The parts of a text.
pub(super) fn parts(text: &str) -> impl Iterator<Item = Part> + '_ {
    text.chars().flat_map(|c| {
        std::iter::once(c).nfkd().flat_map(char::to_lowercase).map(move |folded| part(simplified(folded)))
    })
}

fn part(c: char) -> Part {
    match c {
        c if c.is_alphanumeric() => Part::Letter(c),
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Part::End,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '-' => Part::Gap('-'),
        '#' => Part::Gap('#'),
        c if c.is_whitespace() => Part::Gap(' '),
        c if is_combining_mark(c) || is_unseen(c) => Part::Gap('\0'),
        _ => Part::End,
    }
}

/// What takes no room between two letters.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A character as it is written in simplified Chinese.
fn simplified(c: char) -> char {
    static TABLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let lines = include_str!("simplified.txt").lines().filter(|line| !line.starts_with('#'));
        let all: Vec<char> = lines.flat_map(str::chars).collect();
        all.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    });
    if c.is_ascii() { c } else { TABLE.get(&c).copied().unwrap_or(c) }
}
