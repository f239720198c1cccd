//! Photos in forms and answers: reading a form with photos, finding those it names, sending
//! one. Decoding and encoding are in [`crate::photos`]; who may see one is asked before.

use crate::ui::Fields;
use crate::{Cx, Error, photos};
use axum::extract::{Multipart, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use yishi_domain::matters::PhotoDigest;

/// Whether a photo is asked for small: `?small`.
pub type Small = Query<std::collections::HashMap<String, String>>;

/// A stored photo, whole or small. Who may see it was asked before.
///
/// # Errors
/// When there is none.
pub async fn send_photo(cx: &Cx, digest: &str, small: &Small) -> Result<Response, Error> {
    let db = &cx.app.office.db;
    let bytes = if small.contains_key("small") {
        cx.app.thumbnails.get(db, digest).await?.map(|small| small.to_vec())
    } else {
        db.blob(digest).await?
    };
    let bytes = bytes.ok_or(Error::NotFound)?;
    // Named by its content: it never changes, but may be withdrawn, so only this browser keeps it.
    let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=3600")];
    Ok((headers, bytes).into_response())
}

/// Reads a form with photos; these are kept as they come and named in the values. A photo that is
/// refused does not lose the text.
///
/// # Errors
/// When the form does not read, or a photo cannot be kept.
pub async fn read(cx: &Cx, mut form: Multipart) -> Result<(Fields, Result<(), Error>), Error> {
    let mut values = Fields::default();
    let mut photo = Ok(());
    loop {
        let field = match form.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => break,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                photo = Err(photos::PhotoError::TooLarge.into());
                break;
            }
            Err(_) => return Err(Error::Malformed),
        };
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = match field.bytes().await {
            Ok(bytes) => bytes,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                photo = Err(photos::PhotoError::TooLarge.into());
                break;
            }
            Err(_) => return Err(Error::Malformed),
        };
        if name == "photos" {
            if !bytes.is_empty() && photo.is_ok() {
                match photos::take(&cx.app.office.db, bytes.to_vec()).await {
                    Ok(digest) => values.0.push(("photo".to_owned(), digest.0)),
                    Err(Error::Photo(error)) => photo = Err(error.into()),
                    Err(error) => return Err(error),
                }
            }
        } else {
            values.0.push((name, String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    Ok((values, photo))
}

/// The photos a form names: only such as are stored.
///
/// # Errors
/// When the store fails.
pub async fn stored(cx: &Cx, values: &Fields) -> Result<Vec<PhotoDigest>, Error> {
    let mut photos = Vec::new();
    for digest in values.all("photo") {
        let digest = PhotoDigest(digest.to_owned());
        if !photos.contains(&digest) && cx.app.office.db.blob(&digest.0).await?.is_some() {
            photos.push(digest);
        }
    }
    Ok(photos)
}
