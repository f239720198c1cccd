//! A page of the directory as a sheet to print and hang up, for those who look at no screen.

use super::list::Wish;
use super::told::{hours, needs, price};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::venues::{Venue, VenueId};
use yishi_kernel::{Loaded, PlaceId};
use yishi_office::paging::Paged;
use yishi_office::places::reads::places;
use yishi_office::venues::reads::{Which, venues};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/venues/sheet`
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(wish): Query<Wish>) -> Result<Markup, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let list = venues(&office.db, ledger.ledger, Which::Listed, wish.before()).await?;
    let Paged { rows, next } = list;
    let keys: Vec<(PlaceId, VenueId)> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let found = office.load_all::<Venue, VenueId>(&keys).await?;
    let ids: Vec<PlaceId> = rows.iter().map(|row| row.place).collect();
    let names: BTreeMap<PlaceId, String> =
        places(&office.db, &ids).await?.into_iter().map(|place| (place.id, place.name)).collect();
    let path = format!("/c/{slug}/venues/sheet");
    let title = t.with("venues-sheet-title", &[("name", &keeper.name)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/venues" } { (t.say("venues-title")) } }
        h1 { (title) }
        p { (t.with("venues-sheet-day", &[("day", &t.day(cx.now.date()))])) }
        div.actions.no-print {
            (ui::print_button(t))
            @if let Some(next) = &next { a.button.second href=(ui::link(&path, &[("before", next)])) rel="next" { (t.say("venues-more")) } }
        }
        @if rows.is_empty() { (ui::empty(&t.say("venues-none"))) }
        ul.list { @for key in &keys { @if let Some(venue) = found.get(key).and_then(Loaded::get) {
            (line(venue, names.get(&venue.place).map_or("", String::as_str), t))
        } } }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

/// What one needs to know before going: what for, where, when, how much, how one gets in.
fn line(venue: &Venue, place: &str, t: Locale) -> Markup {
    let details = &venue.details;
    html! {
        li.item {
            h2 { (details.name) }
            p { (needs(&details.needs, t)) }
            p { (place) @if let Some(way) = &details.way { " · " (way) } }
            p { (hours(&details.hours, t)) }
            p { (price(details.price.sum(), t)) " · " (t.word(details.access)) }
            @if let Some(phone) = &details.phone { p { (t.say("venue-phone")) " " strong { (phone.as_str()) } } }
            @if let Some(reason) = &venue.reason { p { (t.word(venue.stage)) " · " (reason) } }
        }
    }
}
