//! What is looked at before a workbook is opened (防护): how large its parts really are. The sizes
//! that a ZIP tells of itself are not believed: each part is unpacked once and only counted.

use super::NoSheet;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Most that all parts come to, in bytes: some ten times what a hundred thousand matters need.
const MOST: u64 = 384 * 1024 * 1024;
/// Most that its texts come to: they are held in memory as a whole.
const MOST_TEXTS: u64 = 64 * 1024 * 1024;
/// Most of any part that is held as a whole and is neither rows nor texts: styles, names, relations.
const MOST_REST: u64 = 8 * 1024 * 1024;
/// Most parts.
const MOST_PARTS: usize = 2_000;
/// How many times more than the file its parts may come to, once they are [`SMALL`] no more. Tables
/// pack to a tenth, and with many rows alike to a fiftieth; what was made to burst packs to a thousandth.
const TIMES: u64 = 200;
const SMALL: u64 = 16 * 1024 * 1024;
/// A text takes at least so many bytes: `<si/>`.
const LEAST: u64 = 5;

/// Refuses what would not fit into memory.
pub(super) fn check(bytes: &[u8]) -> Result<(), NoSheet> {
    let broken = |_| NoSheet::Broken;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(NoSheet::Unpacks);
    }
    let packed = bytes.len() as u64;
    let mut all = 0;
    for n in 0..archive.len() {
        let mut part = archive.by_index(n).map_err(broken)?;
        let name = part.name().map_err(broken)?.to_ascii_lowercase();
        let kind = Kind::of(&name);
        let mut counted = Counted::default();
        let mut chunk = [0; 16 * 1024];
        loop {
            let read = part.read(&mut chunk).map_err(|_| NoSheet::Broken)?;
            if read == 0 {
                break;
            }
            counted.take(&chunk[..read], kind);
            all += read as u64;
            let bursts = all > SMALL && all / TIMES > packed;
            if all > MOST || bursts || counted.size > kind.most() {
                return Err(NoSheet::Unpacks);
            }
        }
        if counted.promised > counted.size / LEAST {
            return Err(NoSheet::Unpacks);
        }
    }
    Ok(())
}

/// What a part of a workbook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The texts that cells share.
    Texts,
    /// Rows, which are read one after the other, and what is never read: pictures.
    Passing,
    /// Anything else.
    Rest,
}

impl Kind {
    fn of(name: &str) -> Self {
        if name.ends_with("sharedstrings.xml") {
            Self::Texts
        } else if name.contains("worksheets/") || name.contains("media/") {
            Self::Passing
        } else {
            Self::Rest
        }
    }

    fn most(self) -> u64 {
        match self {
            Self::Texts => MOST_TEXTS,
            Self::Passing => MOST,
            Self::Rest => MOST_REST,
        }
    }
}

/// What was seen of a part so far.
#[derive(Default)]
struct Counted {
    size: u64,
    /// How many texts it says that it holds: room is made for so many before they are read.
    promised: u64,
    /// How much of [`SAYS`] the last bytes are, and the number that is being read behind it.
    seen: usize,
    number: Option<u64>,
}

/// In front of how many texts there are.
const SAYS: &[u8] = b"uniqueCount";

impl Counted {
    fn take(&mut self, chunk: &[u8], kind: Kind) {
        self.size += chunk.len() as u64;
        if kind != Kind::Texts {
            return;
        }
        // Without the noughts of UTF-16.
        for byte in chunk.iter().copied().filter(|byte| *byte != 0) {
            match (&mut self.number, byte) {
                (Some(number), b'0'..=b'9') => {
                    *number = number.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                    self.promised = self.promised.max(*number);
                }
                (Some(0), b'=' | b' ' | b'\t' | b'\r' | b'\n' | b'"' | b'\'' | b'+') => {}
                (number, _) => {
                    *number = None;
                    let next = SAYS.get(self.seen) == Some(&byte);
                    self.seen = if next { self.seen + 1 } else { usize::from(SAYS.first() == Some(&byte)) };
                    if self.seen == SAYS.len() {
                        (self.seen, *number) = (0, Some(0));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn promised(parts: &[&str]) -> u64 {
        let mut counted = Counted::default();
        for part in parts {
            counted.take(part.as_bytes(), Kind::Texts);
        }
        counted.promised
    }

    #[test]
    fn what_a_part_promises_is_found_however_it_is_cut() {
        assert_eq!(promised(&["<sst count=\"9\" uniqueCount=\"120\"><si/>"]), 120);
        assert_eq!(promised(&["<sst uniq", "ueCount = '1", "20' count='999'>"]), 120);
        assert_eq!(promised(&["<sst uuniqueCount=\"7\">"]), 7);
        assert_eq!(promised(&["<sst u\0n\0i\0q\0u\0e\0C\0o\0u\0n\0t\0=\0\"\u{0}9\0"]), 9);
        assert_eq!(promised(&["<sst uniqueCount=\"99999999999999999999999\">"]), u64::MAX);
        assert_eq!(promised(&["<si><t>没有</t></si>"]), 0);
    }
}
