//! A text folded for looking through: compatibility forms plain, what cannot be seen left out,
//! digits of all kinds as 0 to 9, capital letters; each character knows where it came from.
//! What a number means is not known here.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A character of the folded text.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// As it is looked at.
    pub c: char,
    /// Where it came from, in bytes.
    pub span: Range<usize>,
    /// Digits written in one script stand together; 周一138… is no number that begins with 一.
    script: Script,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Plain,
    Other,
}

/// What stands between a digit and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Nothing but a change of script.
    Turn,
    /// Dashes, dots, spaces, slashes, brackets, line breaks.
    Apart,
    /// Such, and a comma.
    Comma,
    /// Anything else, or the end.
    Broken,
}

#[derive(Clone, Debug)]
pub(super) struct Digit {
    pub value: u8,
    /// Which cell it is.
    pub cell: usize,
    /// What stands before the next digit.
    pub gap: Gap,
    /// Which run it stands in.
    pub run: usize,
}

/// What stands in for a character that was found already, as in a masked text.
const STRUCK: char = '*';

#[derive(Debug)]
pub(super) struct Folded {
    pub cells: Vec<Cell>,
    pub digits: Vec<Digit>,
    /// Runs of digits with nothing between them.
    pub runs: Vec<Range<usize>>,
}

impl Folded {
    pub fn of(text: &str) -> Self {
        let mut cells = Vec::with_capacity(text.len());
        for (at, raw) in text.char_indices() {
            let span = at..at + raw.len_utf8();
            for c in std::iter::once(raw).nfkc().filter(|c| is_seen(*c)) {
                let (c, script) = plain(c);
                cells.push(Cell { c, span: span.clone(), script });
            }
        }
        let mut folded = Self { cells, digits: Vec::new(), runs: Vec::new() };
        folded.read();
        folded
    }

    /// Reads the digits off the cells.
    fn read(&mut self) {
        self.digits = digits(&self.cells);
        self.runs = Vec::new();
        let mut first = 0;
        for (at, digit) in self.digits.iter_mut().enumerate() {
            digit.run = self.runs.len();
            if !matches!(digit.gap, Gap::None | Gap::Turn) {
                self.runs.push(first..at + 1);
                first = at + 1;
            }
        }
    }

    /// Strikes these spans out.
    pub fn strike<'s>(&mut self, spans: impl Iterator<Item = &'s Range<usize>>) {
        for span in spans {
            let first = self.cells.partition_point(|cell| cell.span.end <= span.start);
            for cell in self.cells[first..].iter_mut().take_while(|cell| cell.span.start < span.end) {
                cell.c = STRUCK;
            }
        }
        self.read();
    }

    /// The cells of these digits and all between them.
    pub fn cells_of(&self, digits: &Range<usize>) -> Range<usize> {
        self.digits[digits.start].cell..self.digits[digits.end - 1].cell + 1
    }

    pub fn char(&self, cell: usize) -> Option<char> {
        self.cells.get(cell).map(|cell| cell.c)
    }

    /// The first cell from here on that is no separator.
    pub fn onward(&self, from: usize) -> usize {
        (from..self.cells.len())
            .find(|at| !self.char(*at).is_some_and(is_separator))
            .unwrap_or(self.cells.len())
    }

    /// One past the last cell before this one that is no separator.
    pub fn back(&self, before: usize) -> usize {
        (0..before).rev().find(|at| !self.char(*at).is_some_and(is_separator)).map_or(0, |at| at + 1)
    }

    /// Whether one of these words ends just before this cell.
    pub fn preceded(&self, cell: usize, words: &[&str]) -> bool {
        words.iter().any(|word| {
            let mut at = cell;
            word.chars().rev().all(|c| {
                at = at.wrapping_sub(1);
                self.char(at) == Some(c)
            })
        })
    }

    /// Whether one of these words begins at this cell.
    pub fn followed(&self, cell: usize, words: &[&str]) -> bool {
        words.iter().any(|word| word.chars().zip(cell..).all(|(c, at)| self.char(at) == Some(c)))
    }

    /// The characters between two digits.
    pub fn between(&self, digit: usize, next: usize) -> impl Iterator<Item = char> + Clone + '_ {
        let range = match (self.digits.get(digit), self.digits.get(next)) {
            (Some(digit), Some(next)) => digit.cell + 1..next.cell,
            _ => 0..0,
        };
        self.cells[range].iter().map(|cell| cell.c)
    }
}

fn digits(cells: &[Cell]) -> Vec<Digit> {
    let mut digits: Vec<Digit> = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        let Some(value) = cell.c.to_digit(10).and_then(|value| u8::try_from(value).ok()) else { continue };
        if let Some(last) = digits.last_mut() {
            last.gap = gap(&cells[last.cell], &cells[last.cell + 1..at], cell);
        }
        digits.push(Digit { value, cell: at, gap: Gap::Broken, run: 0 });
    }
    digits
}

fn gap(left: &Cell, between: &[Cell], right: &Cell) -> Gap {
    match between {
        [] if left.script == right.script => Gap::None,
        [] => Gap::Turn,
        all if all.iter().all(|cell| is_separator(cell.c)) => Gap::Apart,
        all if all.iter().all(|cell| is_separator(cell.c) || cell.c == ',') => Gap::Comma,
        _ => Gap::Broken,
    }
}

/// The dash, dot, space, slash, bracket and line-break families.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || is_dot(c)
        || matches!(c, '/' | '\\' | '|' | '\u{2044}' | '\u{2215}' | '(' | ')' | '[' | ']' | '{' | '}')
        || matches!(c, '<' | '>' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '~' | '_' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2053}' | '\u{2212}')
        || matches!(
            c,
            '\u{2500}' | '\u{2501}' | '\u{2e3a}' | '\u{2e3b}' | '\u{301c}' | '\u{3030}' | '\u{30fc}'
        )
}

/// A full stop between digits is a dot as well: 138。0000。1111.
pub(super) fn is_dot(c: char) -> bool {
    matches!(c, '.' | '·' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2219}' | '\u{22c5}' | '\u{3002}')
        || matches!(c, '\u{30fb}' | '\u{02d9}' | '\u{25cf}' | '\u{25aa}')
}

/// A dash, dot or slash: what joins the parts of 3-2-502.
pub(super) fn is_joint(c: char) -> bool {
    is_dash(c) || is_dot(c) || matches!(c, '/' | '\\' | '|' | '\u{2044}' | '\u{2215}')
}

/// Digits of whatever script as 0 to 9, letters as capitals.
fn plain(c: char) -> (char, Script) {
    /// The noughts of the scripts whose digits follow each other.
    const NOUGHTS: [u32; 18] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
        0xf20, 0x1040, 0x17e0, 0x1810,
    ];
    // As numbers are spoken and written: 幺 is one on the telephone, 两 is two.
    let han = match c {
        '〇' | '零' | '○' | '◯' => Some('0'),
        '一' | '幺' | '壹' | '弌' => Some('1'),
        '二' | '两' | '兩' | '贰' | '貳' => Some('2'),
        '三' | '叁' | '參' => Some('3'),
        '四' | '肆' => Some('4'),
        '五' | '伍' => Some('5'),
        '六' | '陆' | '陸' => Some('6'),
        '七' | '柒' => Some('7'),
        '八' | '捌' => Some('8'),
        '九' | '玖' => Some('9'),
        _ => None,
    };
    if let Some(digit) = han {
        return (digit, Script::Other);
    }
    let code = u32::from(c);
    let digit = NOUGHTS
        .iter()
        .find(|nought| (**nought..**nought + 10).contains(&code))
        .and_then(|nought| char::from_digit(code - nought, 10));
    match digit {
        Some(digit) => (digit, Script::Other),
        None => (c.to_ascii_uppercase(), Script::Plain),
    }
}

/// What stands on the page: no control character, no mark on another character, nothing that
/// Unicode shows as nothing (`Default_Ignorable_Code_Point`).
fn is_seen(c: char) -> bool {
    let hidden = matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    );
    c.is_whitespace() || !(hidden || c.is_control() || is_combining_mark(c))
}
