//! The directory for everyone: what can I do here. A need is chosen by a link.

use super::told::{now, price};
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use yishi_domain::venues::{Need, VenueId};
use yishi_kernel::PlaceId;
use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::places;
use yishi_office::venues::reads::{VenueRow, Which, needs, venues};
use yishi_web::exports::of_list;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What the directory is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    need: Option<String>,
    before: Option<String>,
}

impl Wish {
    /// The venue that the page starts after.
    #[must_use]
    pub fn before(&self) -> Option<Key<VenueId>> {
        self.before.as_deref().and_then(Key::read)
    }
}

/// Venues as a list, each at its link.
///
/// # Errors
/// When the store fails.
pub async fn items(cx: &Cx, rows: &[VenueRow], front: &str) -> Result<Markup, Error> {
    let t = cx.locale;
    let ids: Vec<PlaceId> = rows.iter().map(|row| row.place).collect();
    let names: BTreeMap<PlaceId, String> =
        places(&cx.app.office.db, &ids).await?.into_iter().map(|place| (place.id, place.name)).collect();
    let place = |row: &VenueRow| names.get(&row.place).map_or("", String::as_str);
    Ok(html! { ul.list { @for row in rows { li.item {
        h2 { a href={ (front) (row.number) } { (row.name) } }
        (ui::bits("meta", &format!("{} · {} · {}", place(row), price(row.price, t), t.word(row.access))))
        p.meta { (now(row.stage, &row.hours, cx.now, t)) }
        p.meta { (t.with("venue-looked", &[("day", &t.brief(row.looked.date()))])) }
    } } } })
}

/// `GET /c/{slug}/venues`
///
/// # Errors
/// When there is no such community.
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(wish): Query<Wish>) -> Result<Response, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let need = wish.need.as_deref().and_then(Need::parse);
    let before = wish.before();
    let path = format!("/c/{slug}/venues");
    let chosen = need.map_or("", Need::word);
    let from = wish.before.as_deref().filter(|_| before.is_some()).unwrap_or_default();
    let here = ui::link(&path, &[("need", chosen), ("before", from)]);
    let stamp = match cx.app.boards.look(&cx, ledger.ledger, &here).await? {
        Ok(page) => return Ok(page),
        Err(stamp) => stamp,
    };
    let db = &cx.app.office.db;
    let keeper = cx.place(ledger.ledger).await?;
    let all = needs(db, ledger.ledger).await?;
    let which = need.map_or(Which::Listed, Which::For);
    let Paged { rows, next } = venues(db, ledger.ledger, which, before).await?;
    let title = t.say("venues-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { @match need { Some(need) => (t.with("venues-for", &[("need", &t.word(need))])), None => (title) } }
        p { (t.say("venues-lead")) }
        nav.no-print aria-label=(t.say("venues-by-need")) { ul.links {
            li { a href=(path) aria-current=[need.is_none().then_some("true")] { (t.say("venues-all")) } }
            @for one in &all {
                li { a href=(ui::link(&path, &[("need", one.word())])) aria-current=[(need == Some(*one)).then_some("true")] { (t.word(*one)) } }
            }
        } }
        @if rows.is_empty() { (ui::empty(&t.say("venues-none"))) }
        (items(&cx, &rows, &format!("/c/{slug}/v/")).await?)
        (ui::more(next.map(|next| ui::link(&path, &[("need", chosen), ("before", &next)])), &t.say("venues-more")))
        div.actions.no-print { a.button.second href={ (path) "/sheet" } { (t.say("venues-sheet")) } (of_list(&slug, "venues", &cx)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view) = (t, cx.view);
    let page = Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render();
    Ok(cx.app.boards.keep(stamp, page))
}
