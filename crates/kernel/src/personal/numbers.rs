//! Telephones, identity cards and bank cards: what a number is by its digits alone.
//! Service numbers (110, 12345, 96…, 95…, 400…) have none of these forms and need no list.

use super::fold::{Folded, Gap, is_separator};
use super::{Note, Personal};
use std::ops::Range;

pub(super) fn find(folded: &Folded, note: &mut Note) {
    let numbers = Numbers { folded };
    for start in 0..folded.digits.len() {
        numbers.mobile(start, note);
        numbers.landline(start, note);
        numbers.identity(start, note);
        numbers.old_identity(start, note);
        numbers.card(start, note);
    }
}

struct Numbers<'f> {
    folded: &'f Folded,
}

/// How mobile numbers are grouped, wherever they begin and end.
const MOBILE: &[&[usize]] =
    &[&[3, 4, 4], &[3, 8], &[7, 4], &[4, 4, 3], &[4, 3, 4], &[3, 3, 5], &[3, 5, 3], &[5, 6], &[6, 5]];
const CARD: &[&[usize]] = &[
    &[4, 4, 4, 4],
    &[4, 4, 4, 4, 1],
    &[4, 4, 4, 4, 2],
    &[4, 4, 4, 4, 3],
    &[6, 10],
    &[6, 12],
    &[6, 13],
    &[8, 8],
];
/// The first two digits of an identity number say the province (GB/T 2260).
const PROVINCES: [u8; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83,
];
/// Weights of the check digit, and the digits it comes to (GB 11643).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";
/// Words after which a number names a thing. It is then looked at only as a whole, since pieces
/// of a lift's twenty digits are bound to look like telephones.
const LABELS: &[&str] = &[
    "编号",
    "代码",
    "编码",
    "单号",
    "工单",
    "合同号",
    "序列号",
    "备案号",
    "登记号",
    "注册号",
    "批号",
    "批次",
    "条码",
    "文号",
    "设备号",
    "出厂号",
    "许可证号",
    "发票号",
    "NO.",
    "NO",
];

impl Numbers<'_> {
    fn value(&self, digit: usize) -> Option<u8> {
        self.folded.digits.get(digit).map(|digit| digit.value)
    }

    fn values(&self, window: Range<usize>) -> impl Iterator<Item = u8> + Clone + '_ {
        self.folded.digits[window].iter().map(|digit| digit.value)
    }

    /// A window of so many digits with nothing else between them, with the sizes of its groups.
    fn window(&self, start: usize, size: usize) -> Option<(Range<usize>, Vec<usize>)> {
        let digits = self.folded.digits.get(start..start + size)?;
        let mut groups = vec![1];
        for pair in digits.windows(2) {
            match (pair[0].gap, groups.last_mut()) {
                (Gap::Broken, _) | (_, None) => return None,
                (Gap::None | Gap::Turn, Some(last)) => *last += 1,
                (Gap::Apart | Gap::Comma, _) => groups.push(1),
            }
        }
        Some((start..start + size, groups))
    }

    /// A window written as such a number is: in one piece, digit by digit, or in its usual groups.
    /// Commas are between those where somebody spoke it; within a sum they are not where it begins.
    fn written(&self, start: usize, size: usize, usual: &[&[usize]]) -> Option<Range<usize>> {
        let (window, groups) = self.window(start, size)?;
        let commas = self.has_commas(&window);
        let ones = groups.iter().all(|group| *group == 1) && !commas;
        let usual = usual.contains(&groups.as_slice()) && (!commas || self.is_whole(&window));
        let fits = groups.len() == 1 || ones || usual;
        (fits && !self.is_piece_of_a_label(&window)).then_some(window)
    }

    /// A window in other groups, if whole groups make it up and the same stands between all of
    /// them. Few or even ones: a list such as 15 2026.11.20 has as many digits and is no number.
    fn grouped(&self, start: usize, size: usize) -> Option<Range<usize>> {
        let (window, groups) = self.window(start, size)?;
        let [first, middle @ .., last] = groups.as_slice() else { return None };
        let most = middle.first().unwrap_or(first);
        let even = first <= most && last <= most && middle.iter().all(|group| group == most);
        let fits = (groups.len() <= 4 || even) && !self.has_commas(&window);
        (fits && self.is_whole(&window) && self.is_alike(&window)).then_some(window)
    }

    fn has_commas(&self, window: &Range<usize>) -> bool {
        self.folded.digits[window.start..window.end - 1].iter().any(|digit| digit.gap == Gap::Comma)
    }

    /// Whether it begins and ends where a group does.
    fn is_whole(&self, window: &Range<usize>) -> bool {
        self.begins(window.start)
            && self.folded.digits.get(window.end - 1).is_some_and(|last| last.gap != Gap::None)
    }

    fn begins(&self, digit: usize) -> bool {
        digit == 0 || self.folded.digits[digit - 1].gap != Gap::None
    }

    /// Whether the same stands between all its groups, but for spaces.
    fn is_alike(&self, window: &Range<usize>) -> bool {
        let mut gaps = (window.start..window.end - 1)
            .filter(|digit| self.folded.digits[*digit].gap == Gap::Apart)
            .map(|digit| self.folded.between(digit, digit + 1).filter(|c| !c.is_whitespace()));
        gaps.next().is_none_or(|first| gaps.all(|gap| gap.eq(first.clone())))
    }

    fn is_piece_of_a_label(&self, window: &Range<usize>) -> bool {
        let run = &self.folded.runs[self.folded.digits[window.start].run];
        let piece = run.start <= window.start && window.end <= run.end && run.len() > window.len();
        piece && {
            let mut before = self.folded.digits[run.start].cell;
            // 编号：TS-31…, 编号为31…
            while self.folded.char(before.wrapping_sub(1)).is_some_and(|c| {
                is_separator(c) || matches!(c, ':' | '为' | '是') || (c.is_ascii_uppercase() && c != 'O')
            }) {
                before -= 1;
            }
            self.folded.preceded(before, LABELS)
        }
    }

    /// Eleven digits from 13 to 19, with what is dialled before and after.
    fn mobile(&self, start: usize, note: &mut Note) {
        if self.value(start) != Some(1) || self.value(start + 1).is_none_or(|second| second < 3) {
            return;
        }
        if let Some(window) = self.written(start, 11, MOBILE).or_else(|| self.grouped(start, 11)) {
            note(Personal::Phone, self.dialled(&window));
        }
    }

    /// An area code and seven or eight digits that begin with 2 to 8 (电信网编号计划). A nought
    /// within a number is nothing, so it must begin a group, or follow the country's code.
    fn landline(&self, start: usize, note: &mut Note) {
        let area = match (self.value(start), self.begins(start)) {
            (Some(0), true) => start + 1,
            (Some(_), _) if self.country(start).is_some() => start,
            _ => return,
        };
        let code = match (self.value(area), self.value(area + 1)) {
            (Some(1), Some(0)) | (Some(2), Some(_)) => area + 2,
            (Some(3..=9), Some(_)) => area + 3,
            _ => return,
        };
        if !self.value(code).is_some_and(|first| (2..=8).contains(&first)) {
            return;
        }
        let prefix = code - start;
        let longer = if code - area == 2 { 8..=8 } else { 7..=8 };
        for local in longer.rev() {
            let split = |first: usize| [prefix, first, local - first];
            let usual = [split(4), split(3)];
            let usual: [&[usize]; 3] = [&[prefix, local], &usual[0], &usual[1]];
            if let Some(window) = self.written(start, prefix + local, &usual) {
                note(Personal::Landline, self.dialled(&window));
                return;
            }
        }
    }

    /// The first digit of 86, +86 or 0086 before a number.
    fn country(&self, start: usize) -> Option<usize> {
        let joined = |from: usize| (from..start).all(|digit| self.folded.digits[digit].gap != Gap::Broken);
        let six = start.checked_sub(1)?;
        let eight = start.checked_sub(2)?;
        if (self.value(eight), self.value(six)) != (Some(8), Some(6)) || !joined(eight) {
            return None;
        }
        if let Some(noughts) = eight.checked_sub(2)
            && (self.value(noughts), self.value(noughts + 1)) == (Some(0), Some(0))
            && joined(noughts)
        {
            return Some(noughts);
        }
        let plus = self.folded.digits[eight].cell.checked_sub(1).and_then(|cell| self.folded.char(cell));
        (plus == Some('+')).then_some(eight)
    }

    /// The cells of a number with the country's code before and the extension after it.
    fn dialled(&self, window: &Range<usize>) -> Range<usize> {
        let mut cells = self.folded.cells_of(window);
        if let Some(first) = self.country(window.start) {
            cells.start = self.folded.digits[first].cell;
            if cells.start > 0 && self.folded.char(cells.start - 1) == Some('+') {
                cells.start -= 1;
            }
        }
        if let Some(run) = self.folded.digits.get(window.end).map(|next| &self.folded.runs[next.run])
            && run.start == window.end
            && (2..=6).contains(&run.len())
        {
            let between = self.folded.between(window.end - 1, window.end);
            let said: String = between.filter(|c| *c != ' ').take(8).collect();
            if matches!(said.as_str(), "-" | "转" | "转分机" | "分机" | "EXT" | "EXT." | "X" | "-转") {
                cells.end = self.folded.cells_of(run).end;
            }
        }
        cells
    }

    /// Eighteen digits, the last perhaps an X. Province, date of birth and check digit are
    /// enough to know it, however it is grouped.
    fn identity(&self, start: usize, note: &mut Note) {
        if !self.is_of_a_province(start) {
            return;
        }
        let Some((window, _)) = self.window(start, 17) else { return };
        let born: Vec<u8> = self.values(start + 6..start + 14).collect();
        if !matches!(born[..2], [1, 8 | 9] | [2, 0]) || !is_day(&born[4..]) {
            return;
        }
        let sum: u32 =
            self.values(window.clone()).zip(WEIGHTS).map(|(value, weight)| u32::from(value) * weight).sum();
        let cells = self.folded.cells_of(&window);
        let last = self.folded.onward(cells.end);
        let check =
            usize::try_from(sum % 11).ok().and_then(|rest| CHECKS.get(rest)).map(|check| char::from(*check));
        if check.is_some() && self.folded.char(last) == check {
            note(Personal::Identity, cells.start..last + 1);
        }
    }

    /// The fifteen digits of cards from before 1999: no check digit, so the date decides.
    fn old_identity(&self, start: usize, note: &mut Note) {
        if !self.is_of_a_province(start) {
            return;
        }
        let written = self.written(start, 15, &[&[6, 6, 3], &[3, 3, 6, 3]]);
        let Some(window) = written.or_else(|| self.grouped(start, 15)) else { return };
        let born: Vec<u8> = self.values(start + 8..start + 12).collect();
        if is_day(&born) {
            note(Personal::Identity, self.folded.cells_of(&window));
        }
    }

    fn is_of_a_province(&self, start: usize) -> bool {
        matches!((self.value(start), self.value(start + 1)), (Some(ten), Some(one)) if PROVINCES.contains(&(ten * 10 + one)))
    }

    /// Sixteen to nineteen digits whose check digit is right (GB/T 17552, Luhn). A long number of
    /// a thing may have as many: that nine of ten of those fail the check, and that cards begin
    /// with 62 (UnionPay), or with 4, 5, 6 or 9 where nothing is glued to them, tells them apart.
    /// The tenth is taken for a card: it may be written without its last digits.
    fn card(&self, start: usize, note: &mut Note) {
        let Some(first @ (4 | 5 | 6 | 9)) = self.value(start) else { return };
        let union = first == 6 && self.value(start + 1) == Some(2);
        for size in 16..=19 {
            let written = self.written(start, size, CARD);
            let Some(window) = written.or_else(|| self.grouped(start, size)) else { continue };
            if (union || self.is_whole(&window)) && luhn(self.values(window.clone())) {
                note(Personal::Card, self.folded.cells_of(&window));
            }
        }
    }
}

/// Month and day.
fn is_day(digits: &[u8]) -> bool {
    let [m, n, d, e] = *digits else { return false };
    (1..=12).contains(&(m * 10 + n)) && (1..=31).contains(&(d * 10 + e))
}

fn luhn(digits: impl Iterator<Item = u8>) -> bool {
    let digits: Vec<u32> = digits.map(u32::from).collect();
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => *digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}
