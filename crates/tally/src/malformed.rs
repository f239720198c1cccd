//! What is wrong with a file, and where.

use crate::Sentence;

/// A file that is not what it should be: nothing of it is counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: expected {}, found {found}", expected.en)]
pub struct Malformed {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What should stand there.
    pub expected: Sentence,
    /// What stands there, cut short.
    pub found: String,
}

impl Malformed {
    /// Found `found` in the place of `expected`. Long texts are cut, and what does not print
    /// is written as an escape.
    #[must_use]
    pub fn new(line: usize, column: usize, expected: Sentence, found: &str) -> Self {
        const SHOWN: usize = 40;
        let mut shown: String = found.chars().take(SHOWN).collect();
        if found.chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        let found = if found.is_empty() { "nothing".to_owned() } else { format!("{shown:?}") };
        Self { line, column, expected, found }
    }
}
