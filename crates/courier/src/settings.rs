//! Settings as they are written on the command line: read once, when the program starts, so that
//! a mistake is told then and not with the first message.

use crate::Courier;
use crate::guard::Guard;
use crate::mail::{Post, Secured};
use crate::sms::{Gateway, Sms};
use lettre::message::Mailbox;
use std::path::PathBuf;
use url::{Host, Url};

/// What was given.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The address that mail comes from, with a name or without.
    pub mail_from: Option<String>,
    /// The server that takes mail.
    pub smtp: Option<String>,
    /// The folder in which each short message becomes a file.
    pub sms_dir: Option<PathBuf>,
    /// The address that takes short messages.
    pub sms_url: Option<String>,
    /// By what that address knows us.
    pub sms_token: Option<String>,
    /// Hosts that may be reached though they are no public ones.
    pub allow: Vec<String>,
    /// The address under which people reach the program.
    pub outside: String,
}

/// A setting that cannot be meant so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// No address.
    #[error("--mail-from is like 杏林社区 <yishi@example.cn>")]
    From,
    /// One without the other.
    #[error("mail needs both --mail-from and --smtp")]
    Half,
    /// No server.
    #[error(
        "--smtp is like smtps://user:password@mail.example.cn or smtp://user:password@mail.example.cn:587; \
         smtp+plain://HOST:25, which is not encrypted, is for a HOST named by --courier-allow"
    )]
    Smtp,
    /// No folder.
    #[error("--sms-dir {0} is no folder: make it, and let the program write there")]
    Folder(String),
    /// Two ways for one thing.
    #[error("short messages go by --sms-dir or by --sms-url, not by both")]
    Both,
    /// No address that takes them.
    #[error(
        "--sms-url is like https://sms.example.cn/send, without name and password: those are --sms-token; \
         http:// is for a host named by --courier-allow"
    )]
    Gateway,
    /// The token would not fit into a line.
    #[error("--sms-token is one line of plain characters, and goes with --sms-url")]
    Token,
}

/// The courier of these settings.
pub(crate) fn courier(given: &Given) -> Result<Courier, Wrong> {
    let guard = Guard(given.allow.iter().map(|host| host.trim().to_owned()).collect());
    // Whoever is asked from where the mail comes says the name people know it by.
    let outside = Url::parse(&given.outside).ok();
    let outside = outside.as_ref().and_then(Url::host_str).unwrap_or("yishi.invalid").to_owned();
    let mail = match (&given.mail_from, &given.smtp) {
        (None, None) => None,
        (Some(from), Some(smtp)) => Some(post(from, smtp, guard.clone(), outside)?),
        (Some(_), None) | (None, Some(_)) => return Err(Wrong::Half),
    };
    let sms = match (&given.sms_dir, &given.sms_url) {
        (None, None) if given.sms_token.is_some() => return Err(Wrong::Token),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(Wrong::Both),
        (Some(_), None) if given.sms_token.is_some() => return Err(Wrong::Token),
        (Some(folder), None) if folder.is_dir() => Some(Sms::Folder(folder.clone())),
        (Some(folder), None) => return Err(Wrong::Folder(folder.display().to_string())),
        (None, Some(url)) => Some(Sms::Gateway(gateway(url, given.sms_token.as_deref(), guard)?)),
    };
    Ok(Courier { mail, sms })
}

fn post(from: &str, smtp: &str, guard: Guard, outside: String) -> Result<Post, Wrong> {
    let from: Mailbox = from.parse().map_err(|_| Wrong::From)?;
    if from.name.as_ref().is_some_and(|name| name.contains(char::is_control)) {
        return Err(Wrong::From);
    }
    let url = Url::parse(smtp).map_err(|_| Wrong::Smtp)?;
    // Such a scheme is unknown to the library, which then takes a number for a name.
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Wrong::Smtp)?.to_owned();
    let (secured, usual) = match url.scheme() {
        "smtps" => (Secured::FromTheStart, 465),
        "smtp" => (Secured::BeforeAll, 587),
        "smtp+plain" if guard.names(&host) => (Secured::Not, 25),
        _ => return Err(Wrong::Smtp),
    };
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err(Wrong::Smtp);
    }
    let word = |word: &str| {
        let word = format!("w={}", word.replace('+', "%2B"));
        url::form_urlencoded::parse(word.as_bytes()).next().map(|(_, word)| word.into_owned())
    };
    let login = match (url.username(), url.password()) {
        ("", None) => None,
        ("", Some(_)) | (_, None) => return Err(Wrong::Smtp),
        (user, Some(password)) => Some((word(user).ok_or(Wrong::Smtp)?, word(password).ok_or(Wrong::Smtp)?)),
    };
    let port = url.port().unwrap_or(usual);
    let told = format!("{}://{host}:{port} ({from})", url.scheme());
    Ok(Post { from, host, port, secured, login, guard, outside, told })
}

fn gateway(url: &str, token: Option<&str>, guard: Guard) -> Result<Gateway, Wrong> {
    let url = Url::parse(url).map_err(|_| Wrong::Gateway)?;
    let host = match url.host() {
        Some(Host::Domain(host)) => host.to_owned(),
        Some(_) => url.host_str().unwrap_or_default().to_owned(),
        None => return Err(Wrong::Gateway),
    };
    let plain = url.scheme() == "http" && guard.names(&host);
    if !(plain || url.scheme() == "https") || !url.username().is_empty() || url.password().is_some() {
        return Err(Wrong::Gateway);
    }
    let fits = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    if token.is_some_and(|token| !fits(token)) {
        return Err(Wrong::Token);
    }
    Ok(Gateway::new(url, host, token, guard))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn given(from: &str, smtp: &str) -> Given {
        let (mail_from, smtp) = (Some(from.to_owned()), Some(smtp.to_owned()));
        let allow = vec!["10.0.0.9".to_owned()];
        Given { mail_from, smtp, allow, outside: "https://yishi.example".to_owned(), ..Given::default() }
    }

    #[test]
    fn servers_are_told_without_their_passwords() {
        for (smtp, told) in [
            ("smtps://lin:p%40ss@mail.example.cn", "smtps://mail.example.cn:465"),
            ("smtp://lin:p%40ss@mail.example.cn", "smtp://mail.example.cn:587"),
            ("smtp+plain://10.0.0.9", "smtp+plain://10.0.0.9:25"),
        ] {
            let courier = courier(&given("杏林社区 <yishi@example.cn>", smtp)).unwrap();
            let mail = courier.mail().unwrap();
            assert!(mail.starts_with(told) && !mail.contains("ss"), "{mail}");
        }
        let courier = courier(&given("yishi@example.cn", "smtps://lin%2Ba:p%40s+s@mail.example.cn")).unwrap();
        let login = courier.mail.unwrap().login.unwrap();
        assert_eq!((login.0.as_str(), login.1.as_str()), ("lin+a", "p@s+s"));
    }

    #[test]
    fn what_cannot_be_meant_is_told_at_the_start() {
        for (from, smtp, wrong) in [
            ("杏林社区", "smtps://mail.example.cn", Wrong::From),
            ("a\r\nBcc: x@example.cn <yishi@example.cn>", "smtps://mail.example.cn", Wrong::From),
            ("yishi@example.cn", "mail.example.cn", Wrong::Smtp),
            ("yishi@example.cn", "https://mail.example.cn", Wrong::Smtp),
            ("yishi@example.cn", "smtps://lin@mail.example.cn", Wrong::Smtp),
            ("yishi@example.cn", "smtps://mail.example.cn/inbox", Wrong::Smtp),
            // Not encrypted, and nobody said that it is a machine of the house.
            ("yishi@example.cn", "smtp+plain://mail.example.cn", Wrong::Smtp),
        ] {
            assert_eq!(courier(&given(from, smtp)).unwrap_err(), wrong, "{from} {smtp}");
        }
        let half = Given { smtp: None, ..given("yishi@example.cn", "") };
        assert_eq!(courier(&half).unwrap_err(), Wrong::Half);
        for url in
            ["http://sms.example.cn/send", "https://lin:x@sms.example.cn", "ftp://sms.example.cn", "sms"]
        {
            let given = Given { sms_url: Some(url.to_owned()), ..Given::default() };
            assert_eq!(courier(&given).unwrap_err(), Wrong::Gateway, "{url}");
        }
        let folder = Given { sms_dir: Some("/nowhere/at/all".into()), ..Given::default() };
        assert!(courier(&folder).unwrap_err().to_string().contains("/nowhere/at/all"));
        let none = courier(&Given::default()).unwrap();
        assert_eq!((none.mail(), none.sms()), (None, None));
    }
}
