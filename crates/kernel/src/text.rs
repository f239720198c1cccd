//! What people type, made safe at the edge: normalised, bounded, and checked for
//! personal data where it is about to become public. It does not judge what is said.

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
    #[error("the text holds personal data: {0:?}")]
    Personal(Personal),
}

/// The kinds of personal data a public text is refused for (个人信息保护法 art. 28).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Personal {
    /// A mobile number (手机号).
    Phone,
    /// An identity card number (身份证号).
    Identity,
    /// A door number (门牌号).
    Door,
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
/// Also when it holds a mobile number, an identity number or a door number.
pub fn clean_public(raw: &str, max: usize) -> Result<String, TextError> {
    let text = clean(raw, max)?;
    match personal(&text).first() {
        Some((kind, _)) => Err(TextError::Personal(*kind)),
        None => Ok(text),
    }
}

/// A first draft of a public summary: the text with its personal data starred out.
/// A person reads it before it is published.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (_, span) in personal(text) {
        out.push_str(&text[done..span.start]);
        out.push_str("＊＊＊");
        done = span.end;
    }
    out.push_str(&text[done..]);
    out
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

/// Personal data in a text, in order and without overlap.
fn personal(text: &str) -> Vec<(Personal, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |index: usize| chars.get(index).map_or(text.len(), |(at, _)| *at);
    let mut i = 0;
    while i < chars.len() {
        if digit(chars[i].1).is_none() {
            i += 1;
            continue;
        }
        let start = i;
        let mut digits = String::new();
        // Numbers are often written in groups, such as 138 0000 1111.
        let mut last = i;
        while i < chars.len() {
            match digit(chars[i].1) {
                Some(d) => {
                    digits.push(d);
                    last = i;
                }
                None if matches!(chars[i].1, ' ' | '-' | '－') && i == last + 1 => {}
                None => break,
            }
            i += 1;
        }
        i = last + 1;
        let next = chars.get(i).map(|(_, c)| *c);
        if digits.len() == 17 && matches!(next, Some('x' | 'X' | 'Ｘ')) {
            i += 1;
            found.push((Personal::Identity, chars[start].0..end_of(i)));
        } else if digits.len() == 18 {
            found.push((Personal::Identity, chars[start].0..end_of(i)));
        } else if is_mobile(&digits) {
            found.push((Personal::Phone, chars[start].0..end_of(i)));
        } else if (3..=4).contains(&digits.len()) && matches!(next, Some('室' | '户' | '房')) {
            i += 1;
            found.push((Personal::Door, chars[start].0..end_of(i)));
        }
    }
    found
}

/// Mainland mobile numbers: eleven digits from 13 to 19, with or without +86.
fn is_mobile(digits: &str) -> bool {
    let digits = if digits.len() == 13 { digits.strip_prefix("86").unwrap_or(digits) } else { digits };
    digits.len() == 11 && digits.starts_with('1') && !matches!(digits.as_bytes()[1], b'0'..=b'2')
}

fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10),
        _ => None,
    }
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
            assert_eq!(clean_public(text, 99), Err(TextError::Personal(kind)), "{text}");
            assert_eq!(clean_public(&mask(text), 99).unwrap(), mask(text), "{text}");
        }
        for text in ["物业电话 8123 4567", "7号楼前建车棚", "2026-05-01 18:00 停水", "投入5000000元"]
        {
            assert!(clean_public(text, 99).is_ok(), "{text}");
        }
        assert_eq!(mask("3号楼2单元301室漏水，电话13800001111。"), "3号楼2单元＊＊＊漏水，电话＊＊＊。");
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
            prop_assert!(personal(&masked).is_empty(), "{} -> {}", raw, masked);
        }
    }
}
