//! Numbers in names of places: what counts on from 1号楼, A座, 甲幢 or 一单元, and how it is written.
//! Which place it is, is [`super::plan`]'s.

use super::plan::{Floors, Wrong};

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const DIGITS: &str = "零一二三四五六七八九";

/// What is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ordinal {
    /// 1, 01: with how many digits at least.
    Number { value: u64, width: usize },
    /// A.
    Letter(char),
    /// 甲.
    Stem(u64),
    /// 一, up to 九十九.
    Han(u64),
}

impl Ordinal {
    /// Where it stands among its like.
    fn value(self) -> u64 {
        match self {
            Ordinal::Number { value, .. } | Ordinal::Stem(value) | Ordinal::Han(value) => value,
            Ordinal::Letter(c) => u64::from(u32::from(c.to_ascii_uppercase())),
        }
    }

    /// Another one of the same kind.
    fn with(self, value: u64) -> String {
        match self {
            Ordinal::Number { width, .. } => format!("{value:0width$}"),
            Ordinal::Letter(c) => {
                let letter = u32::try_from(value).ok().and_then(char::from_u32).unwrap_or(c);
                if c.is_ascii_lowercase() { letter.to_ascii_lowercase() } else { letter }.to_string()
            }
            Ordinal::Stem(_) => nth(STEMS, value).to_string(),
            Ordinal::Han(_) => han(value),
        }
    }

    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

fn nth(of: &str, n: u64) -> char {
    usize::try_from(n).ok().and_then(|n| of.chars().nth(n)).unwrap_or('?')
}

fn place_in(of: &str, c: char) -> Option<u64> {
    of.chars().position(|one| one == c).and_then(|n| u64::try_from(n).ok())
}

/// 十二 of 12.
fn han(value: u64) -> String {
    let (tens, ones) = (value / 10, value % 10);
    let mut text = String::new();
    if tens > 1 {
        text.push(nth(DIGITS, tens));
    }
    if tens > 0 {
        text.push('十');
    }
    if ones > 0 {
        text.push(nth(DIGITS, ones));
    }
    text
}

/// 12 of 十二.
fn of_han(text: &str) -> Option<u64> {
    let digit = |text: &str| {
        let mut chars = text.chars();
        let one = place_in(DIGITS, chars.next()?).filter(|n| *n > 0)?;
        chars.next().is_none().then_some(one)
    };
    match text.split_once('十') {
        None => digit(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { digit(tens)? };
            let ones = if ones.is_empty() { 0 } else { digit(ones)? };
            Some(tens * 10 + ones)
        }
    }
}

/// A name with a number in it: what stands before the number, the number, what stands after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    before: String,
    at: Ordinal,
    after: String,
}

impl Item {
    /// The parts of a name; nothing where nothing in it counts.
    pub(super) fn of(name: &str) -> Option<Self> {
        let split = |from: usize, to: usize, at: Ordinal| Self {
            before: name[..from].to_owned(),
            at,
            after: name[to..].to_owned(),
        };
        if let Some(from) = name.find(|c: char| c.is_ascii_digit()) {
            let length = name[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len() - from);
            let digits = &name[from..from + length];
            let width = if digits.starts_with('0') { digits.len() } else { 1 };
            let value = digits.parse().ok()?;
            return Some(split(from, from + length, Ordinal::Number { value, width }));
        }
        // A word of letters is a name; one letter counts.
        let mut letters = name.char_indices().filter(|(_, c)| c.is_ascii_alphabetic());
        if let (Some((from, c)), None) = (letters.next(), letters.next()) {
            return Some(split(from, from + 1, Ordinal::Letter(c)));
        }
        // In Chinese only at the beginning: 三 of 三单元 counts, 三 of 小三元 does not.
        let before = if name.starts_with('第') { '第'.len_utf8() } else { 0 };
        let rest = &name[before..];
        let first = rest.chars().next()?;
        if let Some(stem) = place_in(STEMS, first) {
            return Some(split(before, before + first.len_utf8(), Ordinal::Stem(stem)));
        }
        let run = rest.find(|c| c != '十' && place_in(DIGITS, c).is_none()).unwrap_or(rest.len());
        let value = of_han(&rest[..run])?;
        Some(split(before, before + run, Ordinal::Han(value)))
    }

    /// By what it is told from others: however its number is written.
    pub(super) fn key(&self) -> String {
        let Self { before, at, after } = self;
        let before = before.strip_prefix('第').unwrap_or(before).to_lowercase();
        let number = match at {
            Ordinal::Number { value, .. } | Ordinal::Han(value) => value.to_string(),
            Ordinal::Letter(_) | Ordinal::Stem(_) => at.with(at.value()).to_lowercase(),
        };
        format!("{before}{number}{}", after.to_lowercase())
    }
}

/// What stands between two commas: one name, or all from one to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// As it was written, without spaces.
    written: String,
    first: Option<Item>,
    last: u64,
}

impl Span {
    /// One name, whatever signs stand in it.
    pub(super) fn one(written: String) -> Self {
        let first = Item::of(&written);
        let last = first.as_ref().map(|item| item.at.value()).unwrap_or_default();
        Self { written, first, last }
    }

    /// Reads one.
    ///
    /// # Errors
    /// When it is a range that cannot be counted.
    pub(super) fn read(words: &str) -> Result<Self, Wrong> {
        let written: String = words.split_whitespace().collect();
        // —— is one sign.
        let dashed: Vec<&str> = written.split('-').filter(|part| !part.is_empty()).collect();
        let ends = match dashed[..] {
            [from, to] => Some((from, to)),
            [_] if !written.contains('-') => written.split_once(['至', '到']).filter(|(from, to)| {
                // 至善苑 is a name.
                Item::of(from).is_some() && Item::of(to).is_some()
            }),
            _ => return Err(Wrong::Range),
        };
        let Some((from, to)) = ends else { return Ok(Self::one(written)) };
        let (from, to) = Item::of(from).zip(Item::of(to)).ok_or(Wrong::Range)?;
        let alike = |one: &str, other: &str| one.is_empty() || other.is_empty() || one == other;
        if !from.at.is_like(to.at) || !alike(&to.before, &from.before) || !alike(&from.after, &to.after) {
            return Err(Wrong::Range);
        }
        if from.before.is_empty() && !to.before.is_empty() {
            return Err(Wrong::Range);
        }
        let last = to.at.value();
        if last < from.at.value() {
            return Err(Wrong::Backwards);
        }
        let after = if to.after.is_empty() { from.after } else { to.after };
        let written = format!("{}{}{after}", from.before, from.at.with(from.at.value()));
        Ok(Self { written, first: Some(Item { after, ..from }), last })
    }

    /// What stands after its number; of a name without one, nothing.
    pub(super) fn unit(&self) -> &str {
        self.first.as_ref().map(|first| first.after.as_str()).unwrap_or_default()
    }

    /// Gives it what stands after the next number.
    pub(super) fn take(&mut self, unit: &str) {
        if let Some(first) = &mut self.first {
            unit.clone_into(&mut first.after);
            self.written.push_str(unit);
        }
    }

    /// The first name of it.
    pub(super) fn written(&self) -> &str {
        &self.written
    }

    /// Whether it is a name in which nothing counts.
    pub(super) fn is_name(&self) -> bool {
        self.first.is_none()
    }

    /// The numbers at its ends, where it counts in numbers.
    pub(super) fn numbers(&self) -> Option<(u64, u64)> {
        match self.first.as_ref()?.at {
            Ordinal::Number { value, .. } => Some((value, self.last)),
            Ordinal::Letter(_) | Ordinal::Stem(_) | Ordinal::Han(_) => None,
        }
    }

    /// How many names it is.
    pub(super) fn count(&self) -> u64 {
        self.first.as_ref().map_or(1, |first| (self.last - first.at.value()).saturating_add(1))
    }

    /// All names of it, in order.
    pub(super) fn names(&self) -> Vec<String> {
        match &self.first {
            None => vec![self.written.clone()],
            Some(first) => (first.at.value()..=self.last).map(|value| first.named(value)).collect(),
        }
    }

    /// All doors of these floors, in order.
    pub(super) fn doors(&self, floors: &Floors) -> Vec<String> {
        let Some(first) = &self.first else { return Vec::new() };
        let ((low, high), (from, to)) = (floors.floors, floors.rooms);
        let floor = |floor: u64| (from..=to).map(move |room| floor * 100 + room);
        (low..=high).flat_map(floor).map(|door| first.named(door)).collect()
    }
}

impl Item {
    fn named(&self, value: u64) -> String {
        format!("{}{}{}", self.before, self.at.with(value), self.after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_are_read_as_they_are_written() {
        for value in 1..100 {
            assert_eq!(of_han(&han(value)), Some(value));
        }
        assert_eq!(["一", "十", "十二", "二十", "九十九"].map(of_han), [1, 10, 12, 20, 99].map(Some));
        assert_eq!(["", "零", "十十", "一二", "百"].map(of_han), [None; 5]);
    }

    #[test]
    fn a_word_is_no_number() {
        for name in ["南苑", "小三元", "SOHO城", "三里屯中"] {
            let counts = Item::of(name).is_some();
            assert_eq!(counts, name == "三里屯中", "{name}");
        }
    }
}
