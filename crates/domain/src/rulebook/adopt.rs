//! A ledger adopts what its layers come to: at the bottom a pack that ships with the program, over
//! it what a street changed, over that its own changes. Which text that is, is put together by the
//! office.

use super::{Adopted, Event};

/// The digest of the pack that lies at the bottom, for a program that brings one of this digest: its
/// own where it is new to the ledger, else the last one there, so that an earlier program leaves a
/// later pack in force.
#[must_use]
pub fn base<'a>(adopted: Option<&'a Adopted>, shipped: &'a str) -> &'a str {
    let last = adopted.filter(|book| book.versions.iter().any(|one| one.base == shipped));
    last.and_then(Adopted::last).map_or(shipped, |last| last.base.as_str())
}

/// What is recorded where the layers over this base come to a pack of this digest; nothing where it
/// is what was adopted last.
#[must_use]
pub fn adopt(adopted: Option<&Adopted>, sha256: &str, base: &str) -> Option<Event> {
    let stands = adopted.and_then(Adopted::last).is_some_and(|last| last.sha256 == sha256);
    (!stands).then(|| Event::Adopted { sha256: sha256.to_owned(), base: base.to_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_kernel::{Loaded, Moment, Stamped};

    /// Adopts a pack at a moment; whether anything was recorded.
    fn take(book: &mut Loaded<Adopted>, sha256: &str, base: &str, now: i64) -> bool {
        let Some(what) = adopt(book.get(), sha256, base) else { return false };
        book.push(&Stamped { time: Moment(now), by: None, what }, []);
        true
    }

    #[test]
    fn each_pack_holds_from_its_adoption_until_the_next() {
        let mut book = Loaded::default();
        assert!(take(&mut book, "a", "a", 10));
        assert!(!take(&mut book, "a", "a", 15), "once");
        assert!(take(&mut book, "b", "a", 20));
        assert!(take(&mut book, "a", "a", 30), "back to what was before");
        let adopted = book.must().unwrap();
        assert_eq!(adopted.in_force(Moment(9)), None);
        assert_eq!(adopted.in_force(Moment(10)), Some("a"));
        assert_eq!(adopted.in_force(Moment(19)), Some("a"));
        assert_eq!(adopted.in_force(Moment(20)), Some("b"));
        assert_eq!(adopted.in_force(Moment(30)), Some("a"));
    }

    #[test]
    fn an_earlier_program_leaves_a_later_pack_at_the_bottom_and_a_later_one_lays_its_own_there() {
        let mut book = Loaded::default();
        assert_eq!(base(book.get(), "earlier"), "earlier", "the first");
        take(&mut book, "earlier", "earlier", 10);
        assert_eq!(base(book.get(), "later"), "later");
        take(&mut book, "later and changes", "later", 20);
        assert_eq!(base(book.get(), "earlier"), "later");
        assert_eq!(base(book.get(), "later"), "later");
        assert_eq!(base(book.get(), "latest"), "latest");
    }
}
