//! One venue for everyone.

use super::told::{facts, now};
use super::venue::KeptVenue;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::venues::Venue;
use yishi_store::ledgers::entries_of;
use yishi_web::sheet::Thing as _;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// Why it is closed and until when, where it is; past the day, that one should ask first.
fn closed(cx: &Cx, venue: &Venue) -> Markup {
    let t = cx.locale;
    let Some(reason) = &venue.reason else { return html! {} };
    let until = match venue.until {
        None => t.say("venue-for-good"),
        Some(day) if day <= cx.now => t.with("venue-was-until", &[("day", &t.day(day.deadline_date()))]),
        Some(day) => t.with("venue-until", &[("day", &t.day(day.deadline_date()))]),
    };
    html! { div.notice.warn { p { strong { (until) } } p { (reason) } } }
}

/// `GET /c/{slug}/v/{number}`
///
/// # Errors
/// When there is no such venue.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let found = KeptVenue::find(&cx, (slug.clone(), number)).await?;
    let keeper = cx.place(found.ledger.ledger).await?;
    let venue = &found.state;
    let entries = entries_of(&cx.app.office.db, found.ledger.ledger, &KeptVenue::stream(&found)).await?;
    let corrected = entries.iter().filter_map(|entry| entry.reworded).max();
    let title = venue.details.name.clone();
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/venues" } { (t.say("venues-title")) } }
        h1 { (title) }
        p { (now(venue.stage, &venue.details.hours, cx.now, t)) }
        (closed(&cx, venue))
        div.card { (facts(&found.row.place, &venue.details, t)) }
        p.small.soft { (t.with("venue-looked", &[("day", &t.day(venue.looked.date()))])) }
        @if let Some(at) = corrected { p.small.soft { (t.with("text-corrected", &[("date", &t.day(at.date()))])) } }
        div.actions.no-print {
            a.button.second href={ "/c/" (slug) "/v/" (number) "/poster" } { (t.say("venue-poster")) }
            (ui::print_button(t))
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
