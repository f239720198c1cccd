//! Offline receipts (C2SP `tlog-proof@v1`): an entry's place in a signed tree.

use crate::checkpoint::Checkpoint;
use crate::digest::Digest;
use crate::note::{NoteError, VerifierKey};
use crate::tree::{leaf_hash, verify_inclusion};

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A proof that an entry is in the tree of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The entry's number.
    pub index: u64,
    /// The audit path.
    pub path: Vec<Digest>,
    /// The signed checkpoint.
    pub checkpoint: String,
}

/// A proof that does not read or does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The text is malformed.
    #[error("not a proof in the form {HEADER}")]
    Form,
    /// The checkpoint does not open.
    #[error(transparent)]
    Checkpoint(#[from] NoteError),
    /// The path does not lead from the entry to the root.
    #[error("the entry is not in that tree")]
    Absent,
}

impl Proof {
    /// Its text form.
    #[must_use]
    pub fn to_text(&self) -> String {
        let path: String = self.path.iter().map(|step| step.to_base64() + "\n").collect();
        format!("{HEADER}\nindex {}\n{path}\n{}", self.index, self.checkpoint)
    }

    /// Reads its text form; the `extra` line that may follow the first is passed over, since
    /// nothing vouches for it.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        let (head, checkpoint) = text.split_once("\n\n").ok_or(ProofError::Form)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(ProofError::Form);
        }
        lines.next_if(|line| line.starts_with("extra "));
        let text = lines.next().and_then(|line| line.strip_prefix("index ")).ok_or(ProofError::Form)?;
        let index: u64 = text.parse().map_err(|_| ProofError::Form)?;
        // One spelling only: no sign, no leading zero.
        if index.to_string() != text {
            return Err(ProofError::Form);
        }
        let path =
            lines.map(|line| Digest::from_base64(line).ok_or(ProofError::Form)).collect::<Result<_, _>>()?;
        Ok(Self { index, path, checkpoint: checkpoint.to_owned() })
    }

    /// The checkpoint, if the entry of this digest stands in its tree.
    ///
    /// # Errors
    /// When the checkpoint is not signed by the key, or the entry is not there.
    pub fn verify(&self, entry: &Digest, key: &VerifierKey) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        let leaf = leaf_hash(entry);
        if verify_inclusion(&leaf, self.index, checkpoint.size, &self.path, &checkpoint.root) {
            Ok(checkpoint)
        } else {
            Err(ProofError::Absent)
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::note::SigningKey;
    use crate::tree::{inclusion_proof, root_of};

    #[test]
    fn a_receipt_verifies_offline_for_its_entry_only() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let entries: Vec<Digest> = (0..11_u8).map(|n| Digest::of(&[&[n]])).collect();
        let leaves: Vec<Digest> = entries.iter().map(leaf_hash).collect();
        let checkpoint =
            Checkpoint { origin: key.name().to_owned(), size: 11, root: root_of(&leaves), after: None };
        let path = inclusion_proof(&leaves, 6).unwrap();
        let proof = Proof { index: 6, path, checkpoint: checkpoint.sign(&key) };
        let read = Proof::parse(&proof.to_text()).unwrap();
        assert_eq!(read, proof);
        assert_eq!(read.verify(&entries[6], &key.verifier()).unwrap(), checkpoint);
        assert_eq!(read.verify(&entries[7], &key.verifier()), Err(ProofError::Absent));
        let extra = proof.to_text().replacen("index", "extra aGk=\nindex", 1);
        assert_eq!(Proof::parse(&extra).unwrap(), proof);
        assert_eq!(Proof::parse("index 6\n\nx"), Err(ProofError::Form));
        for (old, new) in [
            ("index 6", "index 06"),
            ("index 6", "index +6"),
            ("index 6\n", "index 6\nextra aGk=\n"),
            ("index 6\n", "index 6\r\n"),
            ("@v1", "@v2"),
        ] {
            let text = proof.to_text().replacen(old, new, 1);
            assert_eq!(Proof::parse(&text), Err(ProofError::Form), "{new:?}");
        }
    }

    #[test]
    fn the_receipt_of_an_only_entry_has_no_path() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let entry = Digest::of(&[b"only"]);
        let checkpoint =
            Checkpoint { origin: key.name().to_owned(), size: 1, root: leaf_hash(&entry), after: None };
        let proof = Proof { index: 0, path: Vec::new(), checkpoint: checkpoint.sign(&key) };
        let read = Proof::parse(&proof.to_text()).unwrap();
        assert_eq!(read.verify(&entry, &key.verifier()).unwrap(), checkpoint);
        let other = SigningKey::new("yishi.local/xinglin", [4; 32]).unwrap();
        assert!(matches!(read.verify(&entry, &other.verifier()), Err(ProofError::Checkpoint(_))));
    }
}
