//! Signed notes (C2SP `signed-note`) with Ed25519: keys in their text forms, signing and
//! opening. What a note says is not known here.

use crate::digest::Digest;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use ed25519_dalek::{Signature, Signer as _};
use std::fmt;
use std::str::FromStr;

/// Signature type of Ed25519 in notes.
const ED25519: u8 = 1;

/// A key or note that does not read or does not verify.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The key's text is malformed.
    #[error("not a key in the form name+id+base64")]
    Key,
    /// The name cannot stand in a note.
    #[error("a key name has no spaces, plus signs or line breaks")]
    Name,
    /// The note's text is malformed.
    #[error("not a signed note")]
    Form,
    /// No signature by this key.
    #[error("not signed by {0}")]
    NotSigned(String),
    /// A signature by this key that is wrong.
    #[error("the signature of {0} is wrong")]
    Wrong(String),
}

/// A key that signs, with its name.
#[derive(Clone)]
pub struct SigningKey {
    name: String,
    seed: [u8; 32],
}

/// A key that verifies, with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    key: [u8; 32],
}

fn fit(name: &str) -> Result<(), NoteError> {
    let fit = !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+');
    if fit { Ok(()) } else { Err(NoteError::Name) }
}

fn key_id(name: &str, key: &[u8; 32]) -> [u8; 4] {
    let digest = Digest::of(&[name.as_bytes(), b"\n", &[ED25519], key]);
    [digest.0[0], digest.0[1], digest.0[2], digest.0[3]]
}

/// `name`, key id and key bytes of `name+hash+base64(type ‖ bytes)`.
fn read_key(text: &str) -> Result<(&str, [u8; 4], [u8; 32]), NoteError> {
    let (name, rest) = text.split_once('+').ok_or(NoteError::Key)?;
    let (id, key) = rest.split_once('+').ok_or(NoteError::Key)?;
    fit(name)?;
    let id = crate::digest::unhex(id).ok_or(NoteError::Key)?;
    let key = BASE64_STANDARD.decode(key).map_err(|_| NoteError::Key)?;
    match key.split_first() {
        Some((&ED25519, key)) => Ok((name, id, key.try_into().map_err(|_| NoteError::Key)?)),
        _ => Err(NoteError::Key),
    }
}

impl SigningKey {
    /// A key made of 32 random bytes.
    ///
    /// # Errors
    /// When the name cannot stand in a note.
    pub fn new(name: &str, seed: [u8; 32]) -> Result<Self, NoteError> {
        fit(name)?;
        Ok(Self { name: name.to_owned(), seed })
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key that verifies what this one signs.
    #[must_use]
    pub fn verifier(&self) -> VerifierKey {
        let key = ed25519_dalek::SigningKey::from_bytes(&self.seed).verifying_key().to_bytes();
        VerifierKey { name: self.name.clone(), key }
    }

    /// `PRIVATE+KEY+name+id+base64`: for a file only its owner may read.
    #[must_use]
    pub fn to_secret_text(&self) -> String {
        let id = crate::digest::hex(&key_id(&self.name, &self.verifier().key));
        let mut bytes = vec![ED25519];
        bytes.extend(self.seed);
        format!("PRIVATE+KEY+{}+{id}+{}", self.name, BASE64_STANDARD.encode(bytes))
    }

    /// Reads what [`SigningKey::to_secret_text`] wrote.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn from_secret_text(text: &str) -> Result<Self, NoteError> {
        let text = text.trim().strip_prefix("PRIVATE+KEY+").ok_or(NoteError::Key)?;
        let (name, id, seed) = read_key(text)?;
        let key = Self::new(name, seed)?;
        if key_id(name, &key.verifier().key) == id { Ok(key) } else { Err(NoteError::Key) }
    }

    /// The note: the text, which ends in a line break, and this key's signature.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        let signature = ed25519_dalek::SigningKey::from_bytes(&self.seed).sign(text.as_bytes());
        let mut bytes = key_id(&self.name, &self.verifier().key).to_vec();
        bytes.extend(signature.to_bytes());
        format!("{text}\n\u{2014} {} {}\n", self.name, BASE64_STANDARD.encode(bytes))
    }
}

impl fmt::Debug for SigningKey {
    /// The secret never shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.name)
    }
}

impl VerifierKey {
    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text of a note that this key signed.
    ///
    /// # Errors
    /// When it is no note, or not signed by this key.
    pub fn open<'a>(&self, note: &'a str) -> Result<&'a str, NoteError> {
        let at = note.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, signatures) = (&note[..=at], &note[at + 2..]);
        if !signatures.ends_with('\n') {
            return Err(NoteError::Form);
        }
        let id = key_id(&self.name, &self.key);
        for line in signatures.lines() {
            let rest = line.strip_prefix("\u{2014} ").ok_or(NoteError::Form)?;
            let (name, signature) = rest.split_once(' ').ok_or(NoteError::Form)?;
            let bytes = BASE64_STANDARD.decode(signature).map_err(|_| NoteError::Form)?;
            let Some((line_id, signature)) = bytes.split_first_chunk::<4>() else {
                return Err(NoteError::Form);
            };
            if name != self.name || *line_id != id {
                continue;
            }
            let wrong = || NoteError::Wrong(self.name.clone());
            let signature = Signature::from_slice(signature).map_err(|_| wrong())?;
            let key = ed25519_dalek::VerifyingKey::from_bytes(&self.key).map_err(|_| NoteError::Key)?;
            return match key.verify_strict(text.as_bytes(), &signature) {
                Ok(()) => Ok(text),
                Err(_) => Err(wrong()),
            };
        }
        Err(NoteError::NotSigned(self.name.clone()))
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![ED25519];
        bytes.extend(self.key);
        let id = crate::digest::hex(&key_id(&self.name, &self.key));
        write!(f, "{}+{id}+{}", self.name, BASE64_STANDARD.encode(bytes))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let (name, id, key) = read_key(text.trim())?;
        if key_id(name, &key) != id {
            return Err(NoteError::Key);
        }
        Ok(Self { name: name.to_owned(), key })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_note_opens_with_its_key_only() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let note = key.sign("一行\n两行\n");
        assert_eq!(key.verifier().open(&note).unwrap(), "一行\n两行\n");
        let other = SigningKey::new("yishi.local/xinglin", [4; 32]).unwrap();
        assert!(matches!(other.verifier().open(&note), Err(NoteError::NotSigned(_))));
        assert!(matches!(key.verifier().open(&note.replace("两", "三")), Err(NoteError::Wrong(_))));
        assert!(key.verifier().open("no note").is_err());
    }

    #[test]
    fn keys_keep_their_text_forms() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let again = SigningKey::from_secret_text(&key.to_secret_text()).unwrap();
        assert_eq!(again.verifier(), key.verifier());
        let text = key.verifier().to_string();
        assert_eq!(text.parse::<VerifierKey>().unwrap(), key.verifier());
        assert!(text.replacen("xinglin", "liuxi", 1).parse::<VerifierKey>().is_err());
        assert!(SigningKey::new("two words", [3; 32]).is_err());
        assert!(!format!("{key:?}").contains("AQMD"));
    }

    /// The worked example of the signed-note specification's Go reference package.
    #[test]
    fn a_published_note_verifies() {
        let key: VerifierKey =
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().unwrap();
        let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        assert!(key.open(note).is_ok());
        // Its private key, published with it, signs to the same bytes.
        let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
        let signing = SigningKey::from_secret_text(secret).unwrap();
        assert_eq!(signing.to_secret_text(), secret);
        assert_eq!(signing.verifier(), key);
        assert_eq!(signing.sign(key.open(note).unwrap()), note);
    }

    #[test]
    fn other_signatures_on_a_note_are_passed_over() {
        let key = SigningKey::new("yishi.local/xinglin", [3; 32]).unwrap();
        let witness = SigningKey::new("witness.local", [5; 32]).unwrap();
        let (one, other) = (key.sign("文\n"), witness.sign("文\n"));
        let line = |note: &str| note.split_once("\n\n").unwrap().1.to_owned();
        for both in [format!("{one}{}", line(&other)), format!("{other}{}", line(&one))] {
            assert_eq!(key.verifier().open(&both).unwrap(), "文\n");
            assert_eq!(witness.verifier().open(&both).unwrap(), "文\n");
        }
        assert!(key.verifier().open(one.trim_end()).is_err());
    }
}
