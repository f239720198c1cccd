//! The front page, the choice of language and size, and help.

use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;
use yishi_office::places::local::Reached;
use yishi_office::places::reads::{ledgers, place};
use yishi_web::feature::{Feature, Texts};
use yishi_web::local;
use yishi_web::own_path::OwnPath;
use yishi_web::routes::Route;
use yishi_web::ui::{Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("front") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/" public show;
    get "/preferences" public preferences;
    get "/help" public help;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

/// `GET /`
pub async fn show(cx: Cx) -> Result<Markup, Error> {
    let t = cx.locale;
    let mut communities = Vec::new();
    for row in ledgers(&cx.app.office.db).await? {
        if let Some(place) = place(&cx.app.office.db, row.ledger).await?
            && place.kind.is_community()
        {
            communities.push((row.slug, place.name));
        }
    }
    let main = html! {
        h1 { (t.say("front-title")) }
        p { (t.say("front-lead")) }
        @if communities.is_empty() { p.empty { (t.say("front-nothing")) } }
        @for (slug, name) in &communities {
            section.card {
                h2 { (name) }
                a.button.giant href={ "/c/" (slug) "/raise" } { (t.say("raise-action")) }
                div.actions {
                    a.button.second href={ "/c/" (slug) } { (t.say("board-title")) }
                }
            }
        }
        div.actions {
            a.button.second href="/mine" { (t.say("find-receipt")) }
            a.button.second href="/help" { (t.say("help-title")) }
            @if cx.staff.is_some() { a.button.second href="/desk" { (t.say("desk-title")) } }
            @else { a.button.second href="/signin" { (t.say("signin-action")) } }
        }
        @if !cx.app.demo.is_empty() {
            section.card {
                h2 { (t.say("demo-title")) }
                p { (t.say("demo-text")) }
                ul { @for (name, what) in &cx.app.demo { li { strong { (name) } " — " (what) } } }
            }
        }
    };
    let title = t.say("front-title");
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }.render())
}

/// `GET /help`
pub async fn help(cx: Cx) -> Result<Markup, Error> {
    let t = cx.locale;
    let office = &cx.app.office;
    let mut reached: Vec<Reached> = Vec::new();
    for row in ledgers(&office.db).await? {
        let local = office.local(Some(row.ledger)).await?;
        reached.extend(local.reached.clone().filter(|one| one.place == row.ledger));
    }
    let said = |title: &str, text: &str| html! { h2 { (t.say(title)) } p.pre { (t.say(text)) } };
    let main = html! {
        h1 { (t.say("help-title")) }
        (said("help-raise-title", "help-raise"))
        // Whoever is in need looks for a number, and taps it.
        (said("help-emergency-title", "help-emergency"))
        ul.links.ring { @for number in ["119", "110", "120"] { li { a href={ "tel:" (number) } { strong { (number) } } } } }
        @if !reached.is_empty() {
            h2 { (t.say("help-phone-title")) }
            ul { @for one in &reached { li { (local::reached(one, t)) } } }
        }
        (said("help-receipt-title", "help-receipt"))
        (said("help-privacy-title", "help-privacy"))
        (said("help-record-title", "help-record"))
    };
    let title = t.say("help-title");
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main }.render())
}

/// What `/preferences` is asked for.
#[derive(Debug, Deserialize)]
pub struct Preferences {
    lang: Option<String>,
    view: Option<String>,
    back: Option<String>,
}

/// `GET /preferences`: sets a cookie and goes back. It changes nothing but the cookie.
pub async fn preferences(cx: Cx, Query(wish): Query<Preferences>) -> Response {
    let back = OwnPath::or(wish.back.as_deref().unwrap_or_default(), "/");
    let mut response = back.redirect().into_response();
    let mut set = |name: &str, value: &str| {
        if let Ok(cookie) = cx.app.cookies.set_wish(name, value).parse() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    };
    if let Some(language) = wish.lang.as_deref().and_then(yishi_web::texts::Language::parse) {
        set("lang", language.tag());
    }
    match wish.view.as_deref() {
        Some("elder") => set("view", "elder"),
        Some("standard") => set("view", "standard"),
        _ => {}
    }
    response
}
