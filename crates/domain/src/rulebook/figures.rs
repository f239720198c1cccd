//! The digest of a forum's numbers, with the law that they rest on: what a confirmation is of, so
//! that it says nothing of numbers that nobody compared. What is digested is said by who owns the
//! numbers.

use serde::{Deserialize, Serialize};
use std::fmt;
use yishi_kernel::rules::digest_of;

/// The digest of a forum's numbers, in hex (数字校验码).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Figures(String);

/// What is no such digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no digest of numbers")]
pub struct NoFigures;

impl Figures {
    /// Of numbers written out.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self(digest_of(text))
    }

    /// As it stands in entries and tables.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Figures {
    type Error = NoFigures;

    fn try_from(text: String) -> Result<Self, NoFigures> {
        let hex = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if hex { Ok(Self(text)) } else { Err(NoFigures) }
    }
}

impl From<Figures> for String {
    fn from(figures: Figures) -> Self {
        figures.0
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
