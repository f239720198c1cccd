//! The cookies by which a browser is known again, and from where its forms may come. Under
//! https a browser takes them only from this very host, for all its pages and over TLS: their
//! names begin with `__Host-`, and it is told to come over TLS from now on. What a cookie says
//! is its reader's business.

use axum::http::header::{HeaderName, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, HeaderValue, Uri, header};

/// How requests reach the program, as its public address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookies {
    /// In the clear: on this machine, or in a trial.
    Plain,
    /// Over TLS.
    Tls,
}

/// How long a browser keeps a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// Until it is closed.
    Visit,
    /// A day.
    Day,
    /// A year.
    Year,
    /// Not any longer.
    Over,
}

impl Cookies {
    pub(crate) fn of(public_url: &str) -> Self {
        if public_url.starts_with("https://") { Cookies::Tls } else { Cookies::Plain }
    }

    /// What sets a cookie that no script reads.
    #[must_use]
    pub fn set(self, name: &str, value: &str, life: Life) -> String {
        let front = self.front();
        let (age, secure) = (age(life), self.secure());
        format!("{front}{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}")
    }

    /// What sets a cookie that says how pages look, and nothing that needs guarding.
    #[must_use]
    pub fn set_wish(self, name: &str, value: &str) -> String {
        format!("{name}={value}; Path=/{}; SameSite=Lax{}", age(Life::Year), self.secure())
    }

    /// The value of a cookie that was set so.
    #[must_use]
    pub fn get(self, headers: &HeaderMap, name: &str) -> Option<String> {
        value(headers, &format!("{}{name}", self.front())).map(str::to_owned)
    }

    fn front(self) -> &'static str {
        match self {
            Cookies::Plain => "",
            Cookies::Tls => "__Host-",
        }
    }

    fn secure(self) -> &'static str {
        match self {
            Cookies::Plain => "",
            Cookies::Tls => "; Secure",
        }
    }

    /// What every answer says besides: a year of TLS.
    pub(crate) fn header(self) -> Option<(HeaderName, HeaderValue)> {
        let year = HeaderValue::from_static("max-age=31536000");
        (self == Cookies::Tls).then_some((STRICT_TRANSPORT_SECURITY, year))
    }
}

fn age(life: Life) -> &'static str {
    match life {
        Life::Visit => "",
        Life::Day => "; Max-Age=86400",
        Life::Year => "; Max-Age=31536000",
        Life::Over => "; Max-Age=0",
    }
}

/// The value of a cookie by its whole name.
pub(crate) fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Where forms of ours come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    /// From the public address alone.
    Own(String),
    /// Nobody said under which name the program is reached: from whatever host was asked for,
    /// in the clear.
    Asked,
}

impl Origins {
    /// From this address alone; from whatever host was asked for, if it reads as none.
    pub fn of(public_url: &str) -> Self {
        origin(public_url).map_or(Origins::Asked, Origins::Own)
    }

    /// Whether a form may come from there: scheme, host and port are compared.
    pub fn have(&self, given: &str, host: Option<&str>) -> bool {
        let Some(given) = origin(given) else { return false };
        match self {
            Origins::Own(own) => given == *own,
            Origins::Asked => host.and_then(|host| origin(&format!("http://{host}"))) == Some(given),
        }
    }
}

/// Scheme, host and port of an address, as one way of writing them.
fn origin(address: &str) -> Option<String> {
    let uri: Uri = address.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?.to_ascii_lowercase(), uri.authority()?);
    let usual = match scheme.as_str() {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let port = authority.port_u16().unwrap_or(usual);
    let bare = !authority.as_str().contains('@');
    bare.then(|| format!("{scheme}://{}:{port}", authority.host().to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_come_from_the_public_address_alone_with_its_scheme_and_port() {
        let own = Origins::of("https://yishi.example");
        for same in ["https://yishi.example", "https://yishi.example:443", "https://YISHI.example"] {
            assert!(own.have(same, Some("whatever.example")), "{same}");
        }
        for other in [
            "http://yishi.example",
            "ftp://yishi.example",
            "https://yishi.example:8443",
            "https://evil.example",
            "https://yishi.example.evil.example",
            "https://yishi.example@evil.example",
            "yishi.example",
            "null",
            "",
        ] {
            assert!(!own.have(other, Some("yishi.example")), "{other}");
        }
        assert!(!own.have("https://evil.example", Some("evil.example")), "a host that names itself");
        let asked = Origins::Asked;
        assert!(asked.have("http://127.0.0.1:8080", Some("127.0.0.1:8080")));
        for other in ["https://127.0.0.1:8080", "http://127.0.0.1:81", "null"] {
            assert!(!asked.have(other, Some("127.0.0.1:8080")), "{other}");
        }
        assert!(!asked.have("http://127.0.0.1", None));
    }
}
