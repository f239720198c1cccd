//! The word that a form carries so that sending it twice makes a thing once. All ids of what
//! the form makes follow from it and from whoever sent it. It begins with the time the form was
//! made, so that things made one after the other lie side by side in every index; nobody relies
//! on that time. What becomes of a form that comes again is in [`Office::make`].
//!
//! [`Office::make`]: crate::Office::make

use uuid::Uuid;
use yishi_kernel::Moment;
use yishi_store::{Fault, blobs, random, word_of};

/// What a form's word stands for and, once it was sent, from whom and with what in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormKey {
    /// Milliseconds since the epoch, 48 bits: when the form was made, as it says.
    made: u64,
    /// 128 bits that nobody can guess.
    seed: [u8; 16],
    /// What was in it when it was sent. The seed is part of it: without the form's word and
    /// whoever sent it nobody can find out by trying what it stands for.
    said: Option<u128>,
}

impl FormKey {
    /// The word of a new form: twelve characters of time, twenty-six of chance.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn fresh(now: Moment) -> Result<String, Fault> {
        let made = u64::try_from(now.0 / 1000).unwrap_or_default();
        Ok(format!("{made:012x}{}", word_of(&random()?)))
    }

    /// What the word of a form stands for; none for what no form of ours carries.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        let (made, chance) = word.split_at_checked(12)?;
        let ours = chance.len() == 26 && made.bytes().all(|digit| digit.is_ascii_hexdigit());
        let made = u64::from_str_radix(made, 16).ok().filter(|_| ours)?;
        Some(Self { made, seed: blobs::half_of(chance.as_bytes()), said: None })
    }

    /// The same form as somebody sent it. From another sender it is another form, so that a
    /// word that was passed on opens nothing.
    #[must_use]
    pub fn sent(self, sender: &str, said: &[u8]) -> Self {
        let seed = blobs::half_of(&[&self.seed, sender.as_bytes()].concat());
        let said = blobs::half_of(&[&seed, said].concat());
        Self { seed, said: Some(u128::from_be_bytes(said)), ..self }
    }

    /// By what it is told from the same form with something else in it, once it was sent.
    #[must_use]
    pub fn said(&self) -> Option<String> {
        self.said.map(|said| format!("{said:032x}"))
    }

    /// The form of what stands beside the thing that the same sender made by it before, with
    /// something else in it.
    #[must_use]
    pub fn beside(self) -> Self {
        let said = self.said.unwrap_or_default().to_be_bytes();
        Self { seed: blobs::half_of(&[self.seed, said].concat()), ..self }
    }

    /// What stands in for a form where there is none, such as a row of a file: the same for
    /// the same key.
    #[must_use]
    pub fn named(key: &str) -> Self {
        let [a, b, c, d, e, f, ..] = blobs::sha256(key.as_bytes());
        Self {
            made: u64::from_be_bytes([0, 0, a, b, c, d, e, f]),
            seed: blobs::half_of(key.as_bytes()),
            said: None,
        }
    }

    /// The id of what the form makes, for one use: a time-ordered UUID, version 7.
    #[must_use]
    pub fn id(&self, purpose: &str) -> Uuid {
        let [a, b, c, d, e, f, g, h, i, j, ..] = self.derived(purpose);
        uuid::Builder::from_unix_timestamp_millis(self.made, &[a, b, c, d, e, f, g, h, i, j]).into_uuid()
    }

    /// The id of one of many things that the form makes at once: the same, and in their order.
    pub(crate) fn nth_id(&self, purpose: &str, nth: usize) -> Uuid {
        let [a, b, c, d, e, f, g, ..] = self.derived(purpose);
        // Version and variant lie between the bits that are ours.
        let byte = |shift: u32| u8::try_from(nth >> shift & 0xff).unwrap_or_default();
        let nth = [byte(14) & 0x0f, byte(6), byte(0) & 0x3f];
        let bytes = [nth[0], nth[1], nth[2], a, b, c, d, e, f, g];
        uuid::Builder::from_unix_timestamp_millis(self.made, &bytes).into_uuid()
    }

    /// A word that only who has the form's can know, for one use: 128 bits.
    #[must_use]
    pub fn secret(&self, purpose: &str) -> String {
        word_of(&self.derived(purpose))
    }

    /// The same, of chance alone: version 4.
    pub(crate) fn timeless_id(&self, purpose: &str) -> Uuid {
        uuid::Builder::from_random_bytes(self.derived(purpose)).into_uuid()
    }

    /// By what the entry is known again that the form's nth command brought about.
    pub(crate) fn mark(&self, nth: u32) -> String {
        let mark = self.derived(&format!("mark/{nth}"));
        format!("{:032x}", u128::from_be_bytes(mark))
    }

    fn derived(&self, purpose: &str) -> [u8; 16] {
        blobs::half_of(&[&self.seed, purpose.as_bytes()].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_later_has_a_greater_id() {
        let ids: Vec<Uuid> = (1..200)
            .map(|n| {
                FormKey::of(&FormKey::fresh(Moment(n * 7_000_000_000_000)).unwrap()).unwrap().id("matter")
            })
            .collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn many_of_one_form_stand_in_their_order() {
        let key = FormKey::of(&FormKey::fresh(Moment(7_000_000_000_000)).unwrap()).unwrap();
        let ids: Vec<Uuid> = (0..100_000).map(|nth| key.nth_id("place", nth)).collect();
        assert!(ids.windows(2).all(|two| two[0] < two[1]));
        assert_ne!(key.nth_id("place", 1), key.nth_id("poster", 1));
    }

    #[test]
    fn the_same_word_is_the_same_and_each_use_another() {
        let word = FormKey::fresh(Moment(1_764_000_000_000_000)).unwrap();
        let (key, again) = (FormKey::of(&word).unwrap(), FormKey::of(&word).unwrap());
        assert_eq!((word.len(), key), (38, again));
        assert_ne!(key.id("matter"), key.id("receipt"));
        assert_ne!(key.secret("secret"), key.secret("door"));
        // Who changes it gets another id and nobody's link.
        let later = FormKey::of(&format!("f{}", &word[1..])).unwrap();
        assert_ne!(later.id("matter"), key.id("matter"));
    }

    #[test]
    fn no_form_carries_another_word() {
        let word = FormKey::fresh(Moment(0)).unwrap();
        for other in [
            "",
            "2",
            &word[1..],
            &format!("{word}2"),
            &format!("Ü{}", &word[2..]),
            &format!("+{}", &word[1..]),
        ] {
            assert_eq!(FormKey::of(other), None, "{other}");
        }
    }

    #[test]
    fn the_same_from_the_same_hands_is_the_same_and_all_else_is_not() {
        let key = FormKey::named("form");
        let sent = key.sent("device/a", "灯坏了".as_bytes());
        assert_eq!(sent, key.sent("device/a", "灯坏了".as_bytes()));
        let (more, other) =
            (key.sent("device/a", "灯坏了两盏".as_bytes()), key.sent("device/b", "灯坏了".as_bytes()));
        // Said otherwise it makes the same thing, which is known by what was said …
        assert_eq!(sent.id("matter"), more.id("matter"));
        assert_ne!(sent.said(), more.said());
        // … and what stands beside that is another; from other hands all is.
        assert_ne!(more.beside().id("matter"), more.id("matter"));
        assert_ne!(more.beside().secret("secret"), sent.beside().secret("secret"));
        assert_ne!(other.id("matter"), sent.id("matter"));
        assert_ne!(other.secret("secret"), sent.secret("secret"));
        assert_ne!(other.said(), sent.said());
    }
}
