//! What a page can end in instead: the user's side (not found, not allowed, not possible)
//! and ours. Each says what to do next, in the user's language.

use crate::cx::{locale_of, view_of};
use crate::texts::Locale;
use crate::ui::{self, Nav, Page};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use yishi_domain::access::State;
use yishi_domain::text::{Personal, TextError};
use yishi_domain::{Denied, Refusal};
use yishi_store::{Failure, Fault};

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
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        Error::Denied(denied)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Denied(denied) => Error::Denied(denied),
            refusal => Error::Refused(refusal),
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
            Error::NotFound | Error::Refused(Refusal::Unknown) => StatusCode::NOT_FOUND,
            Error::Denied(Denied::Stage(_)) => StatusCode::CONFLICT,
            Error::Denied(Denied::SignIn) => StatusCode::SEE_OTHER,
            Error::Denied(_) | Error::Forged => StatusCode::FORBIDDEN,
            Error::Refused(Refusal::Exists | Refusal::Waiting { .. } | Refusal::Evaluated) => {
                StatusCode::CONFLICT
            }
            Error::Refused(_) | Error::Photo(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Malformed => StatusCode::BAD_REQUEST,
            Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the user reads.
    #[must_use]
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Error::NotFound => locale.say("error-not-found"),
            Error::Denied(denied) => denied_text(denied, locale),
            Error::Refused(refusal) => refusal_text(refusal, locale),
            Error::Forged => locale.say("error-forged"),
            Error::Malformed => locale.say("error-malformed"),
            Error::Photo(error) => error.text(locale),
            Error::Fault(_) => locale.say("error-fault"),
        }
    }

    /// Which field of a form it is about.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Error::Refused(Refusal::Text { field, .. }) => Some(field),
            Error::Refused(Refusal::NothingSaid) => Some("text"),
            Error::Refused(Refusal::TooManyPhotos { .. }) | Error::Photo(_) => Some("photos"),
            Error::Refused(Refusal::NoConsent) => Some("consent"),
            Error::Refused(Refusal::Category(_)) => Some("category"),
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
        Denied::Stage(State::Matter(stage)) => {
            locale.with("denied-stage", &[("stage", &ui::stage(*stage, locale))])
        }
        Denied::Stage(state) => {
            let family = match state {
                State::Topic(_) => "topic-stage",
                State::Meeting(_) => "meeting-stage",
                State::Order(_) | State::Matter(_) => "order-stage",
            };
            let stage = locale.say(&format!("{family}-{}", state.word()));
            locale.with("denied-stage-other", &[("stage", &stage)])
        }
        denied => locale.say(&format!("denied-{}", denied.word())),
    }
}

fn refusal_text(refusal: &Refusal, locale: Locale) -> String {
    let key = format!("refusal-{}", refusal.word());
    match refusal {
        Refusal::Denied(denied) => denied_text(denied, locale),
        Refusal::Text { error: TextError::TooLong { have, max }, .. } => {
            locale.with(&key, &[("have", have), ("max", max)])
        }
        Refusal::Text { error: TextError::Personal(kind), .. } => {
            let what = match kind {
                Personal::Phone => "personal-phone",
                Personal::Identity => "personal-identity",
                Personal::Door => "personal-door",
            };
            locale.with(&key, &[("what", &locale.say(what))])
        }
        Refusal::TooManyPhotos { max } => locale.with(&key, &[("max", max)]),
        Refusal::Waiting { waiting, until } => {
            locale.with(&key, &[("waiting", waiting), ("until", &until.deadline_date())])
        }
        Refusal::ShortNotice { earliest } => locale.with(&key, &[("earliest", &earliest.deadline_date())]),
        Refusal::TooEarly { starts } => locale.with(&key, &[("starts", &starts.minute())]),
        Refusal::MeetingStage(stage) => {
            let stage = locale.say(&format!("meeting-stage-{}", stage.word()));
            locale.with(&key, &[("stage", &stage)])
        }
        Refusal::Miscount(miscount) => {
            let sentence = miscount.sentence();
            locale.with(&key, &[("why", &sentence.say(locale.language()))])
        }
        Refusal::MustInvite(kind) => locale.with(&key, &[("kind", &ui::organisation_kind(*kind, locale))]),
        Refusal::NoticeRuns { until } => locale.with(&key, &[("until", &until.deadline_date())]),
        Refusal::Unfinished { orders, matters } => {
            locale.with(&key, &[("orders", orders), ("matters", matters)])
        }
        _ => locale.say(&key),
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

/// Dresses errors as pages in the language of the request.
pub async fn dress(request: Request, next: Next) -> Response {
    let (locale, view) = (locale_of(request.headers()), view_of(request.headers()));
    let here = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let get = request.method() == axum::http::Method::GET;
    let response = next.run(request).await;
    let Some(error) = response.extensions().get::<Error>().cloned() else { return response };
    if matches!(error, Error::Denied(Denied::SignIn)) {
        let back = if get { here } else { "/desk".to_owned() };
        return Redirect::to(&format!("/signin?back={}", ui::encoded(&back))).into_response();
    }
    (error.status(), page(&error, locale, view, &here)).into_response()
}

fn page(error: &Error, locale: Locale, view: crate::View, here: &str) -> Markup {
    let title = locale.say(match error {
        Error::NotFound => "error-title-not-found",
        Error::Denied(_) => "error-title-denied",
        Error::Fault(_) => "error-title-fault",
        _ => "error-title-refused",
    });
    let main = html! {
        h1 { (title) }
        div.notice.bad role="alert" { p { (error.text(locale)) } }
        p { a.button.second href="/" { (locale.say("error-home")) } }
    };
    Page { locale, view, here, title: &title, nav: Nav::None, width: ui::Width::Narrow, main }.render()
}
