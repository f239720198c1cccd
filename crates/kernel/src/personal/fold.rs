//! A text folded for looking through: compatibility forms plain, what cannot be seen left out,
//! digits of all kinds as 0 to 9, capital letters; each character knows where it came from.
//! A second reading takes letters that look like digits for digits, and numerals with tens and
//! hundreds for what they come to. What a number means is not known here.

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
    /// The digit that it may be meant for among digits: O, l, 洞.
    like: Option<char>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Plain,
    Other,
}

/// What stands between a digit and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// Nothing but a change of script.
    Turn,
    /// Dashes, dots, spaces, slashes, brackets, line breaks.
    Apart,
    /// Such, and a comma.
    Comma,
    /// A few signs of whatever kind: 138★0000★1111.
    Sign,
    /// A word that is said between the parts of a number: 138杠0000, 138 0000 尾号1111.
    Said,
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

/// What stands in for a character that was found already. A masked text has three stars there,
/// and reads the same.
pub(super) const STRUCK: char = '\u{fffc}';
const MASK: &str = "＊＊＊";
/// As many signs may stand between two digits of a number.
const SIGNS: usize = 6;
/// What is said between the parts of a number.
const SAID: &[&str] = &[
    "和",
    "空",
    "空格",
    "然后",
    "再",
    "接",
    "尾号",
    "后四位",
    "后面",
    "杠",
    "横杠",
    "横",
    "点",
    "中间",
    "加",
];

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
            // ⒈ and ⑴ are digits with a dot or brackets of their own.
            let own = |c: char| raw.is_numeric() && matches!(c, '.' | ',' | '(' | ')');
            for c in std::iter::once(raw).nfkc().filter(|c| is_seen(*c) && !own(*c)) {
                let (plain, script) = plain(c);
                cells.push(Cell { c: plain, span: span.clone(), script, like: like(c) });
            }
        }
        for (at, _) in text.match_indices(MASK) {
            let first = cells.partition_point(|cell: &Cell| cell.span.end <= at);
            for cell in cells[first..].iter_mut().take_while(|cell| cell.span.start < at + MASK.len()) {
                (cell.c, cell.like) = (STRUCK, None);
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
                (cell.c, cell.like) = (STRUCK, None);
            }
        }
        self.read();
    }

    /// The same as it may be meant, where that is something else: letters that look like digits
    /// as digits, and 五百零二 as 502.
    pub fn meant(&self) -> Option<Self> {
        let mut cells = self.cells.clone();
        let counted = figures(&mut cells);
        let alike = lookalikes(&mut cells);
        if !counted && !alike {
            return None;
        }
        let mut meant = Self { cells, digits: Vec::new(), runs: Vec::new() };
        meant.read();
        Some(meant)
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
        self.before(cell, words).is_some()
    }

    /// Where the word begins that ends just before this cell, if it is one of these.
    pub fn before(&self, cell: usize, words: &[&str]) -> Option<usize> {
        words.iter().find_map(|word| {
            let mut at = cell;
            let stands = word.chars().rev().all(|c| {
                at = at.wrapping_sub(1);
                self.char(at) == Some(c)
            });
            stands.then_some(at)
        })
    }

    /// Where the word ends that begins at this cell, if it is one of these.
    pub fn past(&self, cell: usize, words: &[&str]) -> Option<usize> {
        let word = words.iter().find(|word| self.followed(cell, &[word]))?;
        Some(cell + word.chars().count())
    }

    /// Whether one of these words stands in the same sentence, at most so many cells before.
    pub fn mentioned(&self, cell: usize, most: usize, words: &[&str]) -> bool {
        let ends = |c: char| matches!(c, '。' | ',' | ';' | '!' | '?' | '\n' | STRUCK);
        let back = (cell.saturating_sub(most)..cell).rev();
        let first = back.take_while(|at| !self.char(*at).is_some_and(ends)).last().unwrap_or(cell);
        (first..cell).any(|at| {
            words.iter().any(|word| at + word.chars().count() <= cell && self.followed(at, &[word]))
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
        all if all.len() > 2 * SIGNS => Gap::Broken,
        all => {
            let words: String = all.iter().map(|cell| cell.c).filter(|c| c.is_alphanumeric()).collect();
            let signs = all.iter().filter(|cell| !is_separator(cell.c) && !cell.c.is_alphanumeric());
            let stops = |c: char| matches!(c, STRUCK | '×' | '%' | '‰' | '°' | '℃' | '¥' | '$');
            if all.iter().any(|cell| stops(cell.c)) || signs.count() > SIGNS {
                Gap::Broken
            } else if words.is_empty() {
                Gap::Sign
            } else if SAID.contains(&words.as_str()) {
                Gap::Said
            } else {
                Gap::Broken
            }
        }
    }
}

/// The digit that a character is taken for among digits.
fn like(c: char) -> Option<char> {
    match c {
        'O' | 'o' | 'Ο' | 'ο' | 'О' | 'о' | '洞' => Some('0'),
        'I' | 'l' | '|' | 'ı' | 'Ι' | 'ι' | 'І' | 'і' | '丨' => Some('1'),
        '拐' => Some('7'),
        '勾' | '钩' => Some('9'),
        _ => None,
    }
}

/// Takes what looks like digits for digits where digits stand around it: in one piece with two of
/// them, or in a whole that is as long as a telephone. Tells whether there was any.
fn lookalikes(cells: &mut [Cell]) -> bool {
    let is_digit = |cell: &Cell| cell.c.is_ascii_digit();
    let is_part = |cell: &Cell| is_digit(cell) || cell.like.is_some();
    let (mut any, mut at) = (false, 0);
    while at < cells.len() {
        if !is_part(&cells[at]) {
            at += 1;
            continue;
        }
        // Pieces of digits and their like, with a few signs between them.
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut end = at;
        loop {
            let piece = end..end + cells[end..].iter().take_while(|cell| is_part(cell)).count();
            end = piece.end;
            let glued =
                |cell: Option<&Cell>| cell.is_some_and(|cell| cell.c.is_ascii_alphabetic() && cell.c != 'X');
            let before = piece.start.checked_sub(1).and_then(|before| cells.get(before));
            if !glued(before) && !glued(cells.get(end)) {
                pieces.push(piece);
            }
            let signs = cells[end..]
                .iter()
                .take(3)
                .take_while(|cell| !cell.c.is_alphanumeric() && cell.c != STRUCK && !is_part(cell))
                .count();
            if signs == 0 || !cells.get(end + signs).is_some_and(is_part) {
                break;
            }
            end += signs;
        }
        at = end.max(at + 1);
        let digits = |piece: &Range<usize>| cells[piece.clone()].iter().filter(|cell| is_digit(cell)).count();
        let (size, real): (usize, usize) =
            (pieces.iter().map(Range::len).sum(), pieces.iter().map(&digits).sum());
        let whole = size >= 10 && real >= 3;
        let taken: Vec<Range<usize>> = pieces
            .iter()
            .filter(|piece| whole || (piece.len() >= 3 && 2 * digits(piece) > piece.len()))
            .cloned()
            .collect();
        for cell in taken.into_iter().flatten() {
            let letter = cells[cell].like.filter(|_| whole || cells[cell].c.is_ascii_alphabetic());
            if let Some(digit) = letter {
                cells[cell].c = digit;
                any = true;
            }
        }
    }
    any
}

/// Writes numerals with tens and hundreds as figures. Tells whether there was any.
fn figures(cells: &mut Vec<Cell>) -> bool {
    let is_unit = |c: char| matches!(c, '十' | '拾' | '百' | '佰' | '廿' | '卅');
    if !cells.iter().any(|cell| is_unit(cell.c)) {
        return false;
    }
    let (mut out, mut any, mut at) = (Vec::with_capacity(cells.len()), false, 0);
    while at < cells.len() {
        let size = cells[at..].iter().take_while(|cell| cell.c.is_ascii_digit() || is_unit(cell.c)).count();
        let numeral = &cells[at..at + size.max(1)];
        let value =
            (size > 0 && numeral.iter().any(|cell| is_unit(cell.c))).then(|| figure(numeral)).flatten();
        match (value, numeral) {
            (Some(value), [first, .., last] | [first @ last]) => {
                any = true;
                let span = first.span.start..last.span.end;
                let digits = value.to_string();
                out.extend(digits.chars().map(|c| Cell {
                    c,
                    span: span.clone(),
                    script: Script::Plain,
                    like: None,
                }));
            }
            _ => out.extend_from_slice(numeral),
        }
        at += size.max(1);
    }
    *cells = out;
    any
}

/// What a numeral comes to: 五百零二 is 502, and so is 五零二 to whoever reads a door; 十二零二,
/// floor and door, is 1202.
fn figure(numeral: &[Cell]) -> Option<u32> {
    if numeral.len() > 8 {
        return None;
    }
    let (mut floor, mut total, mut pending, mut unit) = (None, 0, None, 1);
    for cell in numeral {
        match cell.c {
            '百' | '佰' => (total, unit) = (total + pending.take().unwrap_or(1) * 100, 100),
            '十' | '拾' => (total, unit) = (total + pending.take().unwrap_or(1) * 10, 10),
            '廿' => (total, unit) = (total + 20, 10),
            '卅' => (total, unit) = (total + 30, 10),
            '0' if unit == 10 && floor.is_none() => {
                (floor, total) = (Some(total + pending.take().unwrap_or(0)), 0);
            }
            '0' if unit == 100 && pending.is_none() => {}
            digit if pending.is_none() => pending = digit.to_digit(10),
            _ => return None,
        }
    }
    total += pending.unwrap_or(0);
    Some(floor.map_or(total, |floor| floor * 100 + total))
}

/// The dash, dot, space, slash, bracket and line-break families.
pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || is_dot(c)
        || matches!(c, '/' | '\\' | '|' | '\u{2044}' | '\u{2215}' | '(' | ')' | '[' | ']' | '{' | '}')
        || matches!(c, '<' | '>' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301b}')
}

pub(super) fn is_dash(c: char) -> bool {
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

/// Digits of whatever script as 0 to 9, letters as capitals.
fn plain(c: char) -> (char, Script) {
    /// The noughts of the scripts whose digits follow each other: all of `Nd` that no
    /// compatibility form folds, and a few numbers beside.
    const NOUGHTS: [u32; 61] = [
        0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
        0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x17f0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0,
        0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x11066,
        0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950,
        0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e950,
    ];
    /// The ones of those that have no nought beside them: numbers in circles, of Suzhou, of rods.
    const ONES: [u32; 8] = [0x24f5, 0x2776, 0x2780, 0x278a, 0x3021, 0x1369, 0x1d360, 0x10107];
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
        .and_then(|nought| char::from_digit(code - nought, 10))
        .or_else(|| {
            let one = ONES.iter().find(|one| (**one..**one + 9).contains(&code))?;
            char::from_digit(code - one + 1, 10)
        })
        .or(matches!(c, '⓿' | '🄋' | '🄌').then_some('0'));
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
