//! Files that were handed in and wait for a yes (待确认的文件): a sheet is shown before anything is made
//! of it. In memory, for one account, bounded in every direction and for half an hour; nothing of
//! it is written down. What is in one is each feature's business.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use yishi_kernel::Moment;

/// Files kept, none larger than a photo may be; the oldest goes first.
const KEPT: usize = 8;
/// How long one is kept, in seconds.
const SECONDS: i64 = 30 * 60;

/// A file as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it was called.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

impl File {
    /// Its name without what says its kind.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.name.rsplit_once('.').map_or(self.name.as_str(), |(stem, _)| stem)
    }
}

#[derive(Debug)]
struct Kept {
    who: String,
    page: String,
    at: Moment,
    file: File,
}

/// Files by whose they are and the page that shows them: one each, the latest at the end.
#[derive(Debug, Default)]
pub struct Handed {
    kept: Mutex<VecDeque<Kept>>,
}

impl Handed {
    /// Keeps a file for an account on a page, in place of one before.
    pub(crate) fn keep(&self, who: &str, page: &str, file: File, now: Moment) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = now.plus_seconds(-SECONDS);
        kept.retain(|one| one.at > fresh && !(one.who == who && one.page == page));
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(Kept { who: who.to_owned(), page: page.to_owned(), at: now, file });
    }

    /// The file that an account handed in on a page, if it is still there.
    pub(crate) fn find(&self, who: &str, page: &str, now: Moment) -> Option<File> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = now.plus_seconds(-SECONDS);
        let own = |one: &&Kept| one.who == who && one.page == page && one.at > fresh;
        kept.iter().find(own).map(|one| one.file.clone())
    }

    /// It is no longer needed.
    pub(crate) fn drop(&self, who: &str, page: &str) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| !(one.who == who && one.page == page));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> File {
        File { name: name.to_owned(), bytes: name.as_bytes().into() }
    }

    #[test]
    fn a_file_waits_for_its_account_on_its_page_for_half_an_hour() {
        let (handed, at) = (Handed::default(), |seconds: i64| Moment(seconds * 1_000_000));
        handed.keep("shen", "/w/x/import", file("七月.xlsx"), at(10));
        handed.keep("shen", "/w/x/import", file("八月.a.csv"), at(20));
        let found =
            |who, page, seconds| handed.find(who, page, at(seconds)).map(|file| file.stem().to_owned());
        assert_eq!(found("shen", "/w/x/import", 19 + SECONDS).as_deref(), Some("八月.a"));
        assert_eq!(found("lin", "/w/x/import", 30), None, "another account");
        assert_eq!(found("shen", "/w/y/import", 30), None, "another page");
        assert_eq!(found("shen", "/w/x/import", 20 + SECONDS), None, "too late");
        handed.drop("shen", "/w/x/import");
        assert_eq!(found("shen", "/w/x/import", 30), None);
        for n in 0..=KEPT {
            handed.keep(&n.to_string(), "/", file("a"), at(30));
        }
        assert_eq!((found("0", "/", 31), handed.kept.lock().unwrap().len()), (None, KEPT));
    }
}
