//! Signing in and out, and the one-time link with which somebody sets a password.

mod guess;
mod hashing;
mod second_step;

use axum::extract::{Path, Query};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use hashing::fits;
pub use hashing::hash;
use maud::{Markup, html};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use yishi_domain::people;
use yishi_kernel::refusal::Common;
use yishi_kernel::text;
use yishi_office::people::SignedIn;
use yishi_office::people::reads::account;
use yishi_office::places::reads::{ledgers_of, path_of, places};
use yishi_web::client::Client;
use yishi_web::cookies::Life;
use yishi_web::feature::{Feature, Texts};
use yishi_web::own_path::OwnPath;
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
    get "/signin/code" public second_step::code_form;
    form "/signin/code" public second_step::code;
    get "/signin/set-up" public second_step::set_up_form;
    form "/signin/set-up" public second_step::set_up_send;
    get "/account/second-step" signed_in second_step::own_form;
    form "/account/second-step" signed_in second_step::own_set;
    get "/account/second-step/anew" signed_in second_step::anew_form;
    form "/account/second-step/anew" signed_in second_step::anew_set;
    form "/account/second-step/end" signed_in second_step::own_end;
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
    let username = typed_name(&values);
    let (who, hash) = cx.app.office.credential(&username).await?.unzip();
    let known = match (&who, cx.browser.as_deref()) {
        (Some(who), Some(word)) if cx.app.office.knows_browser(who, word).await? => Some(word),
        _ => None,
    };
    let taken = match cx.app.tries.take(&buckets(&username, client, known), Instant::now()) {
        Ok(taken) => taken,
        Err(wait) => return Ok(later(&cx, &values, wait)),
    };
    tokio::time::sleep(taken.pause).await;
    let password = values.get("password").to_owned();
    let hash = hash.filter(|_| password.len() <= LONGEST);
    match (fits(password, hash).await, who) {
        (Ok(()), Some(who)) => {
            cx.app.tries.give_back(&taken);
            let back = values.some("back").unwrap_or("/desk");
            second_step::enter(&cx, &who, &OwnPath::or(back, "/")).await
        }
        _ => {
            let page = page(&cx, &values, Some(&cx.locale.say("signin-wrong")));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// A user name however it was typed, the same when it is made and when somebody signs in:
/// full-width letters are letters, nothing in it is not seen, all are small.
fn typed_name(values: &Fields) -> String {
    let name = text::folded(values.get("username"));
    if name.len() <= LONGEST { name } else { String::new() }
}

/// The names of a person and of the places around: whoever guesses knows them.
async fn names_of(cx: &Cx, who: &SignedIn) -> Result<Vec<String>, Error> {
    let db = &cx.app.office.db;
    let own = account(db, who.account).await?.map(|row| row.name);
    let path = path_of(db, &cx.place(who.ledger).await?).await?;
    let around = places(db, &path).await?.into_iter().map(|row| row.name);
    let words = ledgers_of(db, &path).await?.into_iter().map(|row| row.slug);
    Ok(own.into_iter().chain(around).chain(words).collect())
}

/// What a try is counted by. From one network few are taken, for whatever names. Those for one
/// name from everywhere together only slow each other: else anybody could lock anybody out. A
/// browser in which this account signed in before has tries of its own, whatever others do.
fn buckets(username: &str, client: Client, known: Option<&str>) -> Vec<Bucket> {
    if let Some(browser) = known {
        return vec![Bucket::of(&["signin-browser", username, browser], TRIES)];
    }
    let network = Bucket::of(&["signin-network", &client.network()], TRIES);
    vec![network, Bucket::of(&["signin-name", username], TRIES).slowing(SLOWED)]
}

/// The form again, after too many wrong tries.
fn later(cx: &Cx, values: &Fields, wait: Wait) -> Response {
    let page = page(cx, values, Some(&later_in(cx, wait)));
    let headers = [(header::RETRY_AFTER, wait.seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, headers, page).into_response()
}

fn later_in(cx: &Cx, wait: Wait) -> String {
    cx.locale.with("signin-later", &[("seconds", &wait.seconds)])
}

/// Signs somebody in: the browser's session of before ends, and the browser is known from now on.
async fn signed_in(cx: &Cx, who: &SignedIn) -> Result<[(HeaderName, String); 2], Error> {
    let (office, cookies) = (&cx.app.office, cx.app.cookies);
    if let Some(old) = cx.session() {
        office.end_session(old).await?;
    }
    let word = office.start_session(who).await?;
    let browser = office.know_browser(who, cx.browser.as_deref()).await?;
    Ok([("session", &word, Life::Visit), ("browser", &browser, Life::Year)]
        .map(|(name, word, life)| (header::SET_COOKIE, cookies.set(name, word, life))))
}

/// Signs somebody in and goes on. Where others changed something about the account, that is
/// shown first.
async fn start(cx: &Cx, who: &SignedIn, to: &OwnPath) -> Result<Response, Error> {
    let set = signed_in(cx, who).await?;
    let news = format!("/account?back={}", yishi_web::encoded(to.as_str()));
    let to = if cx.app.office.has_news(who).await? { &OwnPath::or(&news, "/account") } else { to };
    Ok((AppendHeaders(set), to.redirect()).into_response())
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
    let cookie = cx.app.cookies.set("session", "", Life::Over);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

/// The form of a link; whoever has a user name keeps it.
fn invitation(
    cx: &Cx,
    word: &str,
    kept: Option<&str>,
    values: &Fields,
    error: Option<(&str, &str)>,
) -> Markup {
    let t = cx.locale;
    let title = t.say("invite-title");
    let wrong = |name: &str| error.filter(|(_, field)| *field == name).map(|(text, _)| text);
    let main = html! {
        h1 { (title) }
        p { (t.say("invite-lead")) }
        (summary(error.map(|(text, field)| Slip::one(field, text)).as_ref(), t))
        form method="post" action={ "/invite/" (word) } {
            @match kept {
                Some(name) => p { (t.say("signin-username")) " " strong { (name) } },
                None => (ui::text_field(Field::new("username", &t.say("signin-username")).hint(&t.say("invite-username-hint")).error(wrong("username")), values.get("username"), "username")),
            }
            (ui::text_field(Field::new("password", &t.say("signin-password")).hint(&t.say("invite-password-hint")).error(wrong("password")), "", "new-password"))
            (ui::submit(&t.say("invite-action"), "wide"))
        }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }.render()
}

/// `GET /invite/{word}`
pub async fn invited(cx: Cx, Path(word): Path<String>) -> Result<Markup, Error> {
    let who = cx.app.office.invited(&word).await?.ok_or(Error::NotFound)?;
    let kept = cx.app.office.username(who.account).await?;
    Ok(invitation(&cx, &word, kept.as_deref(), &Fields::default(), None))
}

/// `POST /invite/{word}`
pub async fn accept(
    cx: Cx,
    Path(word): Path<String>,
    SentByAnyone(values): SentByAnyone,
) -> Result<Response, Error> {
    let t = cx.locale;
    let who = cx.app.office.invited(&word).await?.ok_or(Error::NotFound)?;
    let kept = cx.app.office.username(who.account).await?;
    let username = kept.clone().unwrap_or_else(|| typed_name(&values));
    let password = values.get("password");
    let again = |text: &str, field: &str| {
        let page = invitation(&cx, &word, kept.as_deref(), &values, Some((text, field)));
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    if username.chars().count() < 2 || username.len() > 60 || username.contains(char::is_whitespace) {
        return again(&t.say("invite-username-wrong"), "username");
    }
    if password.chars().count() < SHORTEST || password.len() > LONGEST {
        return again(&t.say("invite-password-wrong"), "password");
    }
    if kept.is_none() && people::is_reserved(&username) {
        return again(&t.say("refusal-reserved-name"), "username");
    }
    let names = names_of(&cx, &who).await?;
    if guess::is_guessable(
        password,
        &names.iter().map(String::as_str).chain([&*username]).collect::<Vec<_>>(),
    ) {
        return again(&t.say("invite-password-guessable"), "password");
    }
    let hash = hash(password.to_owned()).await?;
    match cx.app.office.accept_invitation(&word, &username, &hash).await.map_err(Error::from) {
        Ok(who) => second_step::enter(&cx, &who, &OwnPath::or("/desk", "/")).await,
        Err(Error::Refused(refusal)) if refusal == Common::Exists => {
            again(&t.say("invite-username-taken"), "username")
        }
        Err(error) => Err(error),
    }
}
