//! What the QR code of a poster opens: the way to raise, and what is open there already.

use super::spot::Spot;
use crate::matters::face::headline;
use crate::matters::face::{Item, item};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use maud::html;
use std::collections::HashMap;
use yishi_office::matters::reads::at_building;
use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::poster_led;
use yishi_web::feature::{Beside, Whose, beside};
use yishi_web::local;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /q/{word}`
pub async fn show(
    cx: Cx,
    Path(word): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Error> {
    let t = cx.locale;
    let spot = match Spot::of_poster(&cx, &word).await {
        Ok(spot) => spot,
        Err(error) => return Spot::over(&cx, poster_led(&cx.app.office.db, &word).await?, error).await,
    };
    let db = &cx.app.office.db;
    let before = query.get("before").and_then(|key| Key::read(key));
    let Paged { rows, next } = at_building(db, spot.ledger.ledger, spot.building, before).await?;
    let next = next.map(|next| ui::link(&format!("/q/{word}"), &[("before", &next)]));
    let slug = &spot.ledger.slug;
    let rules = cx.rules(spot.ledger.ledger).await?;
    let thing = Beside::of_thing(&spot.ledger, spot.place.id.into(), Whose::Public);
    let besides = beside(&cx, &thing).await?;
    let main = html! {
        h1 { (spot.name) }
        p.soft { (spot.keeper) }
        a.button.giant href=(spot.action) { (t.say("raise-action")) }
        p.hint { (t.say("raise-lead")) }
        (local::line(&cx.local, t))
        (besides)
        h2 { (t.say("poster-here")) }
        @if rows.is_empty() { (ui::empty(&t.say("poster-nothing"))) }
        ul.list {
            @for row in &rows {
                (item(&Item {
                    href: &format!("/c/{slug}/m/{}", row.number),
                    title: &headline(&rules, row, t),
                    meta: &t.brief(row.raised.date()),
                    stage: row.stage,
                    next: None,
                    photo: None,
                }, cx.now, t))
            }
        }
        (ui::more(next, &t.say("list-older")))
        p { a.button.second href={ "/c/" (slug) } { (t.say("board-title")) } }
    };
    let nav = Nav::Community { slug: slug.clone(), name: spot.keeper.clone() };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    let page = Page { locale, view, here, title: &spot.name, nav, width: Width::Narrow, main };
    Ok(page.render().into_response())
}
