//! Telephones, identity cards and bank cards: what a number is by its digits, and by what stands
//! beside them where that says something else: a sum, the number of a thing, an office.
//! Service numbers (110, 12345, 96…, 95…, 400…) have none of these forms and need no list.

use super::fold::{Folded, Gap, STRUCK, is_separator};
use super::{Note, Personal, Sure, offices};
use std::ops::Range;

pub(super) fn find(folded: &Folded, note: &mut Note) {
    let numbers = Numbers { folded };
    for start in 0..folded.digits.len() {
        numbers.mobile(start, note);
        numbers.foreign(start, note);
        numbers.landline(start, note);
        numbers.local(start, note);
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
/// After these a number is that of a thing even where it is as long as a telephone.
const THINGS: &[&str] = &[
    "合同编号",
    "文件编号",
    "项目编号",
    "设备编号",
    "工单编号",
    "订单编号",
    "编号",
    "合同号",
    "票号",
    "文号",
    "发票号",
    "发票号码",
    "票据号",
    "流水号",
    "单号",
    "工单号",
    "订单号",
    "案号",
    "批号",
    "序列号",
    "代码",
    "条码",
    "备案号",
    "许可证号",
    "登记号",
    "注册号",
    "出厂号",
];
/// A number with one of these behind it is a sum, unless it goes on as 元旦 does.
const MONEY: &[&str] = &["元", "块", "万元", "万", "亿", "美元", "人民币", "圆"];
const DAYS: &[&str] = &["元旦", "元宵", "元月"];
/// And with one of these before it.
const SUMS: &[&str] = &["金额", "¥", "￥", "人民币", "合计", "总价", "总额", "造价", "预算", "余额"];
/// What a mobile number of another place begins with, and how many digits follow.
const ABROAD: &[(&[u8], usize)] = &[(&[8, 5, 2], 8), (&[8, 5, 3], 8), (&[8, 8, 6], 9)];
/// Before seven or eight digits these make them a telephone.
const CALLED: &[&str] =
    &["座机", "电话", "固话", "家里", "小灵通", "宅电", "电话号码", "座机号", "座机号码", "来电"];

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
                (Gap::Apart | Gap::Comma | Gap::Sign | Gap::Said, _) => groups.push(1),
            }
        }
        Some((start..start + size, groups))
    }

    /// The loosest gap within a window.
    fn loosest(&self, window: &Range<usize>) -> Gap {
        let gaps = self.folded.digits[window.start..window.end - 1].iter().map(|digit| digit.gap);
        gaps.max().unwrap_or(Gap::None)
    }

    /// A window written as such a number is: in one piece, digit by digit, or in its usual groups.
    /// Commas and other signs are between those where somebody spoke it or hides it; within a sum
    /// or a list they are not where it begins.
    fn written(&self, start: usize, size: usize, usual: &[&[usize]]) -> Option<Range<usize>> {
        let (window, groups) = self.window(start, size)?;
        let signs = self.loosest(&window) >= Gap::Comma;
        let ones = groups.iter().all(|group| *group == 1) && (!signs || self.is_alone(&window));
        let usual = usual.contains(&groups.as_slice()) && (!signs || self.is_whole(&window));
        let fits = groups.len() == 1 || ones || usual;
        (fits && !self.is_a_things(&window)).then_some(window)
    }

    /// A window in other groups, if whole groups make it up and the same stands between all of
    /// them. Few or even ones, or three digits first as a mobile number is begun: a list such as
    /// 15 2026.11.20 has as many digits and is no number.
    fn grouped(&self, start: usize, size: usize) -> Option<Range<usize>> {
        let (window, groups) = self.window(start, size)?;
        let [first, middle @ .., last] = groups.as_slice() else { return None };
        let most = middle.first().unwrap_or(first);
        let even = first <= most && last <= most && middle.iter().all(|group| group == most);
        let begun = *first == 3 && middle.iter().chain([last]).all(|group| *group <= 4);
        let fits = (groups.len() <= 4 || even || begun) && self.loosest(&window) < Gap::Comma;
        (fits && self.is_whole(&window) && self.is_alike(&window) && !self.is_a_things(&window))
            .then_some(window)
    }

    /// Whether nothing of the same list stands before or behind it.
    fn is_alone(&self, window: &Range<usize>) -> bool {
        let gap = |digit: Option<usize>| {
            digit.and_then(|digit| self.folded.digits.get(digit)).map_or(Gap::Broken, |digit| digit.gap)
        };
        gap(window.start.checked_sub(1)) == Gap::Broken && gap(window.end.checked_sub(1)) == Gap::Broken
    }

    /// Whether it is a sum of money, or the number of a thing.
    fn is_a_things(&self, window: &Range<usize>) -> bool {
        self.is_a_sum(window) || self.is_piece_of_a_label(window) || self.is_labelled(window)
    }

    fn is_a_sum(&self, window: &Range<usize>) -> bool {
        let cells = self.folded.cells_of(window);
        let whole = self.folded.digits.get(window.end - 1).is_some_and(|last| last.gap != Gap::None);
        let behind = (cells.end..self.folded.cells.len())
            .find(|at| !self.folded.char(*at).is_some_and(char::is_whitespace))
            .unwrap_or(cells.end);
        // 13,800,001,111.50元 has its fen behind.
        let fen = self.folded.digits.get(window.end).map(|next| &self.folded.runs[next.run]).filter(|run| {
            run.start == window.end
                && run.len() <= 2
                && self.folded.between(window.end - 1, window.end).eq(['.'])
        });
        let behind = fen.map_or(behind, |run| self.folded.cells_of(run).end);
        let money = self.folded.followed(behind, MONEY) && !self.folded.followed(behind, DAYS);
        whole && (money || self.folded.preceded(self.before_label(cells.start), SUMS))
    }

    /// Past what stands between a label and its number: 编号：, 金额为.
    fn before_label(&self, cell: usize) -> usize {
        let mut at = cell;
        while at
            .checked_sub(1)
            .and_then(|at| self.folded.char(at))
            .is_some_and(|c| is_separator(c) || matches!(c, ':' | '为' | '是' | '约' | '共'))
        {
            at -= 1;
        }
        at
    }

    /// Whether it is all of a number that a thing has.
    fn is_labelled(&self, window: &Range<usize>) -> bool {
        let run = &self.folded.runs[self.folded.digits[window.start].run];
        let whole = run == window;
        whole && {
            let before = self.before_label(self.folded.digits[run.start].cell);
            self.folded.preceded(before, THINGS)
        }
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
            .filter(|digit| self.folded.digits[*digit].gap > Gap::Turn)
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
            self.folded.preceded(before, LABELS) || self.folded.preceded(before, THINGS)
        }
    }

    /// Eleven digits from 13 to 19, with what is dialled before and after.
    fn mobile(&self, start: usize, note: &mut Note) {
        if self.value(start) != Some(1) || self.value(start + 1).is_none_or(|second| second < 3) {
            return;
        }
        let sure = |window: &Range<usize>| match self.loosest(window) {
            Gap::Comma | Gap::Sign | Gap::Said => Sure::Likely,
            _ => Sure::Certain,
        };
        let written = self.written(start, 11, MOBILE).map(|window| (sure(&window), window));
        let grouped = || self.grouped(start, 11).map(|window| (Sure::Likely, window));
        if let Some((sure, window)) = written.or_else(grouped) {
            let cells = self.dialled(&window);
            // A duty telephone may be a mobile one: whoever writes it knows.
            let sure = if offices::is_called(self.folded, cells.start) { Sure::Likely } else { sure };
            note(Personal::Phone, sure, cells);
        }
    }

    /// A number of Hong Kong, Macao or Taiwan, or of any country where a plus begins it.
    fn foreign(&self, start: usize, note: &mut Note) {
        let before = self.folded.digits[start].cell.checked_sub(1);
        let plus = before.filter(|at| self.folded.char(*at) == Some('+'));
        let dialled = self.begins(start) && (self.value(start), self.value(start + 1)) == (Some(0), Some(0));
        let code = match (plus, dialled) {
            (Some(_), _) => start,
            (None, true) => start + 2,
            (None, false) => return,
        };
        let ends = |window: &Range<usize>| {
            self.folded.digits.get(window.end - 1).is_some_and(|last| last.gap != Gap::None)
        };
        let known =
            ABROAD.iter().find(|(digits, _)| (0..3).all(|at| self.value(code + at) == Some(digits[at])));
        let (sure, window) = match known {
            Some((digits, local)) => match self.window(start, code - start + digits.len() + local) {
                Some((window, _)) => (Sure::Certain, window),
                None => return,
            },
            None => {
                let apart =
                    |digit: usize| self.folded.digits.get(digit).is_some_and(|digit| digit.gap <= Gap::Apart);
                let size = 1 + (start..start + 16).take_while(|digit| apart(*digit)).count();
                let chinese = (self.value(code), self.value(code + 1)) == (Some(8), Some(6));
                if plus.is_none() || chinese || !(10..=15).contains(&size) {
                    return;
                }
                (Sure::Likely, start..start + size)
            }
        };
        if ends(&window) && !self.is_a_sum(&window) {
            let cells = self.folded.cells_of(&window);
            note(Personal::Phone, sure, plus.unwrap_or(cells.start)..cells.end);
        }
    }

    /// Seven or eight digits that somebody calls a telephone.
    fn local(&self, start: usize, note: &mut Note) {
        if !self.begins(start) || !self.value(start).is_some_and(|first| (2..=8).contains(&first)) {
            return;
        }
        for size in [7, 8] {
            let Some((window, groups)) = self.window(start, size) else { return };
            let usual: [&[usize]; 5] = [&[7], &[8], &[3, 4], &[4, 4], &[4, 3]];
            let ends = self.folded.digits[window.end - 1].gap >= Gap::Comma;
            let cells = self.folded.cells_of(&window);
            if usual.contains(&groups.as_slice())
                && ends
                && self.folded.preceded(self.before_label(cells.start), CALLED)
                && !offices::is_called(self.folded, cells.start)
                && !self.is_a_sum(&window)
            {
                note(Personal::Landline, Sure::Likely, cells);
            }
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
                let cells = self.dialled(&window);
                if !offices::is_called(self.folded, cells.start) {
                    note(Personal::Landline, Sure::Likely, cells);
                }
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
        let Some(window) = self.joined(start, 17) else { return };
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
        // A star or a cross is an X to whoever has none at hand.
        let written =
            self.folded.char(last).map(|c| if matches!(c, '*' | '×' | '✕' | '✖') { 'X' } else { c });
        if check.is_some() && written == check {
            note(Personal::Identity, Sure::Certain, cells.start..last + 1);
        } else if written.is_some_and(|c| c.is_ascii_digit() || c == 'X')
            && self.is_called_identity(cells.start)
        {
            note(Personal::Identity, Sure::Likely, cells.start..last + 1);
        }
    }

    /// So many digits with nothing between them but signs or the words of a date, or whatever
    /// somebody says between the parts of an identity number.
    fn joined(&self, start: usize, size: usize) -> Option<Range<usize>> {
        let window = start..start + size;
        let broken = self.folded.digits.get(window.clone())?[..size - 1]
            .iter()
            .enumerate()
            .filter(|(_, digit)| digit.gap == Gap::Broken)
            .map(|(at, _)| self.folded.between(start + at, start + at + 1))
            .collect::<Vec<_>>();
        let dated = |c: char| is_separator(c) || matches!(c, '年' | '月' | '日' | '生' | '出');
        let masked = broken.iter().any(|gap| gap.clone().any(|c| c == STRUCK) || gap.clone().count() > 10);
        let fits = broken.iter().all(|gap| gap.clone().all(dated))
            || (!masked && self.is_called_identity(self.folded.digits[start].cell));
        fits.then_some(window)
    }

    fn is_called_identity(&self, cell: usize) -> bool {
        self.folded.mentioned(cell, 12, &["身份证", "身份号", "公民身份", "证件号"])
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
            note(Personal::Identity, Sure::Certain, self.folded.cells_of(&window));
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
                note(Personal::Card, Sure::Certain, self.folded.cells_of(&window));
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
