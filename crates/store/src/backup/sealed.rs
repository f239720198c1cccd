//! Keys under a passphrase: Argon2id makes a key of it, XChaCha20-Poly1305 seals with that. The
//! numbers of the derivation stand beside what was sealed, so that they may grow.

use crate::Fault;
use argon2::{Algorithm, Argon2, Params, Version};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Memory in KiB, rounds and lanes: some tenths of a second, once for each backup. RFC 9106
/// (4) recommends as much memory with one round more where memory is short.
const MEMORY: u32 = 65_536;
const ROUNDS: u32 = 3;
const LANES: u32 = 4;
/// The shortest passphrase that is taken, in characters.
const SHORTEST: usize = 12;

/// A passphrase; it is shown nowhere.
pub struct Passphrase(String);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase")
    }
}

impl Passphrase {
    /// A passphrase that is long enough.
    ///
    /// # Errors
    /// When it is too short.
    pub fn new(text: &str) -> Result<Self, Fault> {
        let text = text.trim_end_matches(['\r', '\n']);
        if text.chars().count() < SHORTEST {
            return Err(Fault::Backup(format!("a passphrase has at least {SHORTEST} characters")));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Keys by their ledgers' words, sealed.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct SealedKeys {
    memory: u32,
    rounds: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    sealed: String,
}

impl SealedKeys {
    pub(super) fn seal(keys: &BTreeMap<String, String>, passphrase: &Passphrase) -> Result<Self, Fault> {
        let (salt, nonce) = (crate::random::<16>()?, crate::random::<24>()?);
        let plain = serde_json::to_vec(keys).map_err(Fault::unreadable)?;
        let cipher = cipher(passphrase, &salt, (MEMORY, ROUNDS, LANES))?;
        let sealed = cipher.encrypt(&XNonce::from(nonce), plain.as_slice());
        let sealed = sealed.map_err(|_| Fault::Backup("the keys could not be sealed".to_owned()))?;
        let [salt, nonce, sealed] = [&salt[..], &nonce, &sealed].map(|bytes| BASE64_STANDARD.encode(bytes));
        Ok(Self { memory: MEMORY, rounds: ROUNDS, lanes: LANES, salt, nonce, sealed })
    }

    pub(super) fn open(&self, passphrase: &Passphrase) -> Result<BTreeMap<String, String>, Fault> {
        let wrong = || Fault::Backup("the passphrase does not open the keys of this backup".to_owned());
        let decode = |text: &str| BASE64_STANDARD.decode(text).map_err(|_| wrong());
        let nonce: [u8; 24] = decode(&self.nonce)?.try_into().map_err(|_| wrong())?;
        let cipher = cipher(passphrase, &decode(&self.salt)?, (self.memory, self.rounds, self.lanes))?;
        let plain = cipher.decrypt(&XNonce::from(nonce), decode(&self.sealed)?.as_slice());
        serde_json::from_slice(&plain.map_err(|_| wrong())?).map_err(|_| wrong())
    }
}

fn cipher(
    passphrase: &Passphrase,
    salt: &[u8],
    (memory, rounds, lanes): (u32, u32, u32),
) -> Result<XChaCha20Poly1305, Fault> {
    let wrong = |error: argon2::Error| Fault::Backup(format!("the passphrase cannot be used: {error}"));
    // Whoever made the file up must not take all memory.
    let params =
        Params::new(memory.min(4 * MEMORY), rounds.min(64), lanes.min(64), Some(32)).map_err(wrong)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.0.as_bytes(), salt, &mut key)
        .map_err(wrong)?;
    Ok(XChaCha20Poly1305::new(&key.into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_its_passphrase_opens_what_was_sealed() {
        let keys = BTreeMap::from([("xinglin".to_owned(), "PRIVATE+KEY+…".to_owned())]);
        let passphrase = Passphrase::new("三个街坊五棵槐树七盏灯八口井\n").unwrap();
        let mut sealed = SealedKeys::seal(&keys, &passphrase).unwrap();
        assert!(!serde_json::to_string(&sealed).unwrap().contains("PRIVATE"));
        assert_eq!(sealed.open(&passphrase).unwrap(), keys);
        let other = Passphrase::new("三个街坊五棵槐树七盏灯八口缸").unwrap();
        assert!(sealed.open(&other).unwrap_err().to_string().contains("passphrase"));
        sealed.sealed.replace_range(..4, "AAAA");
        assert!(sealed.open(&passphrase).is_err());
        assert!(Passphrase::new("123456789").is_err());
    }
}
