//! A ledger adopts the pack that ships with the program, before anything is decided by it.

use super::{Adopted, Event};

/// What is recorded when the program brings a pack of this digest; nothing where it was adopted
/// before, so that an earlier program leaves a later pack in force.
#[must_use]
pub fn adopt(adopted: Option<&Adopted>, sha256: &str) -> Option<Event> {
    let known = adopted.is_some_and(|adopted| adopted.versions.iter().any(|(_, one)| one == sha256));
    (!known).then(|| Event::Adopted { sha256: sha256.to_owned() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_kernel::{Loaded, Moment, Stamped};

    /// Adopts a pack at a moment; whether anything was recorded.
    fn take(book: &mut Loaded<Adopted>, sha256: &str, now: i64) -> bool {
        let Some(what) = adopt(book.get(), sha256) else { return false };
        book.push(&Stamped { time: Moment(now), by: None, what }, []);
        true
    }

    #[test]
    fn each_pack_holds_from_its_adoption_until_the_next() {
        let mut book = Loaded::default();
        assert!(take(&mut book, "a", 10));
        assert!(!take(&mut book, "a", 15), "once");
        assert!(take(&mut book, "b", 20));
        let adopted = book.must().unwrap();
        assert_eq!(adopted.in_force(Moment(9)), None);
        assert_eq!(adopted.in_force(Moment(10)), Some("a"));
        assert_eq!(adopted.in_force(Moment(19)), Some("a"));
        assert_eq!(adopted.in_force(Moment(20)), Some("b"));
    }

    #[test]
    fn an_earlier_program_leaves_a_later_pack_in_force() {
        let mut book = Loaded::default();
        take(&mut book, "earlier", 10);
        take(&mut book, "later", 20);
        assert!(!take(&mut book, "earlier", 30));
        assert_eq!(book.must().unwrap().in_force(Moment(40)), Some("later"));
    }
}
