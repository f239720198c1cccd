//! Photos: taken in by decoding and encoding anew, which leaves no hidden data (place,
//! camera) in them, known again when the form that brought them names them, and shown small
//! where a small one will do. Who may see one is asked before.

use crate::Cx;
use crate::texts::Locale;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use yishi_kernel::{Moment, PhotoDigest};
use yishi_picture::{Unfit, again};
use yishi_store::blobs::digest_of;
use yishi_store::{Db, Fault};

/// Largest file taken, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;
/// Longest side kept, in pixels.
const LONGEST: u32 = 1_600;
/// Longest side of a small copy, in pixels.
const SMALL: u32 = 320;
/// Small copies kept in memory.
const KEPT: usize = 256;
/// How long a form may name a photo that it brought, in seconds: well below the hour after
/// which files that nothing uses are swept, so that one that may be named is there.
const MARKED: i64 = 30 * 60;

/// Why a photo was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// Larger than 8 MB.
    TooLarge,
    /// There is nothing in the file.
    Empty,
    /// No picture can be made of it.
    Unfit(Unfit),
    /// More of them than the rules take.
    TooMany(usize),
    /// Named by a form that did not bring it, or too long ago.
    NotKept,
}

impl PhotoError {
    /// What the user reads.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        locale.say(match self {
            PhotoError::TooLarge => "photo-too-large",
            PhotoError::Empty => "photo-empty",
            PhotoError::Unfit(Unfit::TooManyPixels) => "photo-too-many-pixels",
            PhotoError::Unfit(Unfit::NotAPhoto) => "photo-not-a-photo",
            PhotoError::Unfit(Unfit::NotWhole) => "photo-not-whole",
            PhotoError::TooMany(max) => return locale.with("refusal-too-many-photos", &[("max", &max)]),
            PhotoError::NotKept => "photo-not-kept",
        })
    }
}

/// Takes a photo in and keeps it.
///
/// # Errors
/// When it is no photo that we take, or cannot be kept.
pub(crate) async fn take(db: &Db, bytes: Vec<u8>) -> Result<PhotoDigest, crate::Error> {
    if bytes.len() > LARGEST {
        return Err(PhotoError::TooLarge.into());
    }
    let clean = again(bytes, LONGEST).await.map_err(PhotoError::Unfit)?;
    Ok(PhotoDigest(db.put_blob(clean).await?))
}

/// Small copies of photos, the most recent ones kept.
#[derive(Debug, Default)]
pub struct Thumbnails {
    kept: Mutex<HashMap<String, Arc<Vec<u8>>>>,
}

impl Thumbnails {
    /// The small copy of a stored photo, if there is such a photo.
    pub async fn get(&self, db: &Db, digest: &str) -> Result<Option<Arc<Vec<u8>>>, crate::Error> {
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(small) = kept().get(digest) {
            return Ok(Some(Arc::clone(small)));
        }
        let Some(bytes) = db.blob(digest).await? else { return Ok(None) };
        let small = Arc::new(again(bytes, SMALL).await.map_err(PhotoError::Unfit)?);
        let mut kept = kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(digest.to_owned(), Arc::clone(&small));
        Ok(Some(small))
    }
}

/// Whether a photo is asked for small: `?small`.
pub type Small = Query<HashMap<String, String>>;

/// A stored photo, whole or small. Who may see it was asked before.
pub async fn send_photo(cx: &Cx, digest: &str, small: &Small) -> Result<Response, crate::Error> {
    let db = &cx.app.office.db;
    let bytes = if small.contains_key("small") {
        cx.app.thumbnails.get(db, digest).await?.map(|small| small.to_vec())
    } else {
        db.blob(digest).await?
    };
    let bytes = bytes.ok_or(crate::Error::NotFound)?;
    // Named by its content: it never changes, but may be withdrawn, so only this browser keeps it.
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, bytes).into_response())
}

/// The key of this process's marks. Another process does not know them, nor does this one after
/// it was started anew: then a form that came back has its photos chosen again.
static KEY: OnceLock<[u8; 32]> = OnceLock::new();

/// How a form that comes back names a photo that it brought: the digest alone would let
/// anyone attach what others sent, so it has a mark that only the same sender's form fits, and
/// not for long.
#[derive(Clone, Debug)]
pub(crate) struct Mark<'a> {
    /// Whose form it is.
    pub whose: &'a str,
    /// When it is now.
    pub now: Moment,
}

impl Mark<'_> {
    /// The photo, marked.
    pub fn put(&self, photo: &PhotoDigest) -> Result<String, Fault> {
        self.at(&photo.0, self.now.0 / 1_000_000)
    }

    fn at(&self, digest: &str, second: i64) -> Result<String, Fault> {
        let fresh = yishi_store::random()?;
        let key = KEY.get_or_init(|| fresh);
        let mut said = key.to_vec();
        // Whose it is comes last: only that may be of any length.
        said.extend(format!("{digest}/{second}/{}", self.whose).as_bytes());
        Ok(format!("{digest}-{second}-{}", &digest_of(&said)[..32]))
    }

    /// The photo so marked, unless the mark is another sender's, or too old.
    pub fn read(&self, marked: &str) -> Result<Option<PhotoDigest>, Fault> {
        let mut parts = marked.splitn(3, '-');
        let (Some(digest), Some(Ok(second))) = (parts.next(), parts.next().map(str::parse::<i64>)) else {
            return Ok(None);
        };
        let age = (self.now.0 / 1_000_000).saturating_sub(second);
        let fits = digest.len() == 64 && self.at(digest, second)? == marked;
        Ok((fits && (0..MARKED).contains(&age)).then(|| PhotoDigest(digest.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_marked_photo_is_its_senders_for_half_an_hour_and_nobody_elses() {
        let photo = PhotoDigest(digest_of(b"a photo"));
        let at = |whose, second: i64| Mark { whose, now: Moment(second * 1_000_000) };
        let marked = at("shen", 1_000).put(&photo).unwrap();
        let read = |whose, second| at(whose, second).read(&marked).unwrap();
        assert_eq!(read("shen", 1_000 + 1_799), Some(photo.clone()));
        assert_eq!(read("shen", 1_000 + 1_800), None, "too late");
        assert_eq!(read("shen", 999), None, "not yet");
        assert_eq!(read("lin", 1_001), None, "another sender");
        let other = marked.replace(&photo.0, &digest_of(b"another"));
        let later = marked.replace("-1000-", "-2000-");
        for wrong in [photo.0.as_str(), "", "-", "a-1-b", &other, &later, &marked[..marked.len() - 1]] {
            assert_eq!(at("shen", 2_001).read(wrong).unwrap(), None, "{wrong}");
        }
    }
}
