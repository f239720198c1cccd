//! A reader for JSON of a fixed shape, which knows where it is when something is wrong: objects
//! of known fields, lists, and texts. What a text means is for `file` to say; escapes are left to
//! `serde_json`.

use crate::{Malformed, Sentence};
use std::borrow::Cow;

/// A JSON text and how far it is read.
pub(super) struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// A text that was read, and where it starts.
pub(super) struct Word<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    /// At the beginning, after a byte order mark.
    pub(super) fn new(text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Where the next thing starts.
    pub(super) fn place(&mut self) -> usize {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.at
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.place();
        let comes = self.rest().starts_with(wanted);
        if comes {
            self.at += wanted.len_utf8();
        }
        comes
    }

    /// Nothing may follow.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        let at = self.place();
        if self.rest().is_empty() {
            return Ok(());
        }
        Err(self.unexpected(at, Sentence::new("文件结尾", "the end of the file")))
    }

    /// An object: `field` reads the value of each key. Returns where the object ends.
    pub(super) fn object(
        &mut self,
        expected: impl Fn() -> Sentence,
        mut field: impl FnMut(&mut Self, Word<'a>) -> Result<(), Malformed>,
    ) -> Result<usize, Malformed> {
        self.sequence(('{', '}'), expected, |reader| {
            let key = reader.word(|| Sentence::new("带引号的字段名", "the name of a field, in quotes"))?;
            if !reader.eat(':') {
                let at = reader.at;
                return Err(reader.unexpected(at, Sentence::new("“:”", "`:`")));
            }
            field(reader, key)
        })
    }

    /// A list: `item` reads each.
    pub(super) fn list(
        &mut self,
        expected: impl Fn() -> Sentence,
        item: impl FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<(), Malformed> {
        self.sequence(('[', ']'), expected, item).map(|_| ())
    }

    fn sequence(
        &mut self,
        (open, close): (char, char),
        expected: impl Fn() -> Sentence,
        mut item: impl FnMut(&mut Self) -> Result<(), Malformed>,
    ) -> Result<usize, Malformed> {
        if !self.eat(open) {
            let at = self.at;
            return Err(self.unexpected(at, expected()));
        }
        if self.eat(close) {
            return Ok(self.at - close.len_utf8());
        }
        loop {
            item(self)?;
            if self.eat(close) {
                return Ok(self.at - close.len_utf8());
            }
            if !self.eat(',') {
                let at = self.at;
                let either = Sentence::new(format!("“,”或“{close}”"), format!("`,` or `{close}`"));
                return Err(self.unexpected(at, either));
            }
        }
    }

    /// A text in quotes.
    pub(super) fn word(&mut self, expected: impl Fn() -> Sentence) -> Result<Word<'a>, Malformed> {
        let at = self.place();
        let Some(inside) = self.rest().strip_prefix('"') else {
            return Err(self.unexpected(at, expected()));
        };
        let mut escapes = false;
        let mut escaped = false;
        for (length, byte) in inside.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => (escapes, escaped) = (true, true),
                b'"' => {
                    let plain = inside.get(..length).unwrap_or_default();
                    self.at = at + length + 2;
                    let text = if escapes { self.unescape(at)? } else { Cow::Borrowed(plain) };
                    return Ok(Word { text, at });
                }
                // A line break inside is a quote that was forgotten, most likely.
                0..0x20 => {
                    let expected = Sentence::new(
                        "“\"”（文字到此为止，或控制字符须转义）",
                        "`\"`, or the control character escaped",
                    );
                    return Err(self.wrong(
                        at + 1 + length,
                        expected,
                        inside.get(length..=length).unwrap_or_default(),
                    ));
                }
                _ => {}
            }
        }
        let end = self.text.len();
        Err(self.wrong(end, Sentence::new("“\"”（文字没有结束）", "`\"` to end the text"), ""))
    }

    fn unescape(&self, at: usize) -> Result<Cow<'a, str>, Malformed> {
        let quoted = self.text.get(at..self.at).unwrap_or_default();
        serde_json::from_str::<String>(quoted).map(Cow::Owned).map_err(|_| {
            self.wrong(at, Sentence::new("JSON 允许的转义", "a text with escapes that JSON knows"), quoted)
        })
    }

    /// Something else is expected where `at` is; what stands there is shown up to its end.
    fn unexpected(&self, at: usize, expected: Sentence) -> Malformed {
        let rest = self.text.get(at..).unwrap_or_default();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '_');
        let length = match rest.chars().next() {
            None => 0,
            Some('"') => {
                let inside = rest.get(1..).unwrap_or_default();
                inside.find(['"', '\n']).map_or(rest.len(), |length| length + 2).min(rest.len())
            }
            Some(first) if is_part(first) => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
            Some(first) => first.len_utf8(),
        };
        self.wrong(at, expected, rest.get(..length).unwrap_or_default())
    }

    /// `found` stands where `at` is, and something else is expected.
    pub(super) fn wrong(&self, at: usize, expected: Sentence, found: &str) -> Malformed {
        let before = self.text.get(..at).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        Malformed::new(before.matches('\n').count() + 1, line.chars().count() + 1, expected, found)
    }
}
