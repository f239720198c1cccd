//! Secrets that stand in the database sealed, by XChaCha20-Poly1305 with a key that lies beside
//! the signing keys: a copy of the database alone opens none. What they are for is not known here.

use crate::keys::SECRETS;
use crate::{Fault, Keys};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

impl Keys {
    /// Seals a secret of somebody: as another one's it does not open.
    pub fn seal(&self, whose: &str, secret: &str) -> Result<String, Fault> {
        let cipher = match self.cipher()? {
            Some(cipher) => cipher,
            None => {
                let made = self.put(SECRETS, &BASE64_STANDARD.encode(crate::random::<32>()?));
                // Another process may have made it at the same time.
                match self.cipher()? {
                    Some(cipher) => cipher,
                    None => return Err(made.err().unwrap_or_else(|| wrong("it is not there"))),
                }
            }
        };
        let nonce = crate::random::<24>()?;
        let payload = Payload { msg: secret.as_bytes(), aad: whose.as_bytes() };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| wrong("it seals nothing"))?;
        Ok(BASE64_STANDARD.encode([&nonce[..], &sealed].concat()))
    }

    /// Opens it again.
    pub fn unseal(&self, whose: &str, sealed: &str) -> Result<String, Fault> {
        let other = || wrong("it is another one than this secret was sealed with");
        let cipher = self.cipher()?.ok_or_else(|| wrong("it is not there"))?;
        let bytes = BASE64_STANDARD.decode(sealed).map_err(|_| other())?;
        let (nonce, sealed) = bytes.split_first_chunk::<24>().ok_or_else(other)?;
        let plain = cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: whose.as_bytes() });
        String::from_utf8(plain.map_err(|_| other())?).map_err(|_| other())
    }

    fn cipher(&self) -> Result<Option<XChaCha20Poly1305>, Fault> {
        let Some(text) = self.text(SECRETS)? else { return Ok(None) };
        let bytes = BASE64_STANDARD.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let key = bytes.ok_or_else(|| wrong("it does not read"))?;
        Ok(Some(XChaCha20Poly1305::new(&key.into())))
    }
}

fn wrong(why: &str) -> Fault {
    Fault::Sealing(why.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_this_key_opens_it_and_only_as_whose_it_was_sealed() {
        let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
        let [here, elsewhere] = folders.each_ref().map(|folder| Keys::in_folder(folder.path().to_owned()));
        assert!(here.unseal("a", "AAAA").unwrap_err().to_string().contains("not there"));
        let sealed = here.seal("a", "GEZDGNBVGY3TQOJQ").unwrap();
        assert_ne!(here.seal("a", "GEZDGNBVGY3TQOJQ").unwrap(), sealed);
        assert_eq!(here.unseal("a", &sealed).unwrap(), "GEZDGNBVGY3TQOJQ");
        assert!(here.unseal("b", &sealed).is_err(), "moved to another account");
        elsewhere.seal("a", "x").unwrap();
        let told = elsewhere.unseal("a", &sealed).unwrap_err().to_string();
        assert!(told.contains("second.steps.key") && told.contains("another"), "{told}");
        for wrong in ["", "A", "AAAA", &sealed[..sealed.len() - 4], &sealed.replace('A', "B")[4..]] {
            assert!(here.unseal("a", wrong).is_err(), "{wrong}");
        }
        std::fs::write(here.folder().join("second.steps.key"), "short").unwrap();
        assert!(here.unseal("a", &sealed).unwrap_err().to_string().contains("does not read"));
    }
}
