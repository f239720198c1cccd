//! A checkpoint (C2SP `tlog-checkpoint`): the ledger's origin, size and root, signed.

use crate::digest::Digest;
use crate::note::{NoteError, SigningKey, VerifierKey};

/// What a ledger's keeper stands by: so many entries, with this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Names the ledger for ever; also the key's name.
    pub origin: String,
    /// Number of entries.
    pub size: u64,
    /// Root of their tree.
    pub root: Digest,
}

impl Checkpoint {
    /// The signed note.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        key.sign(&format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64()))
    }

    /// Opens a signed checkpoint of the ledger that the key belongs to.
    ///
    /// # Errors
    /// When it is not signed by the key, no checkpoint, or of another ledger.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, NoteError> {
        let mut lines = key.open(note)?.lines();
        let mut next = || lines.next().ok_or(NoteError::Form);
        let origin = next()?.to_owned();
        let size = next()?;
        let number: u64 = size.parse().map_err(|_| NoteError::Form)?;
        let root = Digest::from_base64(next()?).ok_or(NoteError::Form)?;
        if number.to_string() != size || origin != key.name() {
            return Err(NoteError::Form);
        }
        Ok(Self { origin, size: number, root })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_checkpoint_reads_back_and_no_other_does() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let checkpoint = Checkpoint { origin: key.name().to_owned(), size: 42, root: Digest([5; 32]) };
        let note = checkpoint.sign(&key);
        assert_eq!(note, include_str!("../tests/golden/checkpoint.txt"));
        assert_eq!(Checkpoint::open(&note, &key.verifier()).unwrap(), checkpoint);
        for (old, new) in [("42", "43"), ("42", "042"), ("xinglin\n42", "liuxi\n42")] {
            assert!(Checkpoint::open(&note.replacen(old, new, 1), &key.verifier()).is_err());
        }
        let elsewhere = Checkpoint { origin: "yishi.local/liuxi".to_owned(), ..checkpoint };
        assert!(Checkpoint::open(&elsewhere.sign(&key), &key.verifier()).is_err());
    }
}
