//! The courier 信使: brings a message to somebody outside, by mail or as a short message, and is
//! the only crate that calls out. Each call is bounded in time, follows no redirect and reaches no
//! machine of the house that was not named. Who is told what, and when it is tried again, is not
//! known here.

mod guard;
mod mail;
mod settings;
mod sms;

pub use mail::message_id;
pub use settings::{Given, Wrong};

use guard::Guard;
use mail::Post;
use sms::Sms;
use std::time::Duration;
use uuid::Uuid;
use yishi_kernel::mail::MailAddress;
use yishi_kernel::phone::Mobile;

/// How long connecting may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a message may take from the first look-up to the last answer.
const WHOLE: Duration = Duration::from_secs(20);

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id: the same however often it is tried.
    pub id: Uuid,
    /// To whom.
    pub to: To,
    /// What it is about, as a mail's list shows it. Nothing private: it is read on locked screens.
    pub subject: String,
    /// What it says, in plain text.
    pub body: String,
    /// The tag of its language, as `zh-Hans`.
    pub language: &'static str,
}

/// Whom a message goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    /// By electronic mail.
    Mail(MailAddress),
    /// As a short message.
    Mobile(Mobile),
}

yishi_kernel::words! {
    /// Why a message did not arrive (未送达原因). A word and no more: what a server said may name
    /// whom it was for.
    Trouble as "trouble" {
        /// No such way is set.
        NotSet = "not_set",
        /// The server's address is one of the house's own, or special, and was not named.
        Forbidden = "forbidden",
        /// Nobody was reached there.
        Unreachable = "unreachable",
        /// It took too long.
        TimedOut = "timed_out",
        /// The server takes it later.
        Later = "later",
        /// The server refuses it.
        Refused = "refused",
        /// The server sent us elsewhere, which is not followed.
        Redirected = "redirected",
        /// The folder does not take the file.
        Unwritten = "unwritten",
    }
}

impl Trouble {
    /// Whether it is about the server and not about one message: others would fare no better now.
    #[must_use]
    pub fn is_of_the_way(self) -> bool {
        match self {
            Trouble::NotSet
            | Trouble::Forbidden
            | Trouble::Unreachable
            | Trouble::TimedOut
            | Trouble::Redirected
            | Trouble::Unwritten => true,
            Trouble::Later | Trouble::Refused => false,
        }
    }
}

/// The ways there are. Without any it brings nothing.
#[derive(Debug, Default)]
pub struct Courier {
    mail: Option<Post>,
    sms: Option<Sms>,
}

impl Courier {
    /// The courier of these settings; without any, one that brings nothing.
    ///
    /// # Errors
    /// When one cannot be meant so: says which, and how it is written.
    pub fn of(given: &Given) -> Result<Self, Wrong> {
        settings::courier(given)
    }

    /// Where mail goes, where it is set: without the password.
    #[must_use]
    pub fn mail(&self) -> Option<&str> {
        self.mail.as_ref().map(Post::told)
    }

    /// Where short messages go, where they are set: without what proves who we are.
    #[must_use]
    pub fn sms(&self) -> Option<String> {
        self.sms.as_ref().map(Sms::told)
    }

    /// Brings a message.
    ///
    /// # Errors
    /// When it did not arrive, as far as is known: it may have, if the answer was lost.
    pub async fn send(&self, message: &Message) -> Result<(), Trouble> {
        let sent = async {
            match &message.to {
                To::Mail(to) => self.mail.as_ref().ok_or(Trouble::NotSet)?.send(message, to).await,
                To::Mobile(to) => self.sms.as_ref().ok_or(Trouble::NotSet)?.send(message, to).await,
            }
        };
        tokio::time::timeout(WHOLE, sent).await.unwrap_or(Err(Trouble::TimedOut))
    }
}
