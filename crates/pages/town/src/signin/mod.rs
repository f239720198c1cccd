//! Signing in and out, and the one-time link with which somebody sets a password.

mod hashing;

use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use hashing::fits;
pub use hashing::hash;
use maud::{Markup, html};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use yishi_kernel::refusal::Common;
use yishi_office::people::SignedIn;
use yishi_web::client::Client;
use yishi_web::feature::{Feature, Texts};
use yishi_web::nav::local;
use yishi_web::routes::Route;
use yishi_web::sent::{Sent, SentByAnyone};
use yishi_web::slip::{Slip, summary};
use yishi_web::tries::{Bucket, Pace, Wait};
use yishi_web::ui::{self, Field, Fields, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("signin") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/signin" public form;
    form "/signin" public send;
    get "/signout" public ask_out;
    form "/signout" public out;
    get "/invite/{word}" public invited;
    form "/invite/{word}" public accept;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

/// Shortest password, in characters.
const SHORTEST: usize = 10;
/// Longest password, in bytes: hashing more would only cost time.
const LONGEST: usize = 200;

/// Wrong passwords that may be tried: a person who mistypes needs few.
const TRIES: Pace = Pace { at_once: 10, each: Duration::from_secs(30) };
/// How much later a try is answered at most, when somebody else has used up those of its name.
const SLOWED: Duration = Duration::from_secs(3);

fn page(cx: &Cx, values: &Fields, error: Option<&str>) -> Markup {
    let t = cx.locale;
    let title = t.say("signin-title");
    let main = html! {
        h1 { (title) }
        p { (t.say("signin-lead")) }
        @match values.get("typed") {
            "kept" => div.notice role="status" { p { (t.say("signin-typed-kept")) } },
            "lost" => div.notice.warn role="alert" { p { (t.say("signin-typed-lost")) } },
            _ => {},
        }
        (summary(error.map(|text| Slip::one("username", text)).as_ref(), t))
        form method="post" action="/signin" {
            (ui::hidden("back", values.get("back")))
            (ui::hidden("typed", values.get("typed")))
            (ui::text_field(Field::new("username", &t.say("signin-username")), values.get("username"), "username"))
            (ui::text_field(Field::new("password", &t.say("signin-password")), "", "current-password"))
            (ui::submit(&t.say("signin-action"), "wide"))
        }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }.render()
}

/// `GET /signin`
pub async fn form(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Markup {
    let asked = ["back", "typed"].map(|name| (name.to_owned(), query.get(name).cloned().unwrap_or_default()));
    page(&cx, &Fields(asked.into()), None)
}

/// `POST /signin`
pub async fn send(cx: Cx, client: Client, SentByAnyone(values): SentByAnyone) -> Result<Response, Error> {
    let username = values.get("username").trim().to_lowercase();
    let taken = match cx.app.tries.take(&buckets(&username, client), Instant::now()) {
        Ok(taken) => taken,
        Err(wait) => return Ok(later(&cx, &values, wait)),
    };
    tokio::time::sleep(taken.pause).await;
    let password = values.get("password").to_owned();
    let found = if password.len() > LONGEST { None } else { cx.app.office.credential(&username).await? };
    let (who, hash) = match found {
        Some((who, hash)) => (Some(who), Some(hash)),
        None => (None, None),
    };
    match (fits(password, hash).await, who) {
        (Ok(()), Some(who)) => {
            cx.app.tries.give_back(&taken);
            let back = values.some("back").unwrap_or("/desk");
            start(&cx, &who, &local(Some(back))).await
        }
        _ => {
            let page = page(&cx, &values, Some(&cx.locale.say("signin-wrong")));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// What a try is counted by. From one network few are taken, for whatever names. Those for one
/// name from everywhere together only slow each other: else anybody could lock anybody out.
fn buckets(username: &str, client: Client) -> Vec<Bucket> {
    let network = Bucket::of(&["signin-network", &client.network()], TRIES);
    vec![network, Bucket::of(&["signin-name", username], TRIES).slowing(SLOWED)]
}

/// The form again, after too many wrong tries.
fn later(cx: &Cx, values: &Fields, wait: Wait) -> Response {
    let page = page(cx, values, Some(&cx.locale.with("signin-later", &[("seconds", &wait.seconds)])));
    let headers = [(header::RETRY_AFTER, wait.seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, headers, page).into_response()
}

async fn start(cx: &Cx, who: &SignedIn, to: &str) -> Result<Response, Error> {
    let word = cx.app.office.start_session(who).await?;
    let cookie = format!("session={word}; Path=/; HttpOnly; SameSite=Lax{}", cx.app.cookies);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response())
}

/// `GET /signout`: asks, since a link alone must not change anything.
pub async fn ask_out(cx: Cx) -> Markup {
    let t = cx.locale;
    let title = t.say("signout-title");
    let main = html! {
        h1 { (title) }
        form method="post" action="/signout" {
            (cx.marks())
            (ui::submit(&t.say("signout-action"), ""))
        }
        p { a href="/desk" { (t.say("desk-title")) } }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }.render()
}

/// `POST /signout`
pub async fn out(cx: Cx, _: Sent) -> Result<Response, Error> {
    if let Some(word) = cx.session() {
        cx.app.office.end_session(word).await?;
    }
    let cookie = format!("session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", cx.app.cookies);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

fn invitation(cx: &Cx, word: &str, values: &Fields, error: Option<(&str, &str)>) -> Markup {
    let t = cx.locale;
    let title = t.say("invite-title");
    let wrong = |name: &str| error.filter(|(_, field)| *field == name).map(|(text, _)| text);
    let main = html! {
        h1 { (title) }
        p { (t.say("invite-lead")) }
        (summary(error.map(|(text, field)| Slip::one(field, text)).as_ref(), t))
        form method="post" action={ "/invite/" (word) } {
            (ui::text_field(Field::new("username", &t.say("signin-username")).hint(&t.say("invite-username-hint")).error(wrong("username")), values.get("username"), "username"))
            (ui::text_field(Field::new("password", &t.say("signin-password")).hint(&t.say("invite-password-hint")).error(wrong("password")), "", "new-password"))
            (ui::submit(&t.say("invite-action"), "wide"))
        }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }.render()
}

/// `GET /invite/{word}`
pub async fn invited(cx: Cx, Path(word): Path<String>) -> Result<Markup, Error> {
    cx.app.office.invited(&word).await?.ok_or(Error::NotFound)?;
    Ok(invitation(&cx, &word, &Fields::default(), None))
}

/// `POST /invite/{word}`
pub async fn accept(
    cx: Cx,
    Path(word): Path<String>,
    SentByAnyone(values): SentByAnyone,
) -> Result<Response, Error> {
    let t = cx.locale;
    cx.app.office.invited(&word).await?.ok_or(Error::NotFound)?;
    let username = values.get("username").trim().to_lowercase();
    let password = values.get("password");
    let again = |text: &str, field: &str| {
        let page = invitation(&cx, &word, &values, Some((text, field)));
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    if username.chars().count() < 2 || username.len() > 60 || username.contains(char::is_whitespace) {
        return again(&t.say("invite-username-wrong"), "username");
    }
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return again(&t.say("invite-password-wrong"), "password");
    }
    let hash = hash(password.to_owned()).await?;
    match cx.app.office.accept_invitation(&word, &username, &hash).await.map_err(Error::from) {
        Ok(who) => start(&cx, &who, "/desk").await,
        Err(Error::Refused(refusal)) if refusal == Common::Exists => {
            again(&t.say("invite-username-taken"), "username")
        }
        Err(error) => Err(error),
    }
}
