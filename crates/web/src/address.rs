//! Whether what is printed under the public address leads anywhere: a code that points to the
//! machine itself opens nothing on anybody's phone. How the address is kept is the store's.

use crate::{Cx, Error};
use maud::{Markup, html};
use std::net::IpAddr;

/// Whether an address is that of the machine itself, whoever opens it.
#[must_use]
pub fn stays_here(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let itself = |ip: IpAddr| {
        let ip = ip.to_canonical();
        ip.is_loopback() || ip.is_unspecified()
    };
    match host.parse::<IpAddr>() {
        Ok(ip) => itself(ip),
        // 127.1 and 0 are numbers of this machine as well.
        Err(_) if host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => {
            host.is_empty() || host == "0" || host.starts_with("127.")
        }
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// What stands above a sheet to put up.
#[derive(Debug)]
pub enum Posting {
    /// It leads here; of a demonstration it says that it is one.
    Fit(Markup),
    /// It would lead nowhere, and what to do.
    Refused(Markup),
}

/// Whether sheets to put up can be printed under the address that the program has.
///
/// # Errors
/// When the store fails.
pub async fn posting(cx: &Cx) -> Result<Posting, Error> {
    let t = cx.locale;
    if !stays_here(&cx.app.public_url) {
        return Ok(Posting::Fit(html! {}));
    }
    if cx.app.office.db.is_demo().await? {
        return Ok(Posting::Fit(html! { p.small { strong { (t.say("address-demo")) } } }));
    }
    let url = &cx.app.public_url;
    Ok(Posting::Refused(html! {
        div.notice.warn role="alert" {
            p { strong { (t.say("address-refused")) } }
            p { (t.with("address-here", &[("url", url)])) }
            pre.commands { code { "yishi address --data DIR https://…" } }
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_the_machine_itself_is_known_however_it_is_written() {
        for url in [
            "http://127.0.0.1:8080",
            "http://127.0.0.1",
            "https://127.9.9.9/yishi",
            "http://127.1:80",
            "http://localhost:8080",
            "http://LOCALHOST.",
            "http://yishi.localhost",
            "http://0.0.0.0:8080",
            "http://0",
            "http://[::1]:8080",
            "http://[::]",
            "http://[::ffff:127.0.0.1]:80",
            "http://somebody@localhost/",
            "http://",
        ] {
            assert!(stays_here(url), "{url}");
        }
        for url in [
            "https://yishi.example",
            "http://192.168.1.20:8080",
            "http://10.0.0.5",
            "http://127.0.0.1.example",
            "http://localhost.example",
            "http://[2001:db8::1]",
            "https://yishi.example/127.0.0.1",
            "http://shequ.local",
        ] {
            assert!(!stays_here(url), "{url}");
        }
    }
}
