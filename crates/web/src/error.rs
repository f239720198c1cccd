//! What a page can end in instead: the user's side (not found, not allowed, not possible)
//! and ours. Each says what to do next, in the user's language, and gives back what was
//! typed: kept for whoever signs in again, or on the page itself, ready to be copied.

use crate::cx::{locale_of, view_of};
use crate::drafts::{Draft, TooLarge};
use crate::layers::RequestId;
use crate::sent::{Slot, Typed, Whose};
use crate::texts::Locale;
use crate::ui::{self, Nav, Page};
use crate::{App, View};
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use yishi_kernel::refusal::{Arg, Args, Kind, Refuse};
use yishi_kernel::{Denied, Refusal};
use yishi_office::Failure;
use yishi_store::Fault;

/// Why a request did not do what it asked for.
#[derive(Clone, Debug)]
pub enum Error {
    /// There is no such page.
    NotFound,
    /// This actor may not.
    Denied(Denied),
    /// The rules say no.
    Refused(Refusal),
    /// The form did not come from our page, or its session is over.
    Forged,
    /// The form does not read.
    Malformed,
    /// A photo was not taken.
    Photo(crate::photos::PhotoError),
    /// Something of ours is broken.
    Fault(Arc<Fault>),
    /// Something of ours is broken, in a way nobody thought of.
    Panicked,
    /// It took too long.
    Late,
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Error::Denied(denied)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal.denied() {
            Some(denied) => Error::Denied(denied.clone()),
            None => Error::Refused(refusal),
        }
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Error::Fault(Arc::new(fault))
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

impl From<crate::photos::PhotoError> for Error {
    fn from(error: crate::photos::PhotoError) -> Self {
        Error::Photo(error)
    }
}

impl Error {
    /// The status that goes with it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Error::NotFound => StatusCode::NOT_FOUND,
            Error::Denied(Denied::Stage(_)) => StatusCode::CONFLICT,
            Error::Denied(Denied::SignIn) => StatusCode::SEE_OTHER,
            Error::Denied(_) | Error::Forged => StatusCode::FORBIDDEN,
            Error::Refused(refusal) => match refusal.kind() {
                Kind::Missing => StatusCode::NOT_FOUND,
                Kind::Conflict => StatusCode::CONFLICT,
                Kind::Denied => StatusCode::FORBIDDEN,
                Kind::Rule => StatusCode::UNPROCESSABLE_ENTITY,
            },
            Error::Photo(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Malformed => StatusCode::BAD_REQUEST,
            Error::Fault(_) | Error::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Error::Late => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What the user reads.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Error::NotFound => locale.say("error-not-found"),
            Error::Denied(denied) => denied_text(denied, locale),
            Error::Refused(refusal) => said(&format!("refusal-{}", refusal.word()), refusal.args(), locale),
            Error::Forged => locale.say("error-forged"),
            Error::Malformed => locale.say("error-malformed"),
            Error::Photo(error) => error.text(locale),
            Error::Fault(_) | Error::Panicked => locale.say("error-fault"),
            Error::Late => locale.say("error-late"),
        }
    }

    /// Whether a form can be shown again with it: the user can put it right.
    #[must_use]
    pub fn is_mendable(&self) -> bool {
        match self {
            Error::Refused(refusal) => refusal.kind() != Kind::Missing,
            Error::Photo(_) | Error::Malformed | Error::Denied(Denied::Stage(_)) => true,
            _ => false,
        }
    }

    /// Which field of a form it is about.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Error::Refused(refusal) => refusal.field(),
            Error::Photo(_) => Some("photos"),
            _ => None,
        }
    }
}

fn denied_text(denied: &Denied, locale: Locale) -> String {
    match denied {
        Denied::Role { may } => {
            let roles: Vec<String> = may.iter().map(|role| ui::role(*role, locale)).collect();
            locale.with("denied-role", &[("roles", &roles.join(" · "))])
        }
        denied => {
            let key = match denied {
                // Of a matter it is said otherwise than of anything else.
                Denied::Stage(stage) if stage.family != "stage" => "denied-stage-other".to_owned(),
                denied => format!("denied-{}", Refuse::word(denied)),
            };
            said(&key, denied.args(), locale)
        }
    }
}

/// Any reason of any feature, in the reader's language.
fn said(key: &str, args: Args, locale: Locale) -> String {
    let values: Vec<(&str, String)> =
        args.into_iter().map(|(name, arg)| (name, value(arg, locale))).collect();
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    locale.with(key, &values)
}

fn value(arg: Arg, locale: Locale) -> String {
    match arg {
        Arg::Number(number) => number.to_string(),
        Arg::Text(text) => text,
        Arg::Day(moment) => moment.deadline_date().to_string(),
        Arg::Minute(moment) => moment.minute(),
        Arg::Word { family, word } => locale.say(&format!("{family}-{word}")),
        Arg::Said { zh, en } => match locale {
            Locale::ZhHans => zh,
            Locale::En => en,
        },
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Error::Fault(fault) = &self {
            tracing::error!(%fault, "a request failed");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Dresses an answer that is an error as a page in the language of its request, and looks after
/// what was typed.
pub(crate) fn dress(app: &App, frame: Frame, response: Response) -> Response {
    let Some(error) = response.extensions().get::<Error>().cloned() else { return response };
    let typed = frame.slot.take();
    match (&error, typed) {
        (Error::Denied(Denied::SignIn), Some(typed)) if typed.whose == Whose::Ended => {
            let kept = keep(app, &typed);
            sign_in(typed.page.as_str(), Some(kept))
        }
        (Error::Denied(Denied::SignIn), _) => {
            sign_in(if frame.method == Method::GET { &frame.here } else { "/desk" }, None)
        }
        // The same account has signed in anew meanwhile: it gets its form back at once.
        (Error::Forged, Some(typed)) if typed.whose == Whose::Own => match keep(app, &typed) {
            Kept::Nothing | Kept::Draft => typed.page.redirect().into_response(),
            Kept::TooLarge => frame.page(&error, &error.text(frame.locale), &typed.texts()),
        },
        // Another account is signed in now, and must not see it.
        (Error::Forged, Some(typed)) if typed.whose == Whose::Anothers => {
            let key = match keep(app, &typed) {
                Kept::Draft => "error-others-form-kept",
                Kept::Nothing | Kept::TooLarge => "error-others-form",
            };
            frame.page(&error, &frame.locale.say(key), &[])
        }
        (error, typed) => {
            let typed = typed.as_ref().map(Typed::texts).unwrap_or_default();
            frame.page(error, &error.text(frame.locale), &typed)
        }
    }
}

/// What became of what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Draft,
    TooLarge,
}

fn keep(app: &App, typed: &Typed) -> Kept {
    if !typed.is_worth_keeping() {
        return Kept::Nothing;
    }
    let draft = Draft { values: typed.values.clone(), photos: typed.photos, at: app.office.now() };
    match app.drafts.keep(&typed.who, typed.page.as_str(), draft) {
        Ok(()) => Kept::Draft,
        Err(TooLarge) => Kept::TooLarge,
    }
}

/// The way to sign in, and back.
fn sign_in(back: &str, kept: Option<Kept>) -> Response {
    let told = match kept {
        Some(Kept::Draft) => "&typed=kept",
        Some(Kept::TooLarge) => "&typed=lost",
        Some(Kept::Nothing) | None => "",
    };
    Redirect::to(&format!("/signin?back={}{told}", ui::encoded(back))).into_response()
}

/// What an error page needs of its request: kept before the request is gone.
pub(crate) struct Frame {
    locale: Locale,
    view: View,
    method: Method,
    here: String,
    id: Option<RequestId>,
    /// Where what was typed is left.
    slot: Slot,
}

impl Frame {
    /// What is needed of this request.
    pub fn of(request: &mut Request) -> Self {
        let slot = Slot::default();
        request.extensions_mut().insert(slot.clone());
        Self {
            locale: locale_of(request.headers()),
            view: view_of(request.headers()),
            method: request.method().clone(),
            here: request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            id: request.extensions().get::<RequestId>().cloned(),
            slot,
        }
    }

    fn page(&self, error: &Error, text: &str, typed: &[&str]) -> Response {
        let t = self.locale;
        let title = t.say(match error {
            Error::NotFound => "error-title-not-found",
            Error::Denied(_) => "error-title-denied",
            Error::Fault(_) | Error::Panicked => "error-title-fault",
            Error::Late => "error-title-late",
            _ => "error-title-refused",
        });
        let main = html! {
            h1 { (title) }
            div.notice.bad role="alert" { p { (text) } }
            (typed_texts(typed, t))
            p { a.button.second href="/" { (t.say("error-home")) } }
            @if let Some(id) = &self.id { p.small.soft { (t.with("error-number", &[("number", &id)])) } }
        };
        let (locale, view, here) = (t, self.view, self.here.as_str());
        let page = Page { locale, view, here, title: &title, nav: Nav::None, width: ui::Width::Narrow, main };
        (error.status(), page.render()).into_response()
    }
}

/// What was typed and could not be taken, ready to be copied.
#[must_use]
pub(crate) fn typed_texts(typed: &[&str], t: Locale) -> Markup {
    html! {
        @if !typed.is_empty() {
            section.card {
                h2 { (t.say("typed-title")) }
                @for (n, text) in typed.iter().enumerate() {
                    textarea.share readonly aria-label=(t.with("typed-part", &[("number", &(n + 1))])) { (text) }
                }
            }
        }
    }
}
