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

    /// The value of a token, in elder mode when that has its own.
    fn token(sheet: &str, mode: &str, name: &str) -> [f64; 3] {
        let value = |block: &str| {
            let body = sheet.split(block).nth(1)?.split('}').next()?;
            let value = body.split(&format!("--{name}: #")).nth(1)?;
            u32::from_str_radix(value.get(..6)?, 16).ok()
        };
        let color = value(mode).or_else(|| value(":root {")).unwrap();
        [16, 8, 0].map(|shift| f64::from((color >> shift) & 0xff) / 255.0)
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(color: [f64; 3]) -> f64 {
        let [r, g, b] = color.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    #[test]
    fn text_stands_out_from_its_ground() {
        const PAIRS: [(&str, &str); 13] = [
            ("ink", "paper"),
            ("ink", "card"),
            ("ink", "pine-pale"),
            ("ink", "cinnabar-pale"),
            ("ink", "gold-pale"),
            ("soft", "paper"),
            ("soft", "card"),
            ("pine", "paper"),
            ("card", "pine"),
            ("card", "cinnabar"),
            ("pine-deep", "pine-pale"),
            ("cinnabar", "cinnabar-pale"),
            ("gold", "gold-pale"),
        ];
        let sheet = include_str!("yishi.css");
        for mode in [":root {", "html[data-view=\"elder\"] {", "@media (prefers-contrast: more) {"] {
            for (text, ground) in PAIRS {
                let (a, b) = (luminance(token(sheet, mode, text)), luminance(token(sheet, mode, ground)));
                let contrast = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(contrast >= 4.5, "{text} on {ground} in {mode}: {contrast:.2}");
            }
        }
    }

    #[test]
    fn nothing_comes_from_elsewhere() {
        for own in [include_str!("yishi.css"), include_str!("yishi.js")] {
            assert!(!own.contains("//cdn") && !own.contains("http:") && !own.contains("https:"));
            assert!(!own.contains("@import") && !own.contains("eval("));
        }
    }
}
