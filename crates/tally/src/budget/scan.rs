//! Rows of cells out of a text whose cells stand between semicolons, some in quotes. It knows
//! where each cell stands and nothing of what cells mean.

use crate::{Malformed, Sentence};
use std::borrow::Cow;

/// A cell without the spaces around it.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    /// What it says.
    pub(super) value: Cow<'a, str>,
    /// Byte at which that begins.
    pub(super) at: usize,
}

/// Reads row after row.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// Before the first row; a byte order mark is no part of it.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 } }
    }

    /// Byte at which the next row begins.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// How many bytes are still to read.
    pub(super) fn left(&self) -> usize {
        self.text.len() - self.at
    }

    /// Puts the next row that is not blank into `row`; false at the end of the text.
    pub(super) fn next_row(&mut self, row: &mut Vec<Cell<'a>>) -> Result<bool, Malformed> {
        while self.at < self.text.len() {
            row.clear();
            while self.cell(row)? {}
            if row.len() > 1 || row.iter().any(|cell| !cell.value.is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads one cell and what ends it; false when the row ends too.
    fn cell(&mut self, row: &mut Vec<Cell<'a>>) -> Result<bool, Malformed> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        if bytes.get(start) == Some(&b'"') {
            let mut doubled = false;
            let mut end = start + 1;
            loop {
                match bytes.get(end) {
                    Some(b'"') if bytes.get(end + 1) == Some(&b'"') => {
                        doubled = true;
                        end += 2;
                    }
                    Some(b'"') => break,
                    Some(_) => end += 1,
                    None => {
                        let expected = Sentence::new("一个收尾的引号", "a quote that closes the cell");
                        return Err(self.malformed(start, expected, &self.text[start..]));
                    }
                }
            }
            let inside = &self.text[start + 1..end];
            let value = inside.trim();
            let at = start + 1 + (inside.len() - inside.trim_start().len());
            let value = if doubled { Cow::Owned(value.replace("\"\"", "\"")) } else { Cow::Borrowed(value) };
            row.push(Cell { value, at });
            self.at = end + 1;
            while matches!(bytes.get(self.at), Some(b' ' | b'\t')) {
                self.at += 1;
            }
            if !matches!(bytes.get(self.at), None | Some(b';' | b'\r' | b'\n')) {
                let expected =
                    Sentence::new("引号之后是分号或行尾", "a semicolon or the line's end after the quote");
                return Err(self.malformed(self.at, expected, &self.text[self.at..]));
            }
        } else {
            let length = bytes[start..].iter().position(|byte| matches!(byte, b';' | b'\r' | b'\n'));
            let end = length.map_or(bytes.len(), |length| start + length);
            let inside = &self.text[start..end];
            let value = trim(inside);
            let at = start + (value.as_ptr().addr() - inside.as_ptr().addr());
            row.push(Cell { value: Cow::Borrowed(value), at });
            self.at = end;
        }
        let ended_by = bytes.get(self.at);
        self.at += usize::from(ended_by.is_some());
        if ended_by == Some(&b'\r') && bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
        }
        Ok(ended_by == Some(&b';'))
    }

    /// What is wrong at a byte. Only the first line of what was found is told.
    pub(super) fn malformed(&self, at: usize, expected: Sentence, found: &str) -> Malformed {
        let before = self.text.get(..at).unwrap_or(self.text);
        let before = before.strip_prefix('\u{feff}').unwrap_or(before);
        let mut line = 1;
        let mut begins = 0;
        let mut bytes = before.bytes().enumerate().peekable();
        while let Some((index, byte)) = bytes.next() {
            let ends = match byte {
                b'\n' => true,
                b'\r' => bytes.peek().is_none_or(|(_, next)| *next != b'\n'),
                _ => false,
            };
            if ends {
                line += 1;
                begins = index + 1;
            }
        }
        let column = before[begins..].chars().count() + 1;
        Malformed::new(line, column, expected, found.lines().next().unwrap_or_default())
    }
}

/// Without the spaces around it. Most texts begin and end with a letter or digit, which is seen
/// at once.
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [only] if only.is_ascii_graphic() => text,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Writes one cell so that it reads back as it was.
pub(super) fn write_cell(out: &mut String, value: &str) {
    if value.contains([';', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(value);
    }
}
