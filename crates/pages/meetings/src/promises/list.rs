//! The promises of a community for everyone: those to be kept still by their day, each day that
//! they were given before, and those that were kept or broken. And one of them with its entries.

use super::face::{badge, days, item, late, lines};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::promises::PromiseId;
use yishi_kernel::PlaceId;
use yishi_office::paging::Key;
use yishi_office::promises::reads::{self, PromiseRow, promise};
use yishi_web::exports::of_list;
use yishi_web::told;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// A promise's row by its number.
///
/// # Errors
/// When there is none.
pub async fn row_of(cx: &Cx, ledger: PlaceId, number: i64) -> Result<PromiseRow, Error> {
    let db = &cx.app.office.db;
    let id: PromiseId = cx.numbered(ledger, number).await?;
    promise(db, ledger, id).await?.ok_or(Error::NotFound)
}

/// `GET /c/{slug}/promises`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let db = &cx.app.office.db;
    // Two lists, each with its own pages; a link keeps where the other one is.
    let [at, over_at] = ["after", "before"].map(|name| query.get(name).map_or("", String::as_str));
    let open = reads::open(db, ledger.ledger, Key::read(at)).await?;
    let over = reads::ended(db, ledger.ledger, Key::read(over_at)).await?;
    let path = format!("/c/{slug}/promises");
    let more = open.next.map(|next| ui::link(&path, &[("after", &next), ("before", over_at)]));
    let older = over.next.map(|next| ui::link(&path, &[("after", at), ("before", &next)]));
    let behind = open.rows.iter().filter(|row| late(row, cx.now)).count();
    let title = t.say("promises-title");
    let list = |rows: &[PromiseRow]| {
        html! { ul.list { @for row in rows { (item(row, &format!("/c/{slug}/p/{}", row.number), cx.now, t)) } } }
    };
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("promises-lead")) }
        div.actions.no-print { (ui::print_button(t)) (of_list(&slug, "promises", &cx)) }
        @if behind > 0 { div.notice.bad { p { (t.with("promises-behind", &[("count", &behind)])) } } }
        h2 { (t.say("promises-open")) }
        @if open.rows.is_empty() { (ui::empty(&t.say("promises-none"))) }
        (list(&open.rows))
        (ui::more(more, &t.say("promises-more")))
        @if !over.rows.is_empty() {
            h2 { (t.say("promises-ended")) }
            (list(&over.rows))
            (ui::more(older, &t.say("list-older")))
        }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `GET /c/{slug}/p/{number}`
pub async fn one(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let row = row_of(&cx, ledger.ledger, number).await?;
    let lines = lines(&cx.app.office.db, &row, t).await?;
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/promises" } { (t.say("promises-title")) } }
        h1 { (row.what) }
        div.card { (facts(&cx, &slug, &row)) }
        div.actions.no-print { (ui::print_button(t)) }
        h2 { (t.say("chain-title")) }
        (told::chain(&lines, t))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &row.what, nav, width: Width::Narrow, main }.render())
}

/// Who promised it, where, by when, and how it stands.
#[must_use]
pub fn facts(cx: &Cx, slug: &str, row: &PromiseRow) -> Markup {
    let t = cx.locale;
    ui::facts(&[
        (t.say("promise-number"), html! { (row.number) }),
        (t.say("fact-stage"), html! { (badge(row, cx.now, t)) }),
        (
            t.say("promise-body"),
            html! { (row.body_name) @if row.passed == yishi_kernel::cell::Flag::Yes { " · " (t.say("promise-passed")) } },
        ),
        (t.say("promise-day"), html! { (days(row, cx.now, t)) }),
        (t.say("promise-at"), html! { a href={ "/c/" (slug) "/g/" (row.meeting) } { (row.meeting_title) } }),
    ])
}
