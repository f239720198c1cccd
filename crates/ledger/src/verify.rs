//! The verifier: reads a ledger's entries in order, with what is kept of their private
//! values, and says of the first thing that is wrong which entry it is. No input or output.

use crate::checkpoint::Checkpoint;
use crate::digest::Digest;
use crate::envelope::{Envelope, commitment, entry_digest};
use crate::note::VerifierKey;
use crate::tree::{Frontier, leaf_hash};
use std::collections::HashMap;

/// An entry as stored: its envelope and the columns beside it, which must say the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored<'a> {
    /// The number by which it is stored.
    pub number: u64,
    /// The stream by which it is stored.
    pub stream: &'a str,
    /// The version by which it is stored.
    pub version: u64,
    /// The kind by which it is stored.
    pub kind: &'a str,
    /// The time by which it is stored.
    pub at: i64,
    /// The canonical bytes.
    pub envelope: &'a str,
    /// The digest stored beside them.
    pub digest: &'a [u8],
    /// What is kept of its private values: field, salt, value.
    pub private: &'a [(String, Vec<u8>, String)],
}

/// The first thing that is wrong with a ledger.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("ledger {ledger}, entry {number}: {fault}")]
pub struct Problem {
    /// The ledger.
    pub ledger: String,
    /// The entry's number.
    pub number: u64,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Numbers go 0, 1, 2 … without a gap.
    #[error("it should be entry {0}")]
    Gap(u64),
    /// The ledger's head counts more entries than there are.
    #[error("it is missing: {0} entries were recorded")]
    Missing(u64),
    /// The envelope does not read.
    #[error("the envelope does not read: {0}")]
    Envelope(String),
    /// A stored column says something else than the envelope.
    #[error("the stored {0} is not the envelope's")]
    Column(&'static str),
    /// The digest is not the envelope's.
    #[error("the digest is not the envelope's")]
    Digest,
    /// It is dated before the one before it.
    #[error("it is dated before the entry before it")]
    Time,
    /// Versions of a stream go 1, 2, 3 …
    #[error("it should be version {0} of its stream")]
    Version(u64),
    /// A private value is not what was committed to, or nothing was.
    #[error("the private value {0} is not what was committed to")]
    Private(String),
    /// A checkpoint does not open, or its root is another one.
    #[error("the checkpoint at {size} entries: {why}")]
    Checkpoint {
        /// Entries it covers.
        size: u64,
        /// What is wrong.
        why: String,
    },
}

/// Verifies one ledger, entry by entry.
#[derive(Debug)]
pub struct Verifier {
    ledger: String,
    frontier: Frontier,
    at: i64,
    versions: HashMap<String, u64>,
}

impl Verifier {
    /// For the ledger of this id.
    #[must_use]
    pub fn new(ledger: &str) -> Self {
        Self { ledger: ledger.to_owned(), frontier: Frontier::new(), at: i64::MIN, versions: HashMap::new() }
    }

    /// Entries verified so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root over the entries verified so far.
    #[must_use]
    pub fn root(&self) -> Digest {
        self.frontier.root()
    }

    /// Verifies the next entry, and names the private values that it commits to and that are
    /// not kept: erased, or taken away.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn push(&mut self, stored: &Stored) -> Result<Vec<String>, Problem> {
        self.check(stored).map_err(|fault| self.problem(stored.number, fault))
    }

    /// A problem of an entry of this ledger.
    #[must_use]
    pub fn problem(&self, number: u64, fault: Fault) -> Problem {
        Problem { ledger: self.ledger.clone(), number, fault }
    }

    fn check(&mut self, stored: &Stored) -> Result<Vec<String>, Fault> {
        let expected = self.frontier.size();
        if stored.number != expected {
            return Err(Fault::Gap(expected));
        }
        let digest = entry_digest(stored.envelope);
        if digest.0 != *stored.digest {
            return Err(Fault::Digest);
        }
        let envelope =
            Envelope::parse(stored.envelope).map_err(|error| Fault::Envelope(error.to_string()))?;
        for (name, same) in [
            ("ledger", envelope.ledger == self.ledger),
            ("number", envelope.number == stored.number),
            ("stream", envelope.stream == stored.stream),
            ("version", envelope.version == stored.version),
            ("kind", envelope.kind == stored.kind),
            ("time", envelope.at == stored.at),
        ] {
            if !same {
                return Err(Fault::Column(name));
            }
        }
        if envelope.at < self.at {
            return Err(Fault::Time);
        }
        let version = self.versions.entry(envelope.stream.clone()).or_default();
        if envelope.version != *version + 1 {
            return Err(Fault::Version(*version + 1));
        }
        *version += 1;
        for (field, salt, value) in stored.private {
            let holds = <&[u8; 32]>::try_from(salt.as_slice())
                .is_ok_and(|salt| envelope.private.get(field) == Some(&commitment(salt, field, value)));
            if !holds {
                return Err(Fault::Private(field.clone()));
            }
        }
        self.at = envelope.at;
        self.frontier.push(leaf_hash(&digest));
        let is_kept = |field: &String| stored.private.iter().any(|(kept, _, _)| kept == field);
        Ok(envelope.private.into_keys().filter(|field| !is_kept(field)).collect())
    }

    /// Verifies the checkpoint that covers exactly the entries so far, and gives what it says.
    ///
    /// # Errors
    /// When it is not signed by the key, or says otherwise; named by the last entry it covers.
    pub fn checkpoint(&self, note: &str, key: &VerifierKey) -> Result<Checkpoint, Problem> {
        let size = self.size();
        let wrong = |why: String| self.problem(size.saturating_sub(1), Fault::Checkpoint { size, why });
        let checkpoint = Checkpoint::open(note, key).map_err(|error| wrong(error.to_string()))?;
        if checkpoint.size != size {
            return Err(wrong(format!("it says {} entries", checkpoint.size)));
        }
        if checkpoint.root != self.root() {
            return Err(wrong("its root is another one".to_owned()));
        }
        Ok(checkpoint)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::note::SigningKey;
    use crate::{Draft, Parts};
    use proptest::prelude::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    type Private = Vec<(String, Vec<u8>, String)>;

    fn entries() -> Vec<(String, String, u64, Private)> {
        let streams = ["matter/a", "matter/b"];
        let mut versions = [0_u64; 2];
        (0..6_usize)
            .map(|n| {
                let which = n % 2;
                versions[which] += 1;
                let salt = [n as u8; 32];
                let value = format!("\"第{n}条\"");
                let private = BTreeMap::from([("text".to_owned(), commitment(&salt, "text", &value))]);
                let draft = Draft::new(&Parts {
                    kind: "matter.raised.1",
                    ledger: "l",
                    nonce: [n as u8; 16],
                    place: None,
                    private: &private,
                    public: json!({"n": n}).as_object().unwrap(),
                    role: "visitor",
                    stream: streams[which],
                    version: versions[which],
                })
                .unwrap();
                let row = vec![("text".to_owned(), salt.to_vec(), value)];
                (draft.seal(1_000 + n as i64, n as u64), streams[which].to_owned(), versions[which], row)
            })
            .collect()
    }

    /// What the first entry lacks.
    fn first((envelope, stream, version, private): &(String, String, u64, Private)) -> Vec<String> {
        let digest = entry_digest(envelope).0;
        let (version, kind, number, at) = (*version, "matter.raised.1", 0, 1_000);
        Verifier::new("l")
            .push(&Stored { number, stream, version, kind, at, envelope, digest: &digest, private })
            .unwrap()
    }

    fn verify(entries: &[(String, String, u64, Private)]) -> Result<Verifier, Problem> {
        let mut verifier = Verifier::new("l");
        for (n, (envelope, stream, version, private)) in entries.iter().enumerate() {
            let digest = entry_digest(&entries_digest_source(n));
            verifier.push(&Stored {
                number: n as u64,
                stream,
                version: *version,
                kind: "matter.raised.1",
                at: 1_000 + n as i64,
                envelope,
                digest: &digest.0,
                private,
            })?;
        }
        Ok(verifier)
    }

    /// Digests as first stored, whatever became of the envelopes since.
    fn entries_digest_source(n: usize) -> String {
        entries()[n].0.clone()
    }

    #[test]
    fn a_sound_ledger_and_its_checkpoint_verify() {
        let verifier = verify(&entries()).unwrap();
        let key = SigningKey::new("o", [1; 32]).unwrap();
        let sign = |size, root| Checkpoint { origin: "o".to_owned(), size, root, after: None }.sign(&key);
        verifier.checkpoint(&sign(6, verifier.root()), &key.verifier()).unwrap();
        let problem = verifier.checkpoint(&sign(6, Digest([0; 32])), &key.verifier()).unwrap_err();
        assert_eq!(problem.number, 5);
        assert!(verifier.checkpoint(&sign(5, verifier.root()), &key.verifier()).is_err());
    }

    #[test]
    fn erasing_private_values_leaves_all_proofs_valid() {
        let whole = verify(&entries()).unwrap().root();
        let mut erased = entries();
        erased.iter_mut().for_each(|entry| entry.3.clear());
        assert_eq!(first(&entries()[0]), Vec::<String>::new());
        assert_eq!(first(&erased[0]), ["text"], "and they are named");
        assert_eq!(verify(&erased).unwrap().root(), whole);
    }

    #[test]
    fn a_dropped_or_swapped_entry_is_named() {
        let mut dropped = entries();
        dropped.remove(2);
        assert_eq!(verify(&dropped).unwrap_err().number, 2);
        let mut swapped = entries();
        swapped.swap(3, 5);
        assert_eq!(verify(&swapped).unwrap_err().number, 3);
        let mut forged = entries();
        forged[4].3[0].2 = "\"别的\"".to_owned();
        assert_eq!(verify(&forged).unwrap_err().fault, Fault::Private("text".to_owned()));
    }

    /// One entry that a dishonest keeper wrote with all digests right.
    fn forged(change: impl FnOnce(&mut Envelope)) -> Fault {
        let mut verifier = Verifier::new("l");
        let all = entries();
        let mut push = |envelope: &Envelope, text: &str, private: &Private| {
            verifier.push(&Stored {
                number: envelope.number,
                stream: &envelope.stream,
                version: envelope.version,
                kind: &envelope.kind,
                at: envelope.at,
                envelope: text,
                digest: &entry_digest(text).0,
                private,
            })
        };
        for (text, _, _, private) in &all[..3] {
            push(&Envelope::parse(text).unwrap(), text, private).unwrap();
        }
        let mut envelope = Envelope::parse(&all[3].0).unwrap();
        change(&mut envelope);
        push(&envelope, &envelope.to_canonical().unwrap(), &all[3].3).unwrap_err().fault
    }

    #[test]
    fn a_forged_entry_with_a_right_digest_is_found_out() {
        assert_eq!(forged(|envelope| envelope.number = 4), Fault::Gap(3));
        assert_eq!(forged(|envelope| envelope.at = 1_001), Fault::Time);
        assert_eq!(forged(|envelope| envelope.version = 3), Fault::Version(2));
        assert_eq!(forged(|envelope| envelope.stream = "matter/c".to_owned()), Fault::Version(1));
        assert_eq!(forged(|envelope| envelope.ledger = "m".to_owned()), Fault::Column("ledger"));
        // A private row that nothing in the envelope commits to.
        assert_eq!(forged(|envelope| envelope.private.clear()), Fault::Private("text".to_owned()));
    }

    #[test]
    fn columns_that_differ_from_the_envelope_are_found_out() {
        let (envelope, stream, version, private) = entries().remove(0);
        let digest = entry_digest(&envelope).0;
        let sound = Stored {
            number: 0,
            stream: &stream,
            version,
            kind: "matter.raised.1",
            at: 1_000,
            envelope: &envelope,
            digest: &digest,
            private: &private,
        };
        let fault = |stored: &Stored| Verifier::new("l").push(stored).unwrap_err().fault;
        assert!(Verifier::new("l").push(&sound).is_ok());
        assert_eq!(fault(&Stored { stream: "matter/b", ..sound.clone() }), Fault::Column("stream"));
        assert_eq!(fault(&Stored { version: 2, ..sound.clone() }), Fault::Column("version"));
        assert_eq!(fault(&Stored { kind: "k", ..sound.clone() }), Fault::Column("kind"));
        assert_eq!(fault(&Stored { at: 1, ..sound.clone() }), Fault::Column("time"));
        assert_eq!(fault(&Stored { digest: &digest[1..], ..sound.clone() }), Fault::Digest);
        let spaced = envelope.replacen(':', ": ", 1);
        let digest = entry_digest(&spaced).0;
        let spaced = Stored { envelope: &spaced, digest: &digest, ..sound };
        assert!(matches!(fault(&spaced), Fault::Envelope(_)));
    }

    proptest! {
        #[test]
        fn any_changed_byte_names_its_entry(n in 0_usize..6, at in any::<prop::sample::Index>(), to in any::<u8>()) {
            let mut entries = entries();
            let mut bytes = entries[n].0.clone().into_bytes();
            let at = at.index(bytes.len());
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            entries[n].0 = String::from_utf8_lossy(&bytes).into_owned();
            prop_assert_eq!(verify(&entries).unwrap_err().number, n as u64);
        }
    }
}
