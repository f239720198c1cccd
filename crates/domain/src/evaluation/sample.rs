//! Who is called back 抽样回访, where not everybody is: it follows from the receipt and the answer
//! alone, so that nobody chooses, and anyone who knows both can draw again. It is not known before
//! the answer is given. Whoever cannot answer by a link, or was not content before, is always called.

use super::rules::Calls;
use super::words::{Satisfaction, Solved};
use crate::matters::{Proof, ReceiptId};
use sha2::{Digest, Sha256};
use yishi_kernel::Moment;
use yishi_kernel::cell::Flag;

/// Whether somebody is called back (是否抽中).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Whatever the share is.
    Always,
    /// By the draw.
    Yes,
    /// They are not, and say something by their link or nothing.
    No,
}

/// What of a receipt says whether its holder is always called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The receipt.
    pub receipt: ReceiptId,
    /// What stands behind it: where somebody opened it for them, they do not answer by its link.
    pub proof: Proof,
    /// Whether anybody was given a link.
    pub linked: Flag,
    /// What they said last, to whichever answer.
    pub said: Option<(Solved, Satisfaction)>,
}

impl Drawing {
    /// Whether they are called back about an answer.
    #[must_use]
    pub fn drawn(&self, answer: Moment, calls: &Calls) -> Drawn {
        let own = matches!(self.proof, Proof::Device | Proof::Household | Proof::Partner);
        let linked = own && self.linked == Flag::Yes;
        let discontent = matches!(self.said, Some((Solved::No, _) | (_, Satisfaction::Not)));
        match () {
            () if !linked || discontent => Drawn::Always,
            () if lot(self.receipt, answer) < calls.percent.get() => Drawn::Yes,
            () => Drawn::No,
        }
    }
}

/// The lot of a receipt for an answer, below a hundred: the first eight bytes of the SHA-256 of the
/// receipt's id, a stroke and the answer's microseconds, as one number, and what it leaves over when
/// it is parted by a hundred.
fn lot(receipt: ReceiptId, answer: Moment) -> u64 {
    let digest = Sha256::digest(format!("{receipt}/{}", answer.0).as_bytes());
    digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte)) % 100
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn drawing(n: u128) -> Drawing {
        let receipt = ReceiptId(uuid::Uuid::from_u128(n));
        Drawing { receipt, proof: Proof::Device, linked: Flag::Yes, said: None }
    }

    fn calls(percent: u64) -> Calls {
        Calls { percent: percent.try_into().unwrap(), ..Calls::default() }
    }

    #[test]
    fn the_lot_is_what_sha256_says() {
        // printf '00000000-0000-0000-0000-000000000001/5' | sha256sum: 4ee64724b4586683…
        assert_eq!(lot(drawing(1).receipt, Moment(5)), 0x4ee6_4724_b458_6683_u64 % 100);
    }

    #[test]
    fn whoever_cannot_answer_by_link_or_was_not_content_is_always_called() {
        let none = calls(0);
        assert_eq!(drawing(1).drawn(Moment(5), &none), Drawn::No);
        for proof in [Proof::Staff, Proof::Neighbour, Proof::Import] {
            assert_eq!(Drawing { proof, ..drawing(1) }.drawn(Moment(5), &none), Drawn::Always);
        }
        let unlinked = Drawing { linked: Flag::No, ..drawing(1) };
        assert_eq!(unlinked.drawn(Moment(5), &none), Drawn::Always);
        for said in [(Solved::No, Satisfaction::Satisfied), (Solved::Yes, Satisfaction::Not)] {
            let before = Drawing { said: Some(said), ..drawing(1) };
            assert_eq!(before.drawn(Moment(5), &none), Drawn::Always);
        }
        let content = Drawing { said: Some((Solved::Yes, Satisfaction::Mostly)), ..drawing(1) };
        assert_eq!(content.drawn(Moment(5), &none), Drawn::No);
    }

    proptest! {
        #[test]
        fn all_are_drawn_of_a_hundred_and_whoever_is_of_few_is_of_more(n: u128, at: i64, few in 0_u64..=100, more in 0_u64..=100) {
            let drawn = |percent| drawing(n).drawn(Moment(at), &calls(percent)) != Drawn::No;
            prop_assert!(drawn(100) && !drawn(0));
            prop_assert!(few > more || !drawn(few) || drawn(more));
        }
    }

    #[test]
    fn about_as_many_are_drawn_as_the_rule_says() {
        let rule = calls(30);
        let drawn = (0..2_000).filter(|n| drawing(*n).drawn(Moment(7), &rule) == Drawn::Yes).count();
        assert!((520..=680).contains(&drawn), "{drawn} of 2000");
    }
}
