//! Somebody's own account: the roles held, and what happened to it, so that nobody changes it
//! behind the person's back. After a sign-in it comes first when others changed something. What
//! an administrator does with accounts is in `admin`.

pub mod face;

use axum::extract::Query;
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::people::{AccountChange, AskedChange};
use yishi_office::paging::{Key, Paged};
use yishi_office::people::capacities;
use yishi_office::people::reads::changes_of;
use yishi_office::places::reads::places;
use yishi_web::feature::{Family, Feature, Texts, Way, words};
use yishi_web::nav::staff_nav;
use yishi_web::own_path::OwnPath;
use yishi_web::routes::Route;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, nav: NAV, ..Feature::named("account") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/account" signed_in show;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

static FAMILIES: &[Family] = &[
    Family::of("account-change-", || words(AccountChange::ALL, AccountChange::word)),
    Family::of("asked-change-", || words(AskedChange::ALL, AskedChange::word)),
];

static NAV: &[Way] = &[Way { href: "/account", text: "account-title", roles: &[] }];

/// `GET /account`
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Markup, Error> {
    let (t, staff) = (cx.locale, cx.staff()?);
    let db = &cx.app.office.db;
    let id = staff.actor.account.ok_or(Error::NotFound)?;
    let username = cx.app.office.username(id).await?.unwrap_or_default();
    let held: Vec<_> = staff.actor.current(cx.now).collect();
    let capacities = capacities::held(db, held.iter().copied()).await?;
    let at = places(db, &held.iter().map(|grant| grant.place).collect::<Vec<_>>()).await?;
    let name = |id| at.iter().find(|row| row.id == id).map_or("", |row| row.name.as_str());
    // Where others changed something it is shown first, on the way to what was asked for.
    let back = query.get("back").and_then(|back| OwnPath::read(back));
    let before = query.get("before").and_then(|key| Key::read(key));
    let Paged { rows, next } = changes_of(db, id, before).await?;
    let next = next.map(|next| ui::link("/account", &[("before", &next)]));
    let title = t.say("account-title");
    let main = html! {
        h1 { (title) }
        @if let Some(back) = &back {
            div.notice.warn role="status" { p { (t.say("account-news")) } }
            p { a.button href=(back) { (t.say("account-go-on")) } }
        }
        (ui::facts(&[
            (t.say("signin-username"), html! { (username) }),
            (t.say("account-roles"), html! {
                @if held.is_empty() { "—" }
                @for (grant, capacity) in held.iter().zip(&capacities) { span.badge { (ui::capacity(*capacity, t)) } " " (name(grant.place)) " " }
            }),
        ]))
        p { a href="/account/second-step" { (t.say("step-title")) } }
        h2 { (t.say("account-changes")) }
        p { (t.say("account-changes-lead")) }
        (face::changes(&cx, &rows).await?)
        (ui::more(next, &t.say("list-older")))
    };
    let nav = staff_nav(&cx, staff);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
