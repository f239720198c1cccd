//! Where to go on, as a link or a form says it: a path of this site, read once, so that nobody
//! is sent elsewhere by a link that begins with our name. Whatever is redirected to and was not
//! written by the program itself is an [`OwnPath`]. What lies at the path is not asked here.

use axum::http::Uri;
use axum::response::Redirect;
use std::fmt;

/// A path of this site with what is asked of it (本站网址).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPath(String);

impl OwnPath {
    /// The path of this site that was given; nothing where it leads elsewhere, or where browsers
    /// and servers in between could take it for something else: they drop tabs and line breaks,
    /// take a backslash for a slash, and some read what is written with per cent signs twice.
    #[must_use]
    pub fn read(given: &str) -> Option<Self> {
        let path = given.split_once('?').map_or(given, |(path, _)| path);
        let uri: Uri = given.parse().ok()?;
        let is_own = given.starts_with('/') && uri.scheme().is_none() && uri.authority().is_none();
        let is_plain = given.bytes().all(allowed) && escaped(given)?.all(is_harmless);
        let is_straight = !path.contains("//") && !escaped(path)?.any(|byte| b"/%".contains(&byte));
        (is_own && is_plain && is_straight).then(|| Self(given.to_owned()))
    }

    /// The path given, else this one of ours.
    #[must_use]
    pub fn or(given: &str, otherwise: &'static str) -> Self {
        Self::read(given).unwrap_or_else(|| Self(otherwise.to_owned()))
    }

    /// As a link has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The answer that leads there.
    pub fn redirect(&self) -> Redirect {
        Redirect::to(&self.0)
    }
}

impl fmt::Display for OwnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What our own links are written with.
fn allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/_?&=%.~+*-".contains(&byte)
}

/// What stands there by its number, as `%2F`; nothing where a per cent sign has no number.
fn escaped(text: &str) -> Option<impl Iterator<Item = u8>> {
    let number = |part: &str| u8::from_str_radix(part.get(..2)?, 16).ok();
    let bytes: Option<Vec<u8>> = text.split('%').skip(1).map(number).collect();
    bytes.map(Vec::into_iter)
}

fn is_harmless(byte: u8) -> bool {
    !byte.is_ascii_control() && byte != b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;
    use yishi_testkit::outside::{lines, outside};

    #[test]
    fn the_way_back_stays_on_this_site() {
        for own in [
            "/",
            "/desk",
            "/c/xinglin?state=open&page=2",
            "/w/xinglin/12",
            "/signin?back=%2Fdesk",
            "/c/xinglin?q=%E6%9D%8F%E6%9E%97+1",
        ] {
            assert_eq!(OwnPath::or(own, "/home").as_str(), own);
        }
    }

    #[test]
    fn whatever_could_lead_elsewhere_is_not_taken() {
        for elsewhere in [
            "",
            "desk",
            "?back",
            "//evil.example",
            "///evil.example",
            "/desk//evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\\evil.example",
            "\\/evil.example",
            "/%5cevil.example",
            "/%2f/evil.example",
            "/%2Fevil.example",
            "/\t/evil.example",
            "/%09/evil.example",
            "/\u{b}/evil.example",
            "/%0b",
            "/%00",
            "/\0",
            "/a\r\nSet-Cookie: session=1",
            "/a%0d%0aSet-Cookie:%20session=1",
            "/desk?x=%0a",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            " /desk",
            "/desk ",
            "/\u{ff0f}evil.example",
            "/\u{200b}/evil.example",
            "/a@b:c",
            "/#part",
        ] {
            assert_eq!(OwnPath::read(elsewhere), None, "{elsewhere:?}");
        }
    }

    /// What stands there by its number, read as leniently as anything in between may.
    fn unescaped(text: &[u8]) -> Vec<u8> {
        let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
        let (mut bytes, mut at) = (Vec::new(), 0);
        while at < text.len() {
            match (text[at], digit(at + 1), digit(at + 2)) {
                (b'%', Some(high), Some(low)) => {
                    bytes.push(u8::try_from(high * 16 + low).unwrap());
                    at += 3;
                }
                (byte, ..) => {
                    bytes.push(byte);
                    at += 1;
                }
            }
        }
        bytes
    }

    #[test]
    fn any_path_that_is_taken_stays_here_however_often_it_is_read() {
        outside(lines("testkit/corpus/paths.txt"), 4_000, |bytes| {
            let Some(path) = std::str::from_utf8(bytes).ok().and_then(OwnPath::read) else { return };
            assert_eq!(path.as_str().as_bytes(), bytes);
            let path = bytes.split(|byte| *byte == b'?').next().unwrap();
            let once = unescaped(path);
            for read in [path.to_vec(), unescaped(&once), once] {
                assert!(read.starts_with(b"/") && !read.starts_with(b"//"), "{}", read.escape_ascii());
                let harm = |byte: &u8| byte.is_ascii_control() || *byte == b'\\';
                assert!(!read.iter().any(harm), "{}", read.escape_ascii());
            }
        });
    }
}
