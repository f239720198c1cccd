//! Lists in pages 分页: so many rows, and where the next page begins, as a link carries it. What
//! a list leaves out it says this way; which rows there are is each feature's statement.

use std::fmt;
use std::str::FromStr;
use yishi_kernel::Moment;

/// Rows on one page of a list.
pub const PAGE: usize = 20;
/// With the row that tells of a next page.
pub(crate) const MORE: i64 = PAGE as i64 + 1;

/// Where a page ended: the moment and the id of its last row, by which its list is ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key<Id> {
    /// The moment.
    pub at: Moment,
    /// The id, where several have this moment.
    pub id: Id,
}

impl<Id: FromStr> Key<Id> {
    /// A key as a link says it; nothing where it says something else, which is the first page.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        let (at, id) = word.split_once('_')?;
        Some(Self { at: Moment(at.parse().ok()?), id: id.parse().ok()? })
    }
}

impl<Id: fmt::Display> fmt::Display for Key<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.at.0, self.id)
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paged<R> {
    /// Its rows, [`PAGE`] at most.
    pub rows: Vec<R>,
    /// The key after which the next page begins, when there is one.
    pub next: Option<String>,
}

impl<R> Paged<R> {
    /// The page of what was read: one row more than a page has when there is a next one.
    pub(crate) fn of<Id: fmt::Display>(mut rows: Vec<R>, key: impl Fn(&R) -> (Moment, Id)) -> Self {
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let last = rows.last().filter(|_| more).map(key);
        Self { rows, next: last.map(|(at, id)| Key { at, id }.to_string()) }
    }
}

/// What lies before a page whose list shows the latest first, as a statement compares it.
pub(crate) fn below<Id: fmt::Display>(key: Option<Key<Id>>) -> (i64, String) {
    // Behind each id there is.
    key.map_or((i64::MAX, "~".to_owned()), |key| (key.at.0, key.id.to_string()))
}

/// What lies before a page whose list shows the oldest first.
pub(crate) fn above<Id: fmt::Display>(key: Option<Key<Id>>) -> (i64, String) {
    key.map_or((i64::MIN, String::new()), |key| (key.at.0, key.id.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn page(rows: usize) -> Paged<i64> {
        Paged::of((0..rows as i64).collect(), |n| (Moment(-n), *n))
    }

    #[test]
    fn a_page_says_where_the_next_begins_and_only_when_there_is_one() {
        assert_eq!((page(0).next, page(PAGE).next, page(PAGE).rows.len()), (None, None, PAGE));
        let more = page(PAGE + 1);
        assert_eq!((more.rows.len(), more.next.as_deref()), (PAGE, Some("-19_19")));
        assert_eq!(Key::read("-19_19"), Some(Key { at: Moment(-19), id: 19_i64 }));
        for other in ["", "19", "_", "x_19", "19_x"] {
            assert_eq!(Key::<i64>::read(other), None, "{other:?}");
        }
    }
}
