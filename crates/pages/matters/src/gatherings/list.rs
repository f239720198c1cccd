//! The gatherings of a community, or of one place in it, for everyone: the latest first.

use super::face::items;
use axum::extract::{Path, Query};
use axum::response::Response;
use maud::html;
use serde::Deserialize;
use yishi_kernel::PlaceId;
use yishi_office::gatherings::reads::{Which, gatherings};
use yishi_office::paging::{Key, Paged};
use yishi_web::places::spot;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    place: Option<PlaceId>,
    before: Option<String>,
}

/// `GET /c/{slug}/gatherings`
///
/// # Errors
/// When there is no such community.
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(wish): Query<Wish>) -> Result<Response, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let before = wish.before.as_deref().and_then(Key::read);
    let path = format!("/c/{slug}/gatherings");
    let place = wish.place.map(|id| id.to_string()).unwrap_or_default();
    let from = wish.before.as_deref().filter(|_| before.is_some()).unwrap_or_default();
    let here = ui::link(&path, &[("place", &place), ("before", from)]);
    let stamp = match cx.app.boards.look(&cx, ledger.ledger, &here).await? {
        Ok(page) => return Ok(page),
        Err(stamp) => stamp,
    };
    let keeper = cx.place(ledger.ledger).await?;
    // Of a place that is not there, and of one that is no building's, nothing is told.
    let of = match wish.place {
        Some(id) => {
            let row = cx.place(id).await?;
            if row.ledger != ledger.ledger || row.kind.below_building() {
                return Err(Error::NotFound);
            }
            Some((id, spot(&cx, id).await?))
        }
        None => None,
    };
    let which = of.as_ref().map_or(Which::All, |(id, _)| Which::Of(*id));
    let Paged { rows, next } = gatherings(&cx.app.office.db, ledger.ledger, which, before).await?;
    let title = match &of {
        Some((_, name)) => t.with("gatherings-of", &[("place", name)]),
        None => t.say("gatherings-title"),
    };
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("gatherings-public-lead")) }
        @if of.is_some() { p.no-print { a href=(path) { (t.say("gatherings-all")) } } }
        @if rows.is_empty() { (ui::empty(&t.say("gatherings-none"))) }
        (items(&cx, &rows, |_| format!("/c/{slug}/h/")).await?)
        (ui::more(next.map(|next| ui::link(&path, &[("place", &place), ("before", &next)])), &t.say("list-older")))
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view) = (t, cx.view);
    let page = Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render();
    Ok(cx.app.boards.keep(stamp, page))
}
