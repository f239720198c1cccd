//! What people type, made safe at the edge: normalised, bounded, and checked for
//! personal data where it is about to become public. It does not judge what is said.

use crate::personal::{Found, Looked, Personal, Sure, find};
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
    /// It may hold such: whoever wrote it looks again.
    #[error("the text may hold personal data")]
    Unsure {
        /// The text as it would be published.
        text: String,
        /// What it may hold, at least one.
        found: Vec<Found>,
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
        .map(|c| if matches!(c, '\u{2028}' | '\u{2029}') { '\n' } else { c })
        .filter(|c| *c == '\n' || !(c.is_control() || is_ignorable(*c)) || joins_emoji(*c))
        .collect();
    bounded(text.trim(), max)
}

/// A name or another line by which something is known: the same, on one line, without anything
/// that is not seen, and with something in it that can be read aloud.
///
/// # Errors
/// When nothing is left, or too much.
pub fn line(raw: &str, max: usize) -> Result<String, TextError> {
    let seen: String = raw.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(is_seen).collect();
    let line = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.contains(char::is_alphanumeric) {
        return Err(TextError::Empty);
    }
    bounded(&line, max)
}

/// What a name looks like, to compare it with others: those with the same skeleton are taken for
/// each other (Unicode Technical Standard 39), however they are cased, spaced or composed.
#[must_use]
pub fn skeleton(name: &str) -> String {
    let plain = folded(name).replace(' ', "");
    // A capital I and a small l are one stroke, and so they are before and after folding.
    let stroke = |c| if c == 'i' { 'l' } else { c };
    unicode_security::skeleton(&plain).flat_map(char::to_lowercase).map(stroke).collect()
}

/// Not empty, and not too long.
fn bounded(text: &str, max: usize) -> Result<String, TextError> {
    if !text.contains(|c: char| !(c.is_whitespace() || is_ignorable(c))) {
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
/// Also when it holds personal data of any kind that [`find`] knows; where it only may, until
/// somebody has looked at it twice.
pub fn clean_public(raw: &str, max: usize, looked: &Looked) -> Result<String, TextError> {
    impersonal(clean(raw, max)?, looked)
}

/// A name or another line by which everyone knows something: no personal data stands in it.
///
/// # Errors
/// As [`line()`] and [`clean_public`].
pub fn public_line(raw: &str, max: usize, looked: &Looked) -> Result<String, TextError> {
    impersonal(line(raw, max)?, looked)
}

/// The text, where nothing personal stands in it.
fn impersonal(text: String, looked: &Looked) -> Result<String, TextError> {
    let found = find(&text);
    if let Some(Found { kind, span, .. }) = found.iter().find(|found| found.sure == Sure::Certain) {
        return Err(TextError::Personal { kind: *kind, words: text[span.clone()].to_owned() });
    }
    if found.is_empty() || looked.has(&text) { Ok(text) } else { Err(TextError::Unsure { text, found }) }
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
    let seen = |c: &char| c.is_whitespace() || !(c.is_control() || is_ignorable(*c));
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

fn is_seen(c: &char) -> bool {
    !(c.is_control() || is_ignorable(*c))
}

/// What makes one emoji of several, or chooses its form: a text keeps it, a line does not.
fn joins_emoji(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

/// What is not shown (`Default_Ignorable_Code_Point`, DerivedCoreProperties.txt of Unicode 17):
/// it hides, reorders or tells apart what looks the same.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::personal::mark as mark_of;
    use proptest::prelude::*;

    #[test]
    fn texts_are_bounded_and_cleaned() {
        assert_eq!(clean("  楼道灯坏了\u{0}\u{202e} \r\n两天了 ", 100).unwrap(), "楼道灯坏了 \n两天了");
        assert_eq!(clean(" \u{7}\n", 100), Err(TextError::Empty));
        assert_eq!(clean("樓道燈壞了", 3), Err(TextError::TooLong { have: 5, max: 3 }));
        assert_eq!(clean("👨‍👩‍👧 e\u{301}", 9).unwrap(), "👨‍👩‍👧 é");
    }

    #[test]
    fn what_is_not_seen_is_no_name_and_no_part_of_one() {
        for hidden in [
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b5}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200f}',
            '\u{202e}',
            '\u{2060}',
            '\u{2064}',
            '\u{206f}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff1}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
            '\0',
            '\u{7f}',
            '\u{85}',
        ] {
            assert_eq!(
                line(&format!("沈{hidden}知秋{hidden}"), 9).map(|line| line.replace(' ', "")),
                Ok("沈知秋".to_owned()),
                "{hidden:?}"
            );
            assert_eq!(line(&String::from(hidden).repeat(3), 9), Err(TextError::Empty), "{hidden:?}");
            assert_eq!(clean(&String::from(hidden).repeat(3), 9), Err(TextError::Empty), "{hidden:?}");
        }
        for blank in ["", " ", "\u{3000}", "\u{2028}\u{2029}", "\u{2800}", "——", "\u{301}", "\u{a0}\u{2003}"]
        {
            assert_eq!(line(blank, 9), Err(TextError::Empty), "{blank:?}");
        }
        assert_eq!(line(" 安和\n物业\u{2028}公司\u{3000}（一）", 40).unwrap(), "安和 物业 公司 （一）");
        assert_eq!(line("七个字的名字了", 6), Err(TextError::TooLong { have: 7, max: 6 }));
        assert_eq!(clean("一行\u{2028}又一行", 9).unwrap(), "一行\n又一行");
    }

    #[test]
    fn names_that_look_alike_have_one_skeleton() {
        for (one, other) in [
            ("worker", "w\u{200b}orker"),
            ("worker", "Worker"),
            ("worker", "wоrkеr"), // Cyrillic о and е
            ("worker", "ｗｏｒｋｅｒ"),
            ("admin", "adrnin"),
            ("lin", "Iin"),
            ("lin", "1in"),
            ("wo", "w0"),
            ("沈知秋", "沈 知秋"),
            ("沈知秋", "沈知秋\u{fe00}"),
            ("金土", "⾦⼟"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        for (one, other) in [("worker", "worker2"), ("沈知秋", "沈知春"), ("张伟", "张伟（3号楼）")]
        {
            assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
        }
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
            let told = clean_public(text, 99, &Looked::default());
            assert!(
                matches!(&told, Err(TextError::Personal { kind: told, .. }) if *told == kind),
                "{text}: {told:?}"
            );
            assert_eq!(clean_public(&mask(text), 99, &Looked::default()).unwrap(), mask(text), "{text}");
        }
        for text in ["物业电话 8123 4567", "7号楼前建车棚", "2026-05-01 18:00 停水", "投入5000000元"]
        {
            assert!(clean_public(text, 99, &Looked::default()).is_ok(), "{text}");
        }
        assert_eq!(mask("3号楼2单元301室漏水，电话13800001111。"), "3号楼2单元＊＊＊漏水，电话＊＊＊。");
    }

    #[test]
    fn what_may_be_personal_is_published_after_a_second_look_at_just_that_text() {
        let text = "活动改到3-603，自带水杯";
        let public = |text: &str, looked: &Looked| clean_public(text, 99, looked);
        assert!(matches!(public(text, &Looked::default()), Err(TextError::Unsure { .. })));
        let looked = Looked::at([mark_of(text)]);
        assert_eq!(public(&format!(" {text} "), &looked).as_deref(), Ok(text));
        assert!(matches!(public("活动改到3-604，自带水杯", &looked), Err(TextError::Unsure { .. })));
        // What is certain is no matter of looking.
        let number = "打15926048173找我";
        let told = public(number, &Looked::at([mark_of(number)]));
        assert!(matches!(told, Err(TextError::Personal { .. })), "{told:?}");
        assert!(matches!(
            public_line("王姐便民店15926048173", 40, &Looked::default()),
            Err(TextError::Personal { .. })
        ));
        assert_eq!(public_line("王姐 便民店", 40, &Looked::default()).as_deref(), Ok("王姐 便民店"));
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
