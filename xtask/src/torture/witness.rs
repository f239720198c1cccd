//! The outside log: what was sent, written and synced before it is sent, and what was
//! acknowledged, written and synced as soon as it is. It knows nothing of the program's store.

use super::http::Request;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What kind of thing somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Raised a matter.
    Raise,
    /// Joined one.
    Join,
    /// Signed in at a meeting.
    SignIn,
    /// Voted there.
    Vote,
    /// Noted something, as somebody who works there.
    Note,
}

impl Deed {
    /// Whether a browser may send it again when no answer came: it is recorded once all the same.
    pub fn may_come_again(self) -> bool {
        self != Deed::Note
    }

    /// Whether its mark is in what is recorded; a vote's is not.
    pub fn leaves_its_mark(self) -> bool {
        self != Deed::Vote
    }
}

/// One request that writes.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What it does.
    pub deed: Deed,
    /// A word that stands in nothing else.
    pub mark: String,
    /// How it was sent.
    pub request: Request,
    /// What it led to, once it was acknowledged.
    pub told: Option<String>,
}

/// The log.
pub struct Witness {
    written: Mutex<Written>,
}

struct Written {
    file: File,
    sent: Vec<Sent>,
}

/// How many letters follow the first two of a mark.
const LETTERS: usize = 13;
/// Letters of marks: no vowels, so that no word comes of them, and no digits, so that no
/// telephone number does.
const ALPHABET: &[u8; 16] = b"bcdfghjkmnpqrstv";

/// A mark made of a number: two letters that begin every mark, then so many more.
pub fn mark(number: u64) -> String {
    let letter = |n: usize| char::from(ALPHABET[(number >> (4 * n) & 15) as usize]);
    format!("zx{}", (0..LETTERS).map(letter).collect::<String>())
}

/// How often each mark stands in a text.
pub fn marks(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("zx").filter_map(|(at, _)| {
        let found = text.get(at..at + 2 + LETTERS)?;
        found[2..].bytes().all(|letter| ALPHABET.contains(&letter)).then_some(found)
    })
}

impl Witness {
    /// Begins a log.
    pub fn new(path: &Path) -> Result<Self, String> {
        let file = File::create(path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { written: Mutex::new(Written { file, sent: Vec::new() }) })
    }

    fn written(&self) -> MutexGuard<'_, Written> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what is about to be sent; its number comes back.
    pub fn sends(&self, deed: Deed, mark: &str, request: &Request) -> Result<usize, String> {
        let mut written = self.written();
        let number = written.sent.len();
        let line = json!({ "sent": number, "deed": format!("{deed:?}"), "mark": mark, "path": request.path });
        written.line(&line)?;
        let (mark, request) = (mark.to_owned(), request.clone());
        written.sent.push(Sent { deed, mark, request, told: None });
        Ok(number)
    }

    /// Notes that it was acknowledged, and what it led to.
    pub fn told(&self, number: usize, location: &str) -> Result<(), String> {
        let mut written = self.written();
        written.line(&json!({ "told": number, "location": location }))?;
        if let Some(sent) = written.sent.get_mut(number) {
            sent.told = Some(location.to_owned());
        }
        Ok(())
    }

    /// All that was sent so far, each with its number.
    pub fn all(&self) -> Vec<Sent> {
        self.written().sent.clone()
    }

    /// How much was sent so far, and how much of it acknowledged.
    pub fn counts(&self) -> (usize, usize) {
        let written = self.written();
        let told = written.sent.iter().filter(|sent| sent.told.is_some()).count();
        (written.sent.len(), told)
    }
}

impl Written {
    fn line(&mut self, line: &Value) -> Result<(), String> {
        let written = writeln!(self.file, "{line}").and_then(|()| self.file.sync_data());
        written.map_err(|error| format!("the outside log: {error}"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn marks_are_found_wherever_they_stand() {
        let (one, two) = (mark(7), mark(u64::MAX / 3));
        assert_eq!(one.len(), two.len());
        let text = format!("灯{one}{two}，zxb zxzx{one}。");
        assert_eq!(marks(&text).collect::<Vec<_>>(), [&one, &two, &one]);
        assert_ne!(mark(16), mark(1));
    }

    #[test]
    fn what_was_sent_and_told_stands_in_the_file_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log");
        let witness = Witness::new(&path).unwrap();
        let number = witness.sends(Deed::Raise, "zxq", &Request::get("/q", "")).unwrap();
        assert_eq!(witness.counts(), (1, 0));
        witness.told(number, "/r/1").unwrap();
        assert_eq!((witness.counts(), witness.all()[0].told.as_deref()), ((1, 1), Some("/r/1")));
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 2);
        assert!(text.contains("zxq") && text.contains("/r/1"));
    }
}
