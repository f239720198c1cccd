//! Passwords as they are kept: Argon2id, off the threads that serve pages, two at a time. The 19 MB
//! that each takes are used again for the next: given back and taken anew by ever other threads
//! they would add up. Whose password it is, is not known here.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{LazyLock, Mutex, PoisonError};
use tokio::sync::Semaphore;
use yishi_web::Error;

/// Hashed at once: each takes tens of milliseconds on purpose.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What they work in, as many as work at once.
static MEMORY: Mutex<Vec<Vec<Block>>> = Mutex::new(Vec::new());

/// A hash that no password has, so that an unknown user name takes as long as a known one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash_now("nobody's password").ok());

/// The hash of a password.
///
/// # Errors
/// When hashing fails.
pub async fn hash(password: String) -> Result<String, Error> {
    let _turn = HASHING.acquire().await.map_err(|_| Error::Malformed)?;
    tokio::task::spawn_blocking(move || hash_now(&password)).await.map_err(|_| Error::Malformed)?
}

/// Lets a password through that has this hash; without one it only takes as long.
///
/// # Errors
/// When it has not.
pub(super) async fn fits(password: String, hash: Option<String>) -> Result<(), Error> {
    let _turn = HASHING.acquire().await.map_err(|_| Error::Malformed)?;
    let known = hash.is_some();
    let verified = tokio::task::spawn_blocking(move || {
        let hash = hash.or_else(|| NOBODY.clone()).unwrap_or_default();
        fits_now(&password, &hash)
    })
    .await;
    if known && verified.map_err(|_| Error::Malformed)? { Ok(()) } else { Err(Error::Forged) }
}

fn hash_now(password: &str) -> Result<String, Error> {
    let salt: [u8; 16] = yishi_store::random()?;
    let argon = Argon2::default();
    let made = || -> Option<String> {
        let hash = PasswordHash {
            algorithm: Algorithm::default().ident(),
            version: Some(Version::default().into()),
            params: ParamsString::try_from(argon.params()).ok()?,
            salt: Some(Salt::new(&salt).ok()?),
            hash: Some(output(&argon, password, &salt, Params::DEFAULT_OUTPUT_LEN)?),
        };
        Some(hash.to_string())
    };
    made().ok_or(Error::Malformed)
}

fn fits_now(password: &str, hash: &str) -> bool {
    let same = || -> Option<bool> {
        let hash = PasswordHash::new(hash).ok()?;
        let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
        let version = hash.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
        let argon = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
        let wanted = hash.hash?;
        // Compared in constant time.
        Some(output(&argon, password, &hash.salt?, wanted.len())? == wanted)
    };
    same().unwrap_or_default()
}

fn output(argon: &Argon2<'_>, password: &str, salt: &[u8], length: usize) -> Option<Output> {
    let memory = || MEMORY.lock().unwrap_or_else(PoisonError::into_inner);
    let mut blocks = memory().pop().unwrap_or_default();
    blocks.resize(argon.params().block_count(), Block::default());
    let mut bytes = [0; Output::MAX_LENGTH];
    let out = bytes.get_mut(..length)?;
    let hashed = argon.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut blocks[..]);
    memory().push(blocks);
    hashed.ok().and_then(|()| Output::new(out).ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

    #[tokio::test]
    async fn passwords_are_known_again_in_the_form_that_others_know() {
        let own = hash("correct horse battery".to_owned()).await.unwrap();
        assert!(own.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{own}");
        let read = PasswordHash::new(&own).unwrap();
        assert!(Argon2::default().verify_password(b"correct horse battery", &read).is_ok());
        let others = Argon2::default().hash_password(b"correct horse battery").unwrap().to_string();
        for hash in [own, others] {
            assert!(fits("correct horse battery".to_owned(), Some(hash.clone())).await.is_ok());
            assert!(fits("correct horse batter".to_owned(), Some(hash)).await.is_err());
        }
        for nothing in [None, Some(String::new()), Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA".to_owned())] {
            assert!(fits("nobody's password".to_owned(), nothing).await.is_err());
        }
    }

    /// Memory of this process that is in use, in megabytes.
    fn resident() -> u64 {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().split(' ').next().unwrap().parse::<u64>().unwrap() / 1_024
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_at_once_take_no_more_memory_than_two() {
        let before = resident();
        let mut all = tokio::task::JoinSet::new();
        for n in 0..40 {
            all.spawn(fits(format!("password {n}"), None));
        }
        all.join_all().await;
        assert!(MEMORY.lock().unwrap().len() <= 3, "two, and another test's");
        assert!(resident() < before + 100, "{before} MB before, {} MB after", resident());
    }
}
