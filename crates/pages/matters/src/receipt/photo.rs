//! A photo of the matter, for whoever holds its receipt: what one raised oneself whole, of
//! others' matters what was published.

use crate::matters::face::receipt::held;
use axum::extract::Path;
use axum::response::Response;
use yishi_domain::matters::{How, Matter};
use yishi_kernel::PhotoDigest;
use yishi_web::photos::{Small, send_photo};
use yishi_web::{Cx, Error};

/// `GET /r/{slug}/{secret}/photo/{digest}`
pub async fn show(
    cx: Cx,
    Path((slug, secret, digest)): Path<(String, String, String)>,
    small: Small,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let loaded = cx.app.office.load::<Matter>(held.ledger.ledger, &held.own.id.into()).await?;
    let matter = loaded.must()?;
    let photos = match held.receipt.how {
        How::Raised => &matter.photos,
        How::Joined => &matter.published,
    };
    if !photos.contains(&PhotoDigest(digest.clone())) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}
