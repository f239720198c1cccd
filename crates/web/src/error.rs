//! What a page can end in instead: the user's side (not found, not allowed, not possible)
//! and ours. Each says what to do next, in the user's language, and gives back what was
//! typed: kept for whoever signs in again, or on the page itself, ready to be copied.

use crate::bearer::{TurnedDown, is_interface};
use crate::cx::{language_of, view_of};
use crate::drafts::{Draft, Photos, TooLarge};
use crate::layers::RequestId;
use crate::local;
use crate::sent::{Extent, Typed, Whose};
use crate::texts::Locale;
use crate::tries::Wait;
use crate::ui::{self, Nav, Page};
use crate::{App, View};
use axum::Json;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Serialize;
use std::sync::Arc;
use yishi_kernel::refusal::{Arg, Args, Kind, Refuse};
use yishi_kernel::{Denied, Refusal};
use yishi_office::Failure;
use yishi_office::places::local::Local;
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
    /// The form came from another site, or under another name than ours.
    Elsewhere,
    /// The form does not read.
    Malformed,
    /// The form came only in part.
    Cut,
    /// The request was turned away before a page looked at it, with this status: its path, its
    /// query or its size.
    TurnedAway(StatusCode),
    /// A photo was not taken.
    Photo(crate::photos::PhotoError),
    /// Something of ours is broken.
    Fault(Arc<Fault>),
    /// Something of ours is broken, in a way nobody thought of.
    Panicked,
    /// It took too long.
    Late,
    /// Too much came from there without signing in, or with one token.
    TooMany(Wait),
    /// A partner's program has no token that holds here, or hands in what does not read.
    TurnedDown(TurnedDown),
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
            Error::Denied(_) | Error::Forged | Error::Elsewhere => StatusCode::FORBIDDEN,
            Error::Refused(refusal) => match refusal.kind() {
                Kind::Missing => StatusCode::NOT_FOUND,
                Kind::Conflict => StatusCode::CONFLICT,
                Kind::Denied => StatusCode::FORBIDDEN,
                Kind::Rule => StatusCode::UNPROCESSABLE_ENTITY,
            },
            Error::Photo(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Error::Malformed | Error::Cut => StatusCode::BAD_REQUEST,
            Error::TurnedAway(status) => *status,
            Error::Fault(fault) if fault.passes() => StatusCode::SERVICE_UNAVAILABLE,
            Error::Fault(_) | Error::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            Error::Late => StatusCode::SERVICE_UNAVAILABLE,
            Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Error::TurnedDown(why) => why.status(),
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
            Error::Elsewhere => locale.say("error-elsewhere"),
            Error::Malformed => locale.say("error-malformed"),
            Error::Cut => locale.say("error-cut"),
            Error::Photo(error) => error.text(locale),
            Error::TurnedAway(StatusCode::PAYLOAD_TOO_LARGE) => locale.say("error-too-large"),
            Error::TurnedAway(_) => locale.say("error-not-found"),
            Error::Fault(fault) if fault.passes() => locale.say("error-busy"),
            Error::Fault(_) | Error::Panicked => locale.say("error-fault"),
            Error::Late => locale.say("error-late"),
            Error::TooMany(wait) => locale.with("error-too-many", &[("seconds", &wait.seconds)]),
            Error::TurnedDown(TurnedDown::NotJson(why)) => locale.with("token-not-json", &[("why", why)]),
            Error::TurnedDown(why) => locale.say(why.key()),
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

    /// Whether nothing but how it came was wrong with what was sent: it may be sent again. What
    /// came from elsewhere may not: a button of ours would make it look like ours.
    fn may_be_sent_again(&self) -> bool {
        match self {
            Error::Fault(_) | Error::Panicked | Error::Late | Error::TooMany(_) | Error::Cut => true,
            Error::TurnedAway(status) => *status == StatusCode::PAYLOAD_TOO_LARGE,
            _ => false,
        }
    }

    /// After how many seconds it makes sense to try again, where that can be said.
    fn seconds(&self) -> Option<u64> {
        match self {
            Error::Fault(fault) if fault.passes() => Some(30),
            Error::TooMany(wait) => Some(wait.seconds),
            _ => None,
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
        Arg::Day(moment) => locale.day(moment.deadline_date()),
        Arg::Minute(moment) => locale.time(moment),
        Arg::Word { family, word } => locale.say(&format!("{family}-{word}")),
        Arg::Said { zh, en } => locale.pick(zh, en),
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

/// What an answer says went wrong, if something did.
pub(crate) fn of(response: &Response) -> Option<Error> {
    response.extensions().get::<Error>().cloned().or_else(|| turned_away(response))
}

/// Dresses an error as a page in the language of its request, and looks after what was typed.
pub(crate) fn dress(app: &App, frame: Frame, error: &Error, typed: Option<Typed>) -> Response {
    if is_interface(&frame.here) {
        return frame.problem(error);
    }
    let text = error.text(frame.locale);
    match (error, typed) {
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
            Kept::TooLarge => frame.page(error, &text, &typed_texts(&typed.texts(), frame.locale)),
        },
        // Another account is signed in now, and must not see it.
        (_, Some(typed)) if typed.whose == Whose::Anothers => {
            let key = match keep(app, &typed) {
                Kept::Draft => "error-others-form-kept",
                Kept::Nothing | Kept::TooLarge => "error-others-form",
            };
            frame.page(error, &frame.locale.say(key), &html! {})
        }
        (error, typed) => {
            let address = app.public_origin().filter(|_| matches!(error, Error::Elsewhere));
            let more = html! {
                @if let Some(address) = address {
                    p { (frame.locale.say("error-address")) " " a href=(address) { (address) } }
                }
                @if let Some(typed) = &typed { (frame.typed(app, error, typed)) }
            };
            frame.page(error, &text, &more)
        }
    }
}

/// What the router and the readers of paths, queries and bodies answer is plain text, or
/// nothing at all: no page of ours, nor an answer of the API.
fn turned_away(response: &Response) -> Option<Error> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_none_or(|kind| kind.starts_with("text/plain")).then_some(Error::TurnedAway(status))
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

/// What went wrong, as programs read it (RFC 9457).
#[derive(Serialize)]
struct Problem<'a> {
    r#type: &'static str,
    title: &'a str,
    status: u16,
    /// What to do next.
    detail: &'a str,
    /// The field that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    /// The request's number, to be told on the telephone.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
}

/// What an error page needs of its request: kept before the request is gone.
pub(crate) struct Frame {
    locale: Locale,
    /// What is said of the place that the page belongs to.
    local: Arc<Local>,
    view: View,
    method: Method,
    route: Option<MatchedPath>,
    here: String,
    id: Option<RequestId>,
}

impl Frame {
    /// What is needed of this request.
    pub fn of(request: &Request) -> Self {
        Self {
            locale: language_of(request.headers()).into(),
            local: Arc::default(),
            route: request.extensions().get::<MatchedPath>().cloned(),
            view: view_of(request.headers()),
            method: request.method().clone(),
            here: request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            id: request.extensions().get::<RequestId>().cloned(),
        }
    }

    /// The same, knowing its place.
    pub async fn located(self, app: &App) -> Self {
        let local = local::of_error(app, self.route.as_ref(), &self.here).await;
        Self { locale: self.locale.of(local.kinds), local, ..self }
    }

    /// What was typed, and the way to send it again: its page filled in, the form as it was, or
    /// as much of it as came, to be put right. Else it can be copied.
    fn typed(&self, app: &App, error: &Error, typed: &Typed) -> Markup {
        let t = self.locale;
        let mends = error.may_be_sent_again();
        let accounts = matches!(typed.whose, Whose::Own | Whose::Ended);
        let on_its_page = accounts && (mends || matches!(error, Error::Elsewhere));
        let again = match typed.extent {
            _ if on_its_page && keep(app, typed) == Kept::Draft => html! {
                p { (t.say("error-kept")) }
                p { a.button href=(typed.page.as_str()) { (t.say("error-back")) } }
            },
            Extent::Part if mends && typed.whose == Whose::Nobodys && typed.is_worth_keeping() => {
                return self.form(typed, &self.part(typed), "error-again-put-right");
            }
            Extent::Whole if mends && typed.whose == Whose::Nobodys => {
                let same = html! { @for (name, value) in &typed.values.0 { (ui::hidden(name, value)) } };
                self.form(typed, &same, "error-again")
            }
            Extent::Whole | Extent::Part | Extent::NoSecret => html! {},
        };
        html! {
            (self.no_photos(typed))
            (again)
            (typed_texts(&typed.texts(), t))
        }
    }

    fn no_photos(&self, typed: &Typed) -> Markup {
        html! { @if typed.photos == Photos::Lost { p { (self.locale.say("error-again-no-photos")) } } }
    }

    /// Sends it again as it was sent, with its marks where they are still to be judged.
    fn form(&self, typed: &Typed, inner: &Markup, send: &str) -> Markup {
        html! {
            form method="post" action=(self.here) enctype=[typed.encoding] {
                (inner)
                (ui::submit(&self.locale.say(send), ""))
            }
        }
    }

    /// As much as came: what was written can be put right.
    fn part(&self, typed: &Typed) -> Markup {
        let t = self.locale;
        let (texts, last) = (typed.texts(), typed.last());
        html! {
            h2 { (t.say("typed-title")) }
            p { (t.say("error-again-part")) }
            (self.no_photos(typed))
            @for (n, (name, value)) in typed.values.0.iter().enumerate() {
                @if texts.contains(&value.as_str()) || last == Some(n) {
                    textarea name=(name) rows="6" aria-label=(t.with("typed-part", &[("number", &(n + 1))])) { (value) }
                } @else {
                    (ui::hidden(name, value))
                }
            }
        }
    }

    /// What a program is told (RFC 9457): what went wrong, in which field, and what to do next.
    fn problem(&self, error: &Error) -> Response {
        let status = error.status();
        let status = if status.is_redirection() { StatusCode::FORBIDDEN } else { status };
        let t = self.locale;
        let detail = match error {
            // Nothing of a form here: neither button nor photos.
            Error::TooMany(wait) => t.with("token-too-many", &[("seconds", &wait.seconds)]),
            Error::TurnedAway(StatusCode::PAYLOAD_TOO_LARGE) => t.say("token-too-large"),
            error => error.text(t),
        };
        let problem = Problem {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail: &detail,
            field: error.field(),
            request: self.id.as_ref().map(ToString::to_string),
        };
        let mut response = (status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Error::TurnedDown(why) = error
            && let Some(challenge) = why.challenge()
        {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(seconds) = error.seconds() {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    fn page(&self, error: &Error, text: &str, more: &Markup) -> Response {
        let t = self.locale;
        let title = t.say(match error {
            Error::TurnedAway(StatusCode::PAYLOAD_TOO_LARGE) => "error-title-refused",
            Error::NotFound | Error::TurnedAway(_) => "error-title-not-found",
            Error::Denied(_) => "error-title-denied",
            Error::Fault(fault) if fault.passes() => "error-title-busy",
            Error::Fault(_) | Error::Panicked => "error-title-fault",
            Error::Late => "error-title-late",
            Error::TooMany(_) => "error-title-too-many",
            _ => "error-title-refused",
        });
        let main = html! {
            h1 { (title) }
            div.notice.bad role="alert" { p { (text) } }
            (more)
            (local::line(&self.local, t))
            p { a.button.second href="/" { (t.say("error-home")) } }
            @if let Some(id) = &self.id { p.small.soft { (t.with("error-number", &[("number", &id)])) } }
        };
        let (locale, view, here) = (t, self.view, self.here.as_str());
        let page = Page { locale, view, here, title: &title, nav: Nav::None, width: ui::Width::Narrow, main };
        let mut response = (error.status(), page.render()).into_response();
        if let Some(seconds) = error.seconds() {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
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
