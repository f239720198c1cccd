//! Electronic mail by one server of whoever runs the program, which takes it from there. Composed
//! as plain text, one message a connection: a community sends a few a day.

use crate::{CONNECT, Guard, Message, Trouble};
use lettre::address::Envelope;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use std::fmt;
use uuid::Uuid;
use yishi_kernel::mail::MailAddress;

/// When the connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secured {
    /// Before anything is said (465).
    FromTheStart,
    /// By STARTTLS, before anything but greetings is said (587).
    BeforeAll,
    /// Not: to a machine of the house that was named.
    Not,
}

/// The server that takes mail.
pub(crate) struct Post {
    pub(crate) from: Mailbox,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) secured: Secured,
    pub(crate) login: Option<(String, String)>,
    pub(crate) guard: Guard,
    /// The host under which people reach the program.
    pub(crate) outside: String,
    pub(crate) told: String,
}

impl fmt::Debug for Post {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Post").field(&self.told).finish()
    }
}

/// The Message-ID of a message: it follows from its id and the host that people know us by, so that
/// whoever gets it twice sees that it is one.
#[must_use]
pub fn message_id(id: Uuid, outside: &str) -> String {
    format!("<{id}@{outside}>")
}

/// Answers of machines, and ours to them, are not for programs that answer by themselves
/// (RFC 3834).
#[derive(Clone, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// The language of the text (RFC 3282).
#[derive(Clone, Debug)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(tag: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(tag.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

impl Post {
    pub(crate) fn told(&self) -> &str {
        &self.told
    }

    /// The mail of a message.
    fn composed(&self, message: &Message, to: &MailAddress) -> Result<lettre::Message, Trouble> {
        // The library breaks lines of a head by itself; whoever writes one here adds no line of theirs.
        let subject = message.subject.split(char::is_control).collect::<Vec<_>>().join(" ");
        let to: Mailbox = to.as_str().parse().map_err(|_| Trouble::Refused)?;
        let part = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(message.body.clone());
        lettre::Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .message_id(Some(message_id(message.id, &self.outside)))
            .header(AutoSubmitted)
            .header(ContentLanguage(message.language.to_owned()))
            .singlepart(part)
            .map_err(|_| Trouble::Refused)
    }

    /// Hands a message to the server.
    pub(crate) async fn send(&self, message: &Message, to: &MailAddress) -> Result<(), Trouble> {
        let mail = self.composed(message, to)?;
        let hello = ClientId::Domain(self.outside.clone());
        let mut server = self.connected(&hello).await?;
        let sent = self.hand_over(&mut server, &hello, mail.envelope(), &mail.formatted()).await;
        if sent.is_ok() {
            // It was taken: a farewell that fails changes nothing of that.
            drop(server.quit().await);
        }
        sent
    }

    async fn hand_over(
        &self,
        server: &mut AsyncSmtpConnection,
        hello: &ClientId,
        envelope: &Envelope,
        mail: &[u8],
    ) -> Result<(), Trouble> {
        if self.secured == Secured::BeforeAll {
            server.starttls(self.tls()?, hello).await.map_err(|error| trouble(&error))?;
        }
        if let Some((user, password)) = &self.login {
            let known = Credentials::new(user.clone(), password.clone());
            server.auth(DEFAULT_MECHANISMS, &known).await.map_err(|error| trouble(&error))?;
        }
        server.send(envelope, mail).await.map(drop).map_err(|error| trouble(&error))
    }

    /// A connection to one of the addresses that were checked.
    async fn connected(&self, hello: &ClientId) -> Result<AsyncSmtpConnection, Trouble> {
        let mut last = Trouble::Unreachable;
        for address in self.guard.addresses(&self.host, self.port).await? {
            let tls = match self.secured {
                Secured::FromTheStart => Some(self.tls()?),
                Secured::BeforeAll | Secured::Not => None,
            };
            match AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT), hello, tls, None).await {
                Ok(server) => return Ok(server),
                Err(error) => last = trouble(&error),
            }
        }
        Err(last)
    }

    fn tls(&self) -> Result<TlsParameters, Trouble> {
        TlsParameters::new(self.host.clone()).map_err(|_| Trouble::Unreachable)
    }
}

/// What became of it, in a word.
fn trouble(error: &Error) -> Trouble {
    if error.is_transient() {
        Trouble::Later
    } else if error.is_permanent() {
        Trouble::Refused
    } else if error.is_timeout() {
        Trouble::TimedOut
    } else {
        Trouble::Unreachable
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{Courier, Given, To};

    #[test]
    fn a_line_of_the_head_is_one_whatever_stands_in_it() {
        let courier = Courier::of(&Given {
            mail_from: Some("杏林社区 <yishi@example.cn>".to_owned()),
            smtp: Some("smtps://mail.example.cn".to_owned()),
            outside: "https://yishi.example/place".to_owned(),
            ..Given::default()
        });
        let message = Message {
            id: Uuid::from_u128(7),
            to: To::Mail("lin@example.cn".parse().unwrap()),
            subject: "有进展\r\nBcc: all@example.cn\r\n\r\n全文".to_owned(),
            body: ".\r\n请看回执。\n".to_owned(),
            language: "zh-Hans",
        };
        let mail = courier.unwrap().mail.unwrap().composed(&message, &"lin@example.cn".parse().unwrap());
        let text = String::from_utf8(mail.unwrap().formatted()).unwrap();
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        for line in [
            "Message-ID: <00000000-0000-0000-0000-000000000007@yishi.example>",
            "Auto-Submitted: auto-generated",
            "Content-Language: zh-Hans",
            "To: lin@example.cn",
        ] {
            assert!(head.lines().any(|one| one == line), "{line} in {head}");
        }
    }
}
