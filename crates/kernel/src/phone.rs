//! Telephones as people and spreadsheets write them (电话): one reader for forms and files. A
//! number comes out in one way, words stay words, and a number that a spreadsheet has damaged is
//! refused, since nobody could ring it. Whether it is anybody's is not known here.

use crate::personal::{Personal, find};
use crate::text::{clean, folded};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a contact cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPhone {
    /// `1.38E+10`: the last digits are gone.
    #[error(
        "a spreadsheet rounded this number and its digits are gone; in the sheet make the column text, \
         correct the number, and save again"
    )]
    Rounded,
    /// `13800001111.0`: a number to a spreadsheet, which may have cut it.
    #[error(
        "a spreadsheet has kept this as a decimal number; in the sheet make the column text, check the \
         number, and save again"
    )]
    Decimal,
    /// As many digits as no telephone has.
    #[error("no telephone has this many digits; correct it, or say in words what it is")]
    Digits,
}

/// The telephone of an office or a venue, never a person's own (公开电话): it may stand where
/// everyone reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OfficePhone(String);

/// It is no telephone of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the telephone of an office is a landline or a service number")]
pub struct NoOfficePhone;

impl FromStr for OfficePhone {
    type Err = NoOfficePhone;

    /// Mobile numbers are people's own, and are not taken. This field says whose number it is,
    /// so a landline may stand here, unlike in a text.
    fn from_str(raw: &str) -> Result<Self, NoOfficePhone> {
        let number = clean(&folded(raw), 20).map_err(|_| NoOfficePhone)?;
        if find(&number).iter().any(|found| found.kind != Personal::Landline) {
            return Err(NoOfficePhone);
        }
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let written = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'-'));
        if written && (3..=12).contains(&digits) { Ok(Self(number)) } else { Err(NoOfficePhone) }
    }
}

impl OfficePhone {
    /// As it is dialled and shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OfficePhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A mobile telephone (手机): what a short message can be sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mobile(String);

/// No short message can be sent there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a mobile telephone has 11 digits and begins with 1")]
pub struct NoMobile;

impl FromStr for Mobile {
    type Err = NoMobile;

    fn from_str(raw: &str) -> Result<Self, NoMobile> {
        let number = contact(raw).map_err(|_| NoMobile)?;
        let bytes = number.as_bytes();
        let mobile = bytes.len() == 11
            && bytes.iter().all(u8::is_ascii_digit)
            && bytes[0] == b'1'
            && matches!(bytes[1], b'3'..=b'9');
        if mobile { Ok(Self(number)) } else { Err(NoMobile) }
    }
}

impl Mobile {
    /// Its eleven digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A contact: a telephone, several, or words. A telephone comes out without separators and
/// without +86, with 转 before an extension; nothing stays nothing.
///
/// # Errors
/// When it is a number and no telephone.
pub fn contact(raw: &str) -> Result<String, NoPhone> {
    let text = folded(raw);
    // What keeps a spreadsheet from taking it for a number, and what says that it is one.
    let text = text.trim_matches(['\'', '"', '=', ' ']);
    let text = LABELS.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text);
    let text = text.trim_start_matches([':', '.', ' ']);
    // Also beside another number or a name: whoever rings finds out too late.
    for part in text.split([' ', '/', ';', '、', ':', '(', ')']) {
        if is_rounded(part) {
            return Err(NoPhone::Rounded);
        }
        if is_decimal(part) {
            return Err(NoPhone::Decimal);
        }
    }
    if !is_number(text) {
        return Ok(raw.trim().to_owned());
    }
    if let Some(phone) = one(text) {
        return Ok(phone);
    }
    let several = |apart: &[char]| {
        let parts = text.split(apart).map(str::trim).filter(|part| !part.is_empty());
        parts.map(one).collect::<Option<Vec<_>>>().map(|phones| phones.join("、"))
    };
    several(&['/', ',', ';', '、']).or_else(|| several(&['/', ',', ';', '、', ' '])).ok_or(NoPhone::Digits)
}

/// Whether a contact holds a telephone that can be rung, alone or beside words.
#[must_use]
pub fn is_in(contact_as_kept: &str) -> bool {
    let text = folded(contact_as_kept);
    let named = find(&text).iter().any(|one| matches!(one.kind, Personal::Phone | Personal::Landline));
    named || is_number(&text) && contact(&text).is_ok()
}

/// Digits with an exponent.
fn is_rounded(text: &str) -> bool {
    let Some((front, power)) = text.split_once('e') else { return false };
    let numeric = |part: &str, signs: [u8; 2]| {
        part.bytes().any(|byte| byte.is_ascii_digit())
            && part.bytes().all(|byte| byte.is_ascii_digit() || signs.contains(&byte))
    };
    numeric(front.trim(), [b'.', b',']) && numeric(power.trim(), [b'+', b'-'])
}

/// Digits, a point, and noughts.
fn is_decimal(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, part)| {
        whole.len() > 4
            && whole.bytes().all(|byte| byte.is_ascii_digit())
            && !part.is_empty()
            && part.bytes().all(|byte| byte == b'0')
    })
}

/// What stands before a telephone.
const LABELS: [&str; 8] = ["联系电话", "电话", "手机号码", "手机号", "手机", "座机", "tel", "mobile"];

/// What stands before an extension.
const EXTENSION: [&str; 6] = ["转", "分机", "ext.", "ext", "x", "#"];

/// Whether it is written as a number, or several.
fn is_number(text: &str) -> bool {
    let rest = EXTENSION.iter().fold(text.to_owned(), |rest, word| rest.replace(word, ""));
    // Stars are put in where nobody should see the number: nobody can ring it either.
    let sign = |c: char| c.is_ascii_digit() || "+-().*/,;、 ".contains(c);
    rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(sign)
}

/// One telephone, with its extension.
fn one(text: &str) -> Option<String> {
    let parts = EXTENSION.iter().find_map(|word| text.split_once(word));
    let (main, extension) = match parts {
        Some((main, extension)) => (main, Some(extension.trim())),
        None => (text, None),
    };
    let main = main.trim();
    let abroad = main.starts_with('+');
    let mut digits = String::new();
    for c in main.trim_start_matches('+').chars() {
        match c {
            '0'..='9' => digits.push(c),
            '-' | '(' | ')' | '.' | ' ' => {}
            _ => return None,
        }
    }
    let number = match digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).and_then(home) {
        Some(number) => number,
        None if abroad && !digits.starts_with("86") && (8..=15).contains(&digits.len()) => {
            format!("+{digits}")
        }
        None if !abroad && is_home(&digits) => digits,
        None => return None,
    };
    match extension {
        None => Some(number),
        Some(inner) => {
            let fits = (1..=6).contains(&inner.len()) && inner.bytes().all(|byte| byte.is_ascii_digit());
            fits.then(|| format!("{number}转{inner}"))
        }
    }
}

/// A number as it is rung in China, from what stands behind 86: an area code has lost its nought
/// there, and what is short may be a local number that begins with 86.
fn home(rest: &str) -> Option<String> {
    if is_mobile(rest) || is_landline(rest) || is_toll_free(rest) {
        return Some(rest.to_owned());
    }
    Some(format!("0{rest}")).filter(|number| is_landline(number))
}

/// Whether a telephone of mainland China has such digits: a mobile, a landline with or without
/// its area code, a 400 or 800 number, or a service of three to six digits.
fn is_home(digits: &str) -> bool {
    let service = (3..=6).contains(&digits.len()) && digits.starts_with(['1', '9']);
    is_mobile(digits) || is_landline(digits) || is_local(digits) || is_toll_free(digits) || service
}

fn is_toll_free(digits: &str) -> bool {
    digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800"))
}

/// Eleven digits from 13 to 19.
fn is_mobile(digits: &str) -> bool {
    digits.len() == 11
        && digits.strip_prefix('1').is_some_and(|rest| rest.starts_with(|c: char| ('3'..='9').contains(&c)))
}

/// An area code and a local number of eight digits (010, 02x), or seven or eight (03xx to 09xx);
/// a service of five digits may have one as well.
fn is_landline(digits: &str) -> bool {
    let area = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return false,
    };
    let Some(local) = digits.get(area..) else { return false };
    let service = local.len() == 5 && local.starts_with(['1', '9']);
    service || is_local(local) && (area == 4 || local.len() == 8)
}

fn is_local(digits: &str) -> bool {
    (7..=8).contains(&digits.len()) && !digits.starts_with(['0', '1'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_telephone_comes_out_in_one_way() {
        for (raw, phone) in [
            ("13800001111", "13800001111"),
            ("１３８　００００　１１１１", "13800001111"),
            ("138-0000-1111", "13800001111"),
            ("+86 138 0000 1111", "13800001111"),
            ("0086-13800001111", "13800001111"),
            ("8613800001111", "13800001111"),
            ("'13800001111", "13800001111"),
            ("0951-8123456", "09518123456"),
            ("(010) 8123 4567 转 801", "01081234567转801"),
            ("+86 10 8123 4567", "01081234567"),
            ("86-10-8123 4567", "01081234567"),
            ("0086 951 8123456", "09518123456"),
            ("86123456", "86123456"),
            ("０９５１－８１２３４５６", "09518123456"),
            ("0951-12345", "095112345"),
            ("8123 4567", "81234567"),
            ("8123456-ext.12", "8123456转12"),
            ("400-810-0000", "4008100000"),
            ("+86 400 810 0000", "4008100000"),
            ("12345", "12345"),
            ("电话：138 0000 1111", "13800001111"),
            ("Tel. 0951-8123456", "09518123456"),
            ("13800001111。", "13800001111"),
            ("+852 2345 6789", "+85223456789"),
            ("13800001111/13900002222", "13800001111、13900002222"),
            ("13800001111 13900002222", "13800001111、13900002222"),
            ("", ""),
        ] {
            assert_eq!(contact(raw).as_deref(), Ok(phone), "{raw}");
        }
        for words in ["找3号楼李奶奶", "微信 lamp-8", "手机关机时打给儿子", "lee@example.com"]
        {
            assert_eq!(contact(words).as_deref(), Ok(words));
        }
    }

    #[test]
    fn a_contact_that_can_be_rung_holds_a_telephone() {
        for rung in ["13800001111", "李奶奶 138 0000 1111", "0951-8123456", "12345", "81234567、13800001111"]
        {
            assert!(is_in(rung), "{rung}");
        }
        for not in ["", "找3号楼李奶奶", "微信 lamp-8", "lee@example.com", "138****1111"] {
            assert!(!is_in(not), "{not}");
        }
    }

    #[test]
    fn the_telephone_of_an_office_is_no_persons() {
        for good in ["8123 4567", "0951-8123456", "12345", " 110 ", "８１２３－４５６７"] {
            assert!(good.parse::<OfficePhone>().is_ok(), "{good}");
        }
        for wrong in ["", "12", "13800001111", "138 0000 1111", "打给老王", "8123456789012"] {
            assert_eq!(wrong.parse::<OfficePhone>(), Err(NoOfficePhone), "{wrong}");
        }
    }

    #[test]
    fn what_a_spreadsheet_damaged_is_refused() {
        for raw in ["1.38E+10", "1.38e10", "１．３８Ｅ＋１０", "1,38E+10"] {
            assert_eq!(contact(raw), Err(NoPhone::Rounded), "{raw}");
        }
        assert_eq!(contact("1.38E+10 李奶奶"), Err(NoPhone::Rounded), "beside a name");
        for raw in ["13800001111.0", "13800001111.00/8123456"] {
            assert_eq!(contact(raw), Err(NoPhone::Decimal), "{raw}");
        }
        for raw in [
            "138****1111",
            "138XXXX1111",
            "手机 1380000111",
            "861380000111",
            "0138 0000 111",
            "+86 1380000111",
            "1081234567",
            "1380000111",
            "138000011112",
            "1380000",
            "12",
            "10000000000",
            "9518123456789",
        ] {
            assert_eq!(contact(raw), Err(NoPhone::Digits), "{raw}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_answered_and_reads_as_it_came_out(
            raw in "[0-9０-９+() -]{0,24}|[0-9.eE+转x#/、]{0,16}|\\PC{0,40}"
        ) {
            if let Ok(once) = contact(&raw) {
                prop_assert!(once.len() <= raw.len() + 16);
                prop_assert_eq!(contact(&once), Ok(once));
            }
        }
    }

    #[test]
    fn a_short_message_goes_to_a_mobile_telephone_only() {
        for typed in ["13800001111", "+86 138 0000 1111", "138-0000-1111", "手机：13800001111"] {
            assert_eq!(typed.parse::<Mobile>().unwrap().as_str(), "13800001111", "{typed}");
        }
        for typed in
            ["", "8123 4567", "010-81234567", "12800001111", "138000011112", "王老师", "13800001111转2"]
        {
            assert_eq!(typed.parse::<Mobile>(), Err(NoMobile), "{typed}");
        }
    }
}
