//! What the pages of meetings have in common: slips in forms, choices from words of the
//! domain, a text to pass on. No commands and no pages of their own.

use crate::texts::Locale;
use crate::ui::{self, Nav, Page, Width};
use crate::{Cx, Error};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use yishi_kernel::Word;

/// What is wrong with a form that was sent, and where; the page shows it beside what was typed.
#[derive(Clone, Debug)]
pub struct Slip {
    /// Why it was not taken.
    pub error: Error,
    /// The field it is about.
    pub field: Option<String>,
    /// What the user reads.
    pub text: String,
}

impl Slip {
    /// An error of the form whose fields' names begin like this, as `prefix-field`; with no
    /// prefix they are called by the field alone.
    #[must_use]
    pub fn of(error: Error, prefix: &str, t: Locale) -> Self {
        let text = error.text(t);
        let field = error.field().map(|field| match prefix {
            "" => field.to_owned(),
            prefix => format!("{prefix}-{field}"),
        });
        Self { error, field, text }
    }

    /// A field that was left open or does not read.
    #[must_use]
    pub fn open(field: &str, text: String) -> Self {
        Self { error: Error::Malformed, field: Some(field.to_owned()), text }
    }

    /// The text, when it is about this field.
    #[must_use]
    pub fn at(&self, field: &str) -> Option<&str> {
        Some(self.text.as_str()).filter(|_| self.field.as_deref() == Some(field))
    }

    /// The status of a page that shows it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.error {
            Error::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
            ref error => error.status(),
        }
    }

    /// Whether the form can be shown again with it: the user can put it right.
    ///
    /// # Errors
    /// Everything else.
    pub fn mendable(self) -> Result<Self, Error> {
        if self.error.is_mendable() { Ok(self) } else { Err(self.error) }
    }
}

/// The text of a slip at a field.
#[must_use]
pub fn wrong<'a>(slip: Option<&'a Slip>, field: &str) -> Option<&'a str> {
    slip.and_then(|slip| slip.at(field))
}

/// What is wrong with a form, first on the page.
#[must_use]
pub fn summary(t: Locale, slip: Option<&Slip>) -> Markup {
    ui::summary(t, slip.map(|slip| (slip.text.as_str(), slip.field.as_deref())))
}

/// Choices from words of the domain.
#[must_use]
pub fn choices<W: Word>(words: &[W], t: Locale) -> Vec<(String, String)> {
    words.iter().map(|one| (one.as_word().to_owned(), t.word(*one))).collect()
}

/// A text to pass on to a chat group: to be copied in one tap, or by hand.
#[must_use]
pub fn share(text: &str, t: Locale) -> Markup {
    html! {
        section.card.no-print {
            h2 { (t.say("meeting-share")) }
            div.field {
                label for="share" { (t.say("meeting-share-hint")) }
                textarea.share id="share" readonly { (text) }
            }
            button.button.second.js-only type="button" data-copy=(text) data-done=(t.say("copied")) { (t.say("copy-action")) }
        }
    }
}

/// A page of a community for everyone.
#[must_use]
pub fn public(cx: &Cx, slug: &str, keeper: &str, title: &str, main: Markup) -> Markup {
    let nav = Nav::Community { slug: slug.to_owned(), name: keeper.to_owned() };
    let (locale, view, here) = (cx.locale, cx.view, cx.here.as_str());
    Page { locale, view, here, title, nav, width: Width::Narrow, main }.render()
}

/// A page with the status of the slip it shows.
#[must_use]
pub fn answer(slip: &Slip, page: Markup) -> Response {
    (slip.status(), page).into_response()
}
