//! Photos: taken in by decoding and encoding anew, which leaves no hidden data (place,
//! camera) in them, found again when a form names them, and shown small where a small one
//! will do. Who may see one is asked before.

use crate::Cx;
use crate::texts::Locale;
use crate::ui::Fields;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use image::{ImageDecoder as _, ImageFormat, ImageReader, Limits, imageops::FilterType};
use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, Mutex, PoisonError};
use yishi_kernel::PhotoDigest;
use yishi_store::Db;

/// Largest file taken, in bytes.
pub const LARGEST: usize = 8 * 1024 * 1024;
/// Longest side kept, in pixels.
const LONGEST: u32 = 1_600;
/// Longest side of a small copy, in pixels.
const SMALL: u32 = 320;
/// Small copies kept in memory.
const KEPT: usize = 256;

/// Why a photo was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoError {
    /// Larger than 8 MB.
    TooLarge,
    /// No JPEG, PNG or WebP, or a broken one.
    NotAPhoto,
}

impl PhotoError {
    /// What the user reads.
    #[must_use]
    pub fn text(self, locale: Locale) -> String {
        locale.say(match self {
            PhotoError::TooLarge => "photo-too-large",
            PhotoError::NotAPhoto => "photo-not-a-photo",
        })
    }
}

/// Takes a photo in and keeps it.
///
/// # Errors
/// When it is too large or no photo, or cannot be kept.
pub async fn take(db: &Db, bytes: Vec<u8>) -> Result<PhotoDigest, crate::Error> {
    if bytes.len() > LARGEST {
        return Err(PhotoError::TooLarge.into());
    }
    let clean = tokio::task::spawn_blocking(move || again(&bytes, LONGEST, FilterType::Triangle))
        .await
        .map_err(|_| PhotoError::NotAPhoto)??;
    Ok(PhotoDigest(db.put_blob(clean).await?))
}

/// Decodes, turns upright, shrinks and encodes as JPEG.
fn again(bytes: &[u8], longest: u32, filter: FilterType) -> Result<Vec<u8>, PhotoError> {
    let not = |_| PhotoError::NotAPhoto;
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PhotoError::NotAPhoto)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) {
        return Err(PhotoError::NotAPhoto);
    }
    // A small file may claim to be a huge picture.
    let mut limits = Limits::default();
    limits.max_image_width = Some(20_000);
    limits.max_image_height = Some(20_000);
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(not)?;
    let orientation = decoder.orientation().map_err(not)?;
    let mut photo = image::DynamicImage::from_decoder(decoder).map_err(not)?;
    photo.apply_orientation(orientation);
    if photo.width().max(photo.height()) > longest {
        photo = photo.resize(longest, longest, filter);
    }
    let mut out = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 82);
    photo.to_rgb8().write_with_encoder(encoder).map_err(not)?;
    Ok(out)
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
        let small = tokio::task::spawn_blocking(move || again(&bytes, SMALL, FilterType::Triangle))
            .await
            .map_err(|_| PhotoError::NotAPhoto)??;
        let small = Arc::new(small);
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

/// The photos a form names: only such as are stored.
pub async fn stored(cx: &Cx, values: &Fields) -> Result<Vec<PhotoDigest>, crate::Error> {
    let mut photos = Vec::new();
    for digest in values.all("photo") {
        let digest = PhotoDigest(digest.to_owned());
        if !photos.contains(&digest) && cx.app.office.db.blob(&digest.0).await?.is_some() {
            photos.push(digest);
        }
    }
    Ok(photos)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut out = Vec::new();
        image::RgbImage::from_pixel(width, height, image::Rgb([200, 30, 30]))
            .write_to(&mut Cursor::new(&mut out), ImageFormat::Png)
            .unwrap();
        out
    }

    #[test]
    fn a_photo_is_encoded_anew_and_shrunk() {
        let out = again(&png(2_000, 1_000), LONGEST, FilterType::Triangle).unwrap();
        let photo = image::load_from_memory(&out).unwrap();
        assert_eq!((photo.width(), photo.height()), (1_600, 800));
        assert!(out.starts_with(&[0xff, 0xd8]));
    }

    #[test]
    fn nothing_hidden_is_kept() {
        let mut jpeg = again(&png(40, 40), LONGEST, FilterType::Triangle).unwrap();
        // An EXIF block behind the first marker, as cameras write it.
        let exif = b"\xff\xe1\x00\x18Exif\x00\x00MM\x00*GPS 30.1,104.2";
        jpeg.splice(2..2, exif[..26].iter().copied());
        let out = again(&jpeg, LONGEST, FilterType::Triangle).unwrap();
        assert!(!out.windows(4).any(|part| part == b"Exif" || part == b"GPS "));
    }

    #[test]
    fn what_is_no_photo_is_refused() {
        for bytes in [&b"<svg onload=alert(1)>"[..], b"", b"GIF89a\x01\x00\x01\x00", &png(40, 40)[..60]] {
            assert_eq!(again(bytes, LONGEST, FilterType::Triangle), Err(PhotoError::NotAPhoto));
        }
    }
}
