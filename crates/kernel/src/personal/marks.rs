//! Number plates, passports and permits: what letters and digits make together.

use super::fold::Folded;
use super::{Note, Personal, Sure};

/// The provinces as plates name them (GA 36).
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// Papers with a number of letters and digits.
const PAPERS: &[&str] = &[
    "护照",
    "通行证",
    "台胞证",
    "回乡证",
    "居留证",
    "居留许可",
    "居住证",
    "军官证",
    "士兵证",
    "驾驶证",
    "驾照",
    "PASSPORT",
];
/// What may stand between a paper and its number.
const BETWEEN: &[&str] = &["号码", "号", "证号", "编号", ":", "是", "为", "NO.", "NO", "NUMBER"];
/// What says that a plate follows whatever it begins with.
const PLATES: &[&str] = &["车牌号码", "车牌号", "车牌", "牌照", "车号", "牌号", "军牌"];

pub(super) fn find(folded: &Folded, note: &mut Note) {
    for (at, cell) in folded.cells.iter().enumerate() {
        match cell.c {
            'W' if folded.followed(at, &["WJ"]) => police(folded, at, note),
            '使' | '领' => embassy(folded, at, note),
            c if PROVINCES.contains(c) => plate(folded, at, note),
            _ => {}
        }
        if let Some(from) = folded.past(at, PAPERS) {
            paper(folded, from, note);
        }
        if let Some(from) = folded.past(at, PLATES) {
            named(folded, from, note);
        }
    }
}

/// Past words and separators that lead to a number.
fn led(folded: &Folded, mut from: usize) -> usize {
    let first = from;
    loop {
        let next = folded.past(from, BETWEEN).unwrap_or_else(|| folded.onward(from));
        if next == from || next - first > 12 {
            return from;
        }
        from = next;
    }
}

/// The letters and digits from this cell on, and one past the last.
fn serial(folded: &Folded, from: usize) -> (String, usize) {
    let mut out = String::new();
    let mut at = from;
    while let Some(c) = folded.char(at).filter(char::is_ascii_alphanumeric) {
        out.push(c);
        at += 1;
        let next = folded.onward(at);
        if next - at == 1 && folded.char(next).is_some_and(|c| c.is_ascii_digit()) && out.len() < 9 {
            at = next;
        }
    }
    (out, at)
}

/// One or two letters and seven or eight digits behind the name of a paper.
fn paper(folded: &Folded, from: usize, note: &mut Note) {
    let from = led(folded, from);
    let (serial, end) = serial(folded, from);
    let digits = serial.bytes().filter(u8::is_ascii_digit).count();
    let letters = serial.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters <= 2 && digits + letters >= serial.len().saturating_sub(1) && (6..=12).contains(&digits) {
        note(Personal::Passport, Sure::Certain, from..end);
    }
}

/// Whatever is said to be a plate.
fn named(folded: &Folded, from: usize, note: &mut Note) {
    let from = led(folded, from);
    let (serial, end) = serial(folded, from);
    if (5..=8).contains(&serial.len()) && serial.bytes().filter(u8::is_ascii_digit).count() >= 2 {
        note(Personal::Plate, Sure::Likely, from..end);
    }
}

/// WJ京12345: the armed police.
fn police(folded: &Folded, at: usize, note: &mut Note) {
    let mut from = folded.onward(at + 2);
    if folded.char(from).is_some_and(|c| PROVINCES.contains(c)) {
        from = folded.onward(from + 1);
    }
    let (serial, end) = serial(folded, from);
    if (4..=6).contains(&serial.len()) && serial.bytes().filter(u8::is_ascii_digit).count() >= 4 {
        note(Personal::Plate, Sure::Certain, at..end);
    }
}

/// 使012345: embassies and consulates.
fn embassy(folded: &Folded, at: usize, note: &mut Note) {
    let (serial, end) = serial(folded, folded.onward(at + 1));
    if serial.len() == 6 && serial.bytes().all(|byte| byte.is_ascii_digit()) {
        note(Personal::Plate, Sure::Likely, at..end);
    }
}

/// A province, a letter, and five characters, or six on a car that runs on electricity.
fn plate(folded: &Folded, at: usize, note: &mut Note) {
    let office = folded.onward(at + 1);
    if !folded.char(office).is_some_and(|c| c.is_ascii_uppercase()) {
        return;
    }
    let mut end = office + 1;
    let mut serial = Vec::with_capacity(6);
    while serial.len() < 5 {
        let next = folded.onward(end);
        match folded.char(next) {
            // Plates leave out I and O; whoever writes one down may not.
            Some(c) if c.is_ascii_digit() || c.is_ascii_uppercase() => serial.push(c),
            Some(c) if serial.len() == 4 && "学警挂港澳".contains(c) => serial.push(c),
            _ => return,
        }
        end = next + 1;
    }
    if serial.iter().filter(|c| c.is_ascii_digit()).count() < 2 {
        return;
    }
    if folded.char(end).is_some_and(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) {
        end += 1;
    }
    note(Personal::Plate, Sure::Certain, at..end);
}
