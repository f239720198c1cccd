//! What people type, made safe at the edge: normalised, bounded, and checked for
//! personal data where it is about to become public. It does not judge what is said.

use crate::personal::{Found, Personal, find};
use unicode_normalization::UnicodeNormalization;

/// Why a typed text was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was left after trimming.
    #[error("the text is empty")]
    Empty,
    /// Longer than allowed, in characters.
    #[error("the text has {have} characters, {max} are allowed")]
    TooLong {
        /// Characters given.
        have: usize,
        /// Characters allowed.
        max: usize,
    },
    /// A text for everyone holds what only some may know.
    #[error("the text holds personal data: {kind:?}")]
    Personal {
        /// What it holds.
        kind: Personal,
        /// As it was typed. It is said only to whoever typed it: no log has it.
        words: String,
    },
}

/// A text as the ledger may hold it: NFC, without control characters, trimmed, and no
/// longer than `max` characters. Line breaks stay.
///
/// # Errors
/// When nothing is left, or too much.
pub fn clean(raw: &str, max: usize) -> Result<String, TextError> {
    let text: String = raw
        .replace("\r\n", "\n")
        .nfc()
        .filter(|c| *c == '\n' || !(c.is_control() || is_invisible(*c)))
        .collect();
    let text = text.trim();
    if text.is_empty() {
        return Err(TextError::Empty);
    }
    let have = text.chars().count();
    if have > max {
        return Err(TextError::TooLong { have, max });
    }
    Ok(text.to_owned())
}

/// The same, for a text that everyone will read.
///
/// # Errors
/// Also when it holds personal data of any kind that [`find`] knows.
pub fn clean_public(raw: &str, max: usize) -> Result<String, TextError> {
    let text = clean(raw, max)?;
    match find(&text).first() {
        Some(Found { kind, span }) => {
            Err(TextError::Personal { kind: *kind, words: text[span.clone()].to_owned() })
        }
        None => Ok(text),
    }
}

/// A first draft of a public summary: the text with its personal data starred out.
/// A person reads it before it is published.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for Found { span, .. } in find(text) {
        out.push_str(&text[done..span.start]);
        out.push_str("＊＊＊");
        done = span.end;
    }
    out.push_str(&text[done..]);
    out
}

/// A short text as numbers, dates and codes are read from it: compatibility forms folded
/// (full-width digits and signs), every dash as `-` and a Chinese full stop as `.`, in lower
/// case, on one line, without what cannot be seen.
#[must_use]
pub fn folded(raw: &str) -> String {
    let seen = |c: &char| c.is_whitespace() || !(c.is_control() || is_invisible(*c));
    let text: String = raw.nfkc().filter(seen).flat_map(char::to_lowercase).map(sign).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Dashes, hyphens and the minus sign are one thing to whoever types, and so are the full stop
/// of a Chinese keyboard and a point.
fn sign(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '。' => '.',
        c => c,
    }
}

/// The first characters of a text, on one line, with an ellipsis when cut.
#[must_use]
pub fn excerpt(text: &str, max: usize) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= max {
        return line;
    }
    let mut cut: String = line.chars().take(max.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Joiners keep emoji whole; the rest of these hide or reorder text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn texts_are_bounded_and_cleaned() {
        assert_eq!(clean("  楼道灯坏了\u{0}\u{202e} \r\n两天了 ", 100).unwrap(), "楼道灯坏了 \n两天了");
        assert_eq!(clean(" \u{7}\n", 100), Err(TextError::Empty));
        assert_eq!(clean("樓道燈壞了", 3), Err(TextError::TooLong { have: 5, max: 3 }));
        assert_eq!(clean("👨‍👩‍👧 e\u{301}", 9).unwrap(), "👨‍👩‍👧 é");
    }

    #[test]
    fn a_public_text_holds_no_personal_data() {
        for (text, kind) in [
            ("打13800001111找我", Personal::Phone),
            ("138 0000 1111", Personal::Phone),
            ("+86 13800001111", Personal::Phone),
            ("１３８００００１１１１", Personal::Phone),
            ("身份证11010519491231002X", Personal::Identity),
            ("3号楼2单元301室漏水", Personal::Door),
        ] {
            let told = clean_public(text, 99);
            assert!(
                matches!(&told, Err(TextError::Personal { kind: told, .. }) if *told == kind),
                "{text}: {told:?}"
            );
            assert_eq!(clean_public(&mask(text), 99).unwrap(), mask(text), "{text}");
        }
        for text in ["物业电话 8123 4567", "7号楼前建车棚", "2026-05-01 18:00 停水", "投入5000000元"]
        {
            assert!(clean_public(text, 99).is_ok(), "{text}");
        }
        assert_eq!(mask("3号楼2单元301室漏水，电话13800001111。"), "3号楼2单元＊＊＊漏水，电话＊＊＊。");
    }

    #[test]
    fn what_a_chinese_keyboard_types_is_folded() {
        assert_eq!(folded(" ＃１１０４\u{200b}　Ｎｏ．３ "), "#1104 no.3");
        assert_eq!(folded("2026–7—5 12。5"), "2026-7-5 12.5");
    }

    #[test]
    fn an_excerpt_is_one_line() {
        assert_eq!(excerpt("电梯停了\n老人上不去", 40), "电梯停了 老人上不去");
        assert_eq!(excerpt("电梯停了老人上不去", 5), "电梯停了…");
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(raw in "\\PC{0,60}") {
            if let Ok(text) = clean(&raw, 60) {
                prop_assert_eq!(clean(&text, 60), Ok(text));
            }
        }

        #[test]
        fn a_masked_text_is_public(raw in "[0-9x室 号楼1386-]{1,60}") {
            let masked = mask(&raw);
            prop_assert!(find(&masked).is_empty(), "{} -> {}", raw, masked);
        }
    }
}
