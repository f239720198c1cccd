//! A line of a file, read from left to right, which knows where it is when something is wrong.

use crate::{Malformed, Sentence};

/// The lines that are not blank.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines()
        .enumerate()
        .map(|(at, text)| Line { number: at + 1, text, at: 0 })
        .filter(|line| !line.text.trim().is_empty())
}

/// One line and how far it is read.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    number: usize,
    text: &'a str,
    at: usize,
}

impl<'a> Line<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn number(&self) -> usize {
        self.number
    }

    pub(super) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r']).len();
    }

    /// Whether all is read but spaces.
    pub(super) fn at_end(&mut self) -> bool {
        self.skip_spaces();
        self.rest().is_empty()
    }

    /// Whether `wanted` comes next, after spaces; if so it is read.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        self.skip_spaces();
        let comes = self.rest().starts_with(wanted);
        if comes {
            self.at += wanted.len_utf8();
        }
        comes
    }

    /// Read up to `end`, leaving it; or up to the end of the line.
    pub(super) fn until(&mut self, end: char) -> &'a str {
        let rest = self.rest();
        let length = rest.find(end).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// A whole number between `least` and `most`.
    pub(super) fn whole(&mut self, least: u64, most: u64, expected: &Sentence) -> Result<u64, Malformed> {
        self.skip_spaces();
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let value = rest.get(..length).and_then(|digits| digits.parse::<u64>().ok());
        match value.filter(|value| (least..=most).contains(value)) {
            Some(value) => {
                self.at += length;
                Ok(value)
            }
            None => Err(self.error(expected.clone())),
        }
    }

    /// As `whole`, between 1 and `most`, for what is kept in memory.
    pub(super) fn size(&mut self, most: usize, expected: &Sentence) -> Result<usize, Malformed> {
        let at = self.at;
        let most = u64::try_from(most).unwrap_or(u64::MAX);
        let value = self.whole(1, most, expected)?;
        usize::try_from(value).map_err(|_| {
            self.at = at;
            self.error(expected.clone())
        })
    }

    /// Something else is expected here.
    pub(super) fn error(&self, expected: Sentence) -> Malformed {
        let rest = self.rest();
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let length = rest
            .char_indices()
            .skip(1)
            .find(|&(_, c)| matches!(c, ',' | ':' | '{' | '}' | ' ' | '\t' | '\r'))
            .map_or(rest.len(), |(at, _)| at);
        let found = match rest.chars().next() {
            Some(',' | ':' | '{' | '}') => rest.get(..first),
            _ => rest.get(..length),
        };
        let column = self.text.get(..self.at).unwrap_or_default().chars().count() + 1;
        Malformed::new(self.number, column, expected, found.unwrap_or_default())
    }
}

/// Something is missing at the end of the file, after `last` lines.
pub(super) fn at_end_of_file(last: usize, expected: Sentence) -> Malformed {
    Malformed::new(last + 1, 1, expected, "")
}

/// What stands where a candidate's number should.
pub(super) fn a_candidate(candidates: usize) -> Sentence {
    Sentence::new(format!("候选编号 1 至 {candidates}"), format!("a candidate from 1 to {candidates}"))
}

/// What stands where a number of ballots should.
pub(super) fn a_count() -> Sentence {
    Sentence::new("票数（正整数）", "a number of ballots, at least 1")
}

/// A candidate comes twice.
pub(super) fn another_candidate() -> Sentence {
    Sentence::new("本票尚未出现的候选编号", "a candidate who is not yet on this ballot")
}

/// Counts whose sum does not fit.
pub(super) fn a_smaller_count() -> Sentence {
    Sentence::new(
        format!("票数合计不超过 {}", u64::MAX),
        format!("numbers of ballots that make at most {}", u64::MAX),
    )
}
