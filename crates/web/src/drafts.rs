//! What was typed into a form whose session had ended, kept until the same account has signed
//! in again and the form's page is shown filled in. In memory, bounded in every direction, for
//! this process alone; never files, tokens or passwords. Whom it belongs to is in [`crate::sent`].

use crate::ui::Fields;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use yishi_kernel::Moment;

/// Drafts kept; the one least recently used goes first.
const KEPT: usize = 256;
/// Largest draft, in bytes of names and values.
const LARGEST: usize = 64 * 1024;
/// How long a draft is kept, in seconds.
const SECONDS: i64 = 30 * 60;

/// Whether photos were chosen that are lost: they are not kept, and have to be chosen again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Photos {
    /// None were chosen.
    #[default]
    None,
    /// Some were.
    Lost,
}

/// What was typed into a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The values, without what only this one sending needed.
    pub values: Fields,
    /// Whether photos have to be chosen again.
    pub photos: Photos,
    /// When it was sent.
    pub at: Moment,
}

/// A draft is too large to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

#[derive(Debug)]
struct Kept {
    who: String,
    page: String,
    draft: Arc<Draft>,
}

impl Kept {
    fn is(&self, who: &str, page: &str) -> bool {
        self.who == who && self.page == page
    }
}

/// Drafts by whose they are and the page that shows their form, the latest used at the end.
/// Somebody who floods it pushes drafts out; nobody can read or guess at another's.
#[derive(Debug, Default)]
pub struct Drafts {
    kept: Mutex<VecDeque<Kept>>,
}

impl Drafts {
    /// Keeps a draft. There is one for each page and account: the last.
    ///
    /// # Errors
    /// When it is too large.
    pub fn keep(&self, who: &str, page: &str, draft: Draft) -> Result<(), TooLarge> {
        let values = draft.values.0.iter().map(|(name, value)| name.len() + value.len());
        if who.len() + page.len() + values.sum::<usize>() > LARGEST {
            return Err(TooLarge);
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = draft.at.plus_seconds(-SECONDS);
        kept.retain(|one| one.draft.at > fresh && !one.is(who, page));
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(Kept { who: who.to_owned(), page: page.to_owned(), draft: Arc::new(draft) });
        Ok(())
    }

    /// What this account typed on this page and could not send.
    #[must_use]
    pub fn find(&self, who: &str, page: &str, now: Moment) -> Option<Arc<Draft>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let at = kept.iter().position(|one| one.is(who, page))?;
        let one = kept.remove(at)?;
        if one.draft.at <= now.plus_seconds(-SECONDS) {
            return None;
        }
        let draft = Arc::clone(&one.draft);
        kept.push_back(one);
        Some(draft)
    }

    /// The form was sent: its draft is no longer needed.
    pub fn drop(&self, who: &str, page: &str) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|one| !one.is(who, page));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn draft(text: &str, at: i64) -> Draft {
        let values = Fields(vec![("answer".to_owned(), text.to_owned())]);
        Draft { values, photos: Photos::None, at: Moment(at * 1_000_000) }
    }

    fn text(drafts: &Drafts, who: &str, page: &str, at: i64) -> Option<String> {
        let found = drafts.find(who, page, Moment(at * 1_000_000))?;
        Some(found.values.get("answer").to_owned())
    }

    #[test]
    fn a_draft_is_found_by_its_account_on_its_page_for_half_an_hour() {
        let drafts = Drafts::default();
        drafts.keep("shen", "/w/x/1", draft("first", 10)).unwrap();
        drafts.keep("shen", "/w/x/1", draft("second", 20)).unwrap();
        assert_eq!(text(&drafts, "shen", "/w/x/1", 20 + SECONDS - 1).as_deref(), Some("second"));
        assert_eq!(text(&drafts, "lin", "/w/x/1", 30), None, "another account");
        assert_eq!(text(&drafts, "shen", "/w/x/2", 30), None, "another page");
        drafts.drop("shen", "/w/x/1");
        assert_eq!(text(&drafts, "shen", "/w/x/1", 30), None, "sent meanwhile");
        drafts.keep("shen", "/w/x/1", draft("third", 40)).unwrap();
        assert_eq!(text(&drafts, "shen", "/w/x/1", 40 + SECONDS), None, "too late");
    }

    #[test]
    fn memory_is_bounded_and_the_least_recently_used_goes_first() {
        let drafts = Drafts::default();
        assert_eq!(drafts.keep("shen", "/", draft(&"字".repeat(LARGEST / 3), 1)), Err(TooLarge));
        for n in 0..KEPT {
            drafts.keep("shen", &n.to_string(), draft("kept", 1)).unwrap();
        }
        assert!(text(&drafts, "shen", "0", 2).is_some(), "looked at just now");
        drafts.keep("lin", "/", draft("one more", 2)).unwrap();
        assert!(text(&drafts, "shen", "0", 2).is_some());
        assert_eq!(text(&drafts, "shen", "1", 2), None);
        assert_eq!(drafts.kept.lock().unwrap().len(), KEPT);
    }
}
