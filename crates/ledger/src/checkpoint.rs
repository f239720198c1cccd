//! A checkpoint (C2SP `tlog-checkpoint`): the ledger's origin, size and root, signed; and, as the
//! form's extension line, which checkpoint came before it.

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
    /// How many entries the checkpoint before it covers, 0 where there was none: without this
    /// nobody would see that one in the middle was taken out. Nothing where it does not say.
    pub after: Option<u64>,
}

/// Begins the line that names the checkpoint before.
const AFTER: &str = "after ";

impl Checkpoint {
    /// The signed note.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> String {
        let after = self.after.map(|size| format!("{AFTER}{size}\n")).unwrap_or_default();
        key.sign(&format!("{}\n{}\n{}\n{after}", self.origin, self.size, self.root.to_base64()))
    }

    /// Opens a signed checkpoint of the ledger that the key belongs to.
    ///
    /// # Errors
    /// When it is not signed by the key, no checkpoint, or of another ledger.
    pub fn open(note: &str, key: &VerifierKey) -> Result<Self, NoteError> {
        let mut lines = key.open(note)?.lines();
        let mut next = || lines.next().ok_or(NoteError::Form);
        let origin = next()?.to_owned();
        let size = number(next()?)?;
        let root = Digest::from_base64(next()?).ok_or(NoteError::Form)?;
        // Further lines are others' business.
        let after = lines.next().and_then(|line| line.strip_prefix(AFTER)).map(number).transpose()?;
        if origin != key.name() {
            return Err(NoteError::Form);
        }
        Ok(Self { origin, size, root, after })
    }

    /// The origin that a note names, whoever signed it: to find the key that it must open with.
    #[must_use]
    pub fn origin_of(note: &str) -> &str {
        note.lines().next().unwrap_or_default()
    }
}

/// A number in its one spelling: no sign, no leading zero.
fn number(text: &str) -> Result<u64, NoteError> {
    let number: u64 = text.parse().map_err(|_| NoteError::Form)?;
    if number.to_string() == text { Ok(number) } else { Err(NoteError::Form) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_checkpoint_reads_back_and_no_other_does() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let root = Digest([5; 32]);
        let checkpoint = Checkpoint { origin: key.name().to_owned(), size: 42, root, after: None };
        let note = checkpoint.sign(&key);
        assert_eq!(note, include_str!("../tests/golden/checkpoint.txt"));
        assert_eq!(Checkpoint::open(&note, &key.verifier()).unwrap(), checkpoint);
        for (old, new) in [("42", "43"), ("42", "042"), ("xinglin\n42", "liuxi\n42")] {
            assert!(Checkpoint::open(&note.replacen(old, new, 1), &key.verifier()).is_err());
        }
        let further = Checkpoint { after: Some(17), ..checkpoint.clone() };
        let note = further.sign(&key);
        assert!(note.contains("\nafter 17\n\n"), "{note}");
        assert_eq!(Checkpoint::open(&note, &key.verifier()).unwrap(), further);
        assert!(Checkpoint::open(&note.replacen("after 17\n", "", 1), &key.verifier()).is_err());
        assert_eq!(Checkpoint::origin_of(&note), key.name());
        let elsewhere = Checkpoint { origin: "yishi.local/liuxi".to_owned(), ..checkpoint };
        assert!(Checkpoint::open(&elsewhere.sign(&key), &key.verifier()).is_err());
    }
}
