//! Digests that nobody makes without the key of a ledger (HMAC-SHA-256), each for one purpose: a
//! copy of the database alone lets nobody try out what they were made of. What they are for is not
//! known here.

use crate::ledgers::LedgerRow;
use crate::{Fault, Keys};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Makes digests of a ledger for one purpose.
#[derive(Clone)]
pub struct Keyed(Hmac<Sha256>);

impl std::fmt::Debug for Keyed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyed")
    }
}

impl Keyed {
    /// The digest of something.
    #[must_use]
    pub fn digest(&self, of: &str) -> [u8; 32] {
        self.0.clone().chain_update(of).finalize().into_bytes().into()
    }

    /// Whether two words are the same, in a time that tells nothing of where they differ.
    #[must_use]
    pub fn same(&self, one: &str, other: &str) -> bool {
        let of = |word: &str| self.0.clone().chain_update(word).finalize();
        of(one) == of(other)
    }
}

impl Keys {
    /// What makes digests of a ledger for a purpose.
    pub fn keyed(&self, row: &LedgerRow, purpose: &str) -> Result<Keyed, Fault> {
        let made = |key: &[u8]| {
            let wrong = |_| Fault::Key { slug: row.slug.clone(), why: "it makes no digests".to_owned() };
            Hmac::<Sha256>::new_from_slice(key).map(Keyed).map_err(wrong)
        };
        // Whoever signs with the key uses it as it is; here it stands for one purpose only.
        made(&made(self.of(row)?.to_secret_text().as_bytes())?.digest(purpose))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use uuid::Uuid;
    use yishi_kernel::PlaceId;

    #[test]
    fn a_digest_is_of_its_ledger_its_purpose_and_what_it_was_made_of() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::in_folder(folder.path().to_owned());
        let ledger = |slug: &str| {
            let key = keys.make(slug, &format!("yishi.test/{slug}")).unwrap();
            let (origin, verifier) = (key.name().to_owned(), key.verifier().to_string());
            LedgerRow { ledger: PlaceId(Uuid::nil()), slug: slug.to_owned(), origin, verifier }
        };
        let (here, other) = (ledger("xinglin"), ledger("liuxi"));
        let digest = |row, purpose, of| keys.keyed(row, purpose).unwrap().digest(of);
        let one = digest(&here, "codes", "a");
        assert_eq!(one, Keys::in_folder(folder.path().to_owned()).keyed(&here, "codes").unwrap().digest("a"));
        for another in
            [digest(&other, "codes", "a"), digest(&here, "passes", "a"), digest(&here, "codes", "b")]
        {
            assert_ne!(one, another);
        }
    }
}
