//! Numbers as people type them (数): one reader for counts, sums of money and the numbers that
//! things go by. Full-width digits are digits, small counts may be Chinese words, and what could
//! be two numbers is refused. What a number means is each feature's.

use crate::text::folded;

/// Why something is no number that can be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoNumber {
    /// It does not read, or is larger than anything here.
    #[error("it does not read as a number")]
    Unread,
    /// Its comma may be a decimal point or a thousands sign.
    #[error("1,000 may be 1000 or 1.0; write it without a comma")]
    Comma,
}

/// Most digits of a number: an entry holds integers up to 2^53, which has sixteen.
const MOST_DIGITS: usize = 15;
const MOST: u64 = 999_999_999_999_999;

/// What people are counted by, and what is asked for in numbers besides.
const COUNTED: [&str; 10] = ["人次", "人", "名", "位", "个", "户", "件", "张", "票", "次"];

/// A whole number, in digits or as a small one is said, with what is counted or without it: `35`,
/// `３５`, 三十五, `35人`.
///
/// # Errors
/// When it does not read, or could be two numbers.
pub fn count(raw: &str) -> Result<u64, NoNumber> {
    let text = folded(raw);
    let alone = COUNTED.iter().find_map(|counted| text.strip_suffix(counted));
    whole(alone.unwrap_or(&text).trim_end())
}

/// In digits or words.
fn whole(text: &str) -> Result<u64, NoNumber> {
    match digits(text) {
        Err(NoNumber::Unread) => said(&tens_apart(text)).ok_or(NoNumber::Unread),
        read => read,
    }
}

/// The number that a thing goes by: `1104`, `#1104`, `编号：1104`, `No. 1104`, `台账第1104条`.
///
/// # Errors
/// When it does not read.
pub fn item(raw: &str) -> Result<i64, NoNumber> {
    const MARKS: [&str; 7] = ["办理编号", "编号", "台账", "事项", "第", "no", "#"];
    let text = folded(raw);
    let mut rest = text.as_str();
    while let Some(after) = MARKS.iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = after.trim_start_matches([' ', ':', '.']);
    }
    let rest = rest.strip_suffix(['号', '条', '件']).unwrap_or(rest);
    i64::try_from(digits(rest.trim_end())?).map_err(|_| NoNumber::Unread)
}

/// Yuan, in fen; nothing where nothing was typed: `12`, `12.5`, `￥12.50`, `12元`, 三百元, 叁佰元整.
///
/// # Errors
/// When it does not read, has parts of a fen, or could be two sums.
pub fn fen(raw: &str) -> Result<Option<u64>, NoNumber> {
    let text = folded(raw);
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.strip_prefix('¥').unwrap_or(&text);
    let text = text.strip_prefix("人民币").unwrap_or(text).trim().trim_end_matches(['整', '正']);
    let units = ["人民币", "元", "圆", "块钱", "块"];
    let text = units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text).trim();
    hundredths(text).map(Some)
}

/// A floor area, in 0.01 m²: `89.5`, `８９.５０`, `89.50平方米`, `12000㎡`.
///
/// # Errors
/// When it does not read, has parts of 0.01 m², or could be two areas.
pub fn area(raw: &str) -> Result<u64, NoNumber> {
    let text = folded(raw);
    let units = ["平方米", "平米", "㎡", "m²", "m2", "平方", "平"];
    hundredths(units.iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(&text).trim())
}

/// A number with at most two decimals, in hundredths.
fn hundredths(text: &str) -> Result<u64, NoNumber> {
    if is_grouped(text) {
        return Err(NoNumber::Comma);
    }
    let (before, after) = text.split_once('.').unwrap_or((text, ""));
    let rest = match after.len() {
        0 => 0,
        1 => digits(after)? * 10,
        2 => digits(after)?,
        _ => return Err(NoNumber::Unread),
    };
    // A point stands between digits only.
    let before = if text == before { whole(before)? } else { digits(before)? };
    // Fifteen digits a hundred times over fit.
    let sum = before * 100 + rest;
    if sum > MOST { Err(NoNumber::Unread) } else { Ok(sum) }
}

fn digits(text: &str) -> Result<u64, NoNumber> {
    if is_grouped(text) {
        return Err(NoNumber::Comma);
    }
    let fits = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { text.parse().map_err(|_| NoNumber::Unread) } else { Err(NoNumber::Unread) }
}

/// Whether it would be a number if its commas meant one thing.
fn is_grouped(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.contains(',')
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

/// Numerals as they are spoken and as they stand on cheques, each after its digit.
const NUMERALS: [&str; 10] =
    ["零〇○", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];
const UNITS: [(&str, u64); 3] = [("十拾", 10), ("百佰", 100), ("千仟", 1_000)];

/// The signs of calendars for two and three tens, in two: 廿三 is 二十三, 卅 is 三十.
fn tens_apart(text: &str) -> String {
    text.replace('廿', "二十").replace('卅', "三十")
}

fn numeral(c: char) -> Option<u64> {
    NUMERALS.iter().zip(0..).find(|(signs, _)| signs.contains(c)).map(|(_, digit)| digit)
}

fn unit(c: char) -> Option<u64> {
    UNITS.iter().find(|(signs, _)| signs.contains(c)).map(|(_, value)| *value)
}

/// A text with its Chinese numerals as digits: 二〇二六 one by one, 三十一 by its value. A numeral
/// behind one of these characters stays, and so does what does not read.
pub(crate) fn in_digits(text: &str, behind: &[char]) -> String {
    let text = tens_apart(text);
    let is_part = |c: char| numeral(c).is_some() || unit(c).is_some();
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(from) = rest.find(is_part) {
        let (plain, words) = rest.split_at(from);
        let (run, after) = words.split_at(words.find(|c| !is_part(c)).unwrap_or(words.len()));
        out.push_str(plain);
        let digits = match run.chars().map(numeral).collect::<Option<Vec<_>>>() {
            Some(digits) => Some(digits.iter().map(u64::to_string).collect()),
            None => said(run).map(|number| number.to_string()),
        };
        match digits.filter(|_| !out.ends_with(behind)) {
            Some(digits) => out.push_str(&digits),
            None => out.push_str(run),
        }
        rest = after;
    }
    out + rest
}

/// A number below a hundred million in Chinese words. What stands behind 万 begins with 千 or is
/// led by a nought: 一万五 is said for fifteen thousand.
fn said(text: &str) -> Option<u64> {
    let Some((high, low)) = text.split_once(['万', '萬']) else { return said_below(text) };
    let low = match low {
        "" => 0,
        low if low.contains(['千', '仟']) || low.chars().next().and_then(numeral) == Some(0) => {
            said_below(low)?
        }
        _ => return None,
    };
    let high = if high == "两" { 2 } else { said_below(high)? };
    Some(high * 10_000 + low)
}

/// A number below ten thousand in Chinese words. 三五 and 二百五 are said for other numbers than
/// they seem, and 两 counts what stands after it: alone they are refused.
fn said_below(text: &str) -> Option<u64> {
    let (mut sum, mut digit, mut last_unit, mut gap) = (0, None, 10_000, false);
    for c in text.chars() {
        if let Some(value) = numeral(c).or((c == '两').then_some(2)) {
            match (digit, value) {
                (None, 0) => gap = true,
                (None, _) => digit = Some((value, c)),
                (Some(_), _) => return None,
            }
            continue;
        }
        let next = unit(c)?;
        let times = match digit.take() {
            Some((_, '两')) if next == 10 => return None,
            Some((times, _)) => times,
            None if next == 10 && sum == 0 && !gap => 1,
            None => return None,
        };
        if next >= last_unit {
            return None;
        }
        sum += times * next;
        (last_unit, gap) = (next, false);
    }
    match digit {
        Some((_, '两')) => None,
        Some((last, _)) if gap || matches!(last_unit, 10 | 10_000) => Some(sum + last),
        Some(_) => None,
        None if gap => (sum == 0).then_some(0),
        None => (sum > 0).then_some(sum),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn areas_are_read_to_the_hundredth() {
        for (raw, area_is) in
            [("89.5", 8_950), ("８９．５０", 8_950), ("12000㎡", 1_200_000), ("8400平方米", 840_000)]
        {
            assert_eq!(area(raw), Ok(area_is), "{raw}");
        }
        for raw in ["", "89.555", "约80", "8400元", "12,000"] {
            assert!(area(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn digits_of_a_chinese_keyboard_and_small_words_are_numbers() {
        for (raw, number) in [
            ("3", 3),
            ("３ ", 3),
            ("　３５", 35),
            ("三十五", 35),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("一百零五", 105),
            ("一百二十", 120),
            ("两百", 200),
            ("两千零三十", 2030),
            ("零", 0),
            ("〇", 0),
            ("007", 7),
            ("一万", 10_000),
            ("两万三千", 23_000),
            ("一万零五", 10_005),
            ("叁仟伍佰", 3_500),
            ("廿三", 23),
            ("卅", 30),
            ("100人", 100),
            ("３５ 人", 35),
            ("二十户", 20),
        ] {
            assert_eq!(count(raw), Ok(number), "{raw}");
        }
        for raw in [
            "",
            "many",
            "-1",
            "1.0",
            "3 3",
            "两",
            "三五",
            "二百五",
            "两十",
            "百",
            "十十",
            "一万五",
            "万",
            "一百零",
            "三十五六",
            "3盏",
            "人",
            "3人次人",
            "1000000000000000000",
        ] {
            assert_eq!(count(raw), Err(NoNumber::Unread), "{raw}");
        }
        for raw in ["1,000", "１，０００", "1,5", "1,000,000"] {
            assert_eq!(count(raw), Err(NoNumber::Comma), "{raw}");
        }
    }

    #[test]
    fn a_thing_is_named_by_its_number_with_or_without_a_mark() {
        for raw in [
            "1104",
            "１１０４",
            "#1104",
            "＃１１０４",
            "编号1104",
            "编号：1104",
            "办理编号 1104",
            "No. 1104",
            "№1104",
            "no.1104",
            "第1104号",
            "1104号",
            "台账第1104条",
            "事项1104",
            "第１１０４件",
        ] {
            assert_eq!(item(raw), Ok(1104), "{raw}");
        }
        for raw in ["", "#", "那一件", "1104 1105", "-4", "9999999999999999999"] {
            assert!(item(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn chinese_numerals_become_digits_where_they_are_numbers() {
        for (words, digits) in [
            ("二〇二六年十一月三十日", "2026年11月30日"),
            ("九点零三分", "9点03分"),
            ("星期三(四)周五", "星期三(四)周五"),
            ("十十月", "十十月"),
        ] {
            assert_eq!(in_digits(words, &['期', '周', '(']), digits);
        }
    }

    #[test]
    fn yuan_are_whole_fen() {
        for (raw, sum) in [
            ("", None),
            (" ", None),
            ("12", Some(1200)),
            ("12.5", Some(1250)),
            ("12.50 元", Some(1250)),
            ("１２．５元", Some(1250)),
            ("12。5", Some(1250)),
            ("￥35", Some(3500)),
            ("35块", Some(3500)),
            ("三百元", Some(30_000)),
            ("人民币叁佰元整", Some(30_000)),
        ] {
            assert_eq!(fen(raw), Ok(sum), "{raw}");
        }
        for raw in ["两百五", "三.五", "1.255", ".5", "1e3", "-1", "1.2万元", "12元5", "元"] {
            assert_eq!(fen(raw), Err(NoNumber::Unread), "{raw}");
        }
        for raw in ["1,000", "1，000元", "1,000.50", "1,5", "1,000,000"] {
            assert_eq!(fen(raw), Err(NoNumber::Comma), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_answered_and_bounded(raw in "[0-9０-９,.#元块¥编号no一二三十百千零两 -]{0,24}|\\PC{0,40}") {
            if let Ok(number) = count(&raw) { prop_assert!(number <= MOST); }
            if let Ok(number) = item(&raw) { prop_assert!((0..10_i64.pow(15)).contains(&number)); }
            if let Ok(Some(sum)) = fen(&raw) { prop_assert!(sum <= MOST); }
        }

        #[test]
        fn full_width_digits_are_the_same_number(number in 0..10_u64.pow(13)) {
            let plain = number.to_string();
            let wide: String = plain.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xfee0)).collect();
            prop_assert_eq!(count(&wide), Ok(number));
            prop_assert_eq!(item(&wide).ok(), i64::try_from(number).ok());
            prop_assert_eq!(fen(&wide), Ok(Some(number * 100)));
        }
    }
}
