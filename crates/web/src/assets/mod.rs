//! Style sheet and scripts, part of the program and served under names that change with
//! their content. Nothing is loaded from anywhere else.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;

/// A file served to browsers.
#[derive(Debug)]
pub struct Asset {
    /// Its link.
    pub href: String,
    kind: &'static str,
    bytes: &'static [u8],
}

fn asset(stem: &str, extension: &str, kind: &'static str, bytes: &'static [u8]) -> Asset {
    let digest = yishi_store::blobs::digest_of(bytes);
    Asset { href: format!("/assets/{stem}-{}.{extension}", &digest[..12]), kind, bytes }
}

/// The one style sheet, with all design tokens.
pub static CSS: LazyLock<Asset> =
    LazyLock::new(|| asset("yishi", "css", "text/css; charset=utf-8", include_bytes!("yishi.css")));
/// Our own script; every page works without it.
pub static JS: LazyLock<Asset> =
    LazyLock::new(|| asset("yishi", "js", "text/javascript; charset=utf-8", include_bytes!("yishi.js")));
/// htmx, which only quickens.
pub static HTMX: LazyLock<Asset> = LazyLock::new(|| {
    asset("htmx", "js", "text/javascript; charset=utf-8", include_bytes!("vendor/htmx.min.js"))
});

/// `GET /assets/{name}`
pub async fn serve(Path(name): Path<String>) -> Response {
    let found = [&*CSS, &*JS, &*HTMX].into_iter().find(|asset| asset.href.ends_with(&format!("/{name}")));
    match found {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.kind),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.bytes,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    /// What was vendored is what was published: the digest stands beside it.
    #[test]
    fn vendored_files_are_unchanged() {
        let lock = include_str!("vendor/vendor.lock");
        let digest = yishi_store::blobs::digest_of(include_bytes!("vendor/htmx.min.js"));
        assert!(lock.contains(&digest), "htmx.min.js differs from vendor.lock");
    }
}
