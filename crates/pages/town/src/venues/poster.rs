//! A venue as a sheet to print and put up, with a code that leads to its page.

use super::told::{hours, needs, price};
use super::venue::KeptVenue;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_web::address::{Posting, posting};
use yishi_web::sheet::Thing as _;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/v/{number}/poster`
///
/// # Errors
/// When there is no such venue.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let found = KeptVenue::find(&cx, (slug.clone(), number)).await?;
    let keeper = cx.place(found.ledger.ledger).await?;
    let details = &found.state.details;
    let link = format!("{}/c/{slug}/v/{number}", cx.app.public_url);
    let title = t.say("venue-poster");
    let sheet = |demo: &Markup| {
        html! {
            section.poster {
                (demo)
                p { strong { (keeper.name) } }
                h1 { (details.name) }
                p { (needs(&details.needs, t)) }
                p { (found.row.place) @if let Some(way) = &details.way { " · " (way) } }
                p { (hours(&details.hours, t)) }
                p { strong { (price(details.price.sum(), t)) } " · " (t.word(details.access)) }
                @if let Some(phone) = &details.phone { p { (t.say("venue-phone")) " " (phone.as_str()) } }
                (ui::qr(&link, &t.say("venue-qr")))
                p { (t.say("venue-scan")) }
                p.link-text { (link) }
            }
        }
    };
    let posting = posting(&cx).await?;
    let main = html! {
        div.actions.no-print {
            @if let Posting::Fit(_) = &posting { (ui::print_button(t)) }
            a.button.second href={ "/c/" (slug) "/v/" (number) } { (t.say("back")) }
        }
        @match &posting { Posting::Fit(demo) => (sheet(demo)), Posting::Refused(told) => (told) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
