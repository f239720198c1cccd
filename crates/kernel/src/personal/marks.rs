//! Number plates and e-mail addresses: what letters and signs make.

use super::fold::{Folded, is_separator};
use super::{Note, Personal};

/// The provinces as plates name them (GA 36).
const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

pub(super) fn find(folded: &Folded, note: &mut Note) {
    for (at, cell) in folded.cells.iter().enumerate() {
        if PROVINCES.contains(cell.c) {
            plate(folded, at, note);
        } else if cell.c == '@' {
            mail(folded, at, note);
        }
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
            // Plates leave out I and O.
            Some(c) if c.is_ascii_digit() || (c.is_ascii_uppercase() && !matches!(c, 'I' | 'O')) => {
                serial.push(c)
            }
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
    note(Personal::Plate, at..end);
}

fn mail(folded: &Folded, at: usize, note: &mut Note) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '。');
    let is = |cell: usize, what: &dyn Fn(char) -> bool| folded.char(cell).is_some_and(what);
    let space = |c: char| c.is_whitespace();

    let mut start = at;
    while start > 0 && is(start - 1, &space) {
        start -= 1;
    }
    let name = start;
    while start > 0 && is(start - 1, &is_name) {
        start -= 1;
    }
    let mut end = at + 1;
    while is(end, &space) {
        end += 1;
    }
    let host = end;
    while is(end, &is_host) {
        end += 1;
    }
    // A full stop or a dash after the address is none of it.
    while end > host && is(end - 1, &is_separator) {
        end -= 1;
    }
    let parts = folded.cells[host..end].split(|cell| matches!(cell.c, '.' | '。'));
    let letters =
        parts.clone().next_back().is_some_and(|top| top.iter().any(|cell| cell.c.is_ascii_uppercase()));
    if start < name && letters && parts.clone().count() >= 2 && parts.clone().all(|part| !part.is_empty()) {
        note(Personal::Mail, start..end);
    }
}
