//! Where is it? From the site one chooses the place first; by a poster it is known.

use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::places::PlaceKind;
use yishi_office::places::reads::{below, children};
use yishi_web::ui::{Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/raise`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let db = &cx.app.office.db;
    let mut groups = Vec::new();
    for place in children(db, ledger.ledger, ledger.ledger).await? {
        if place.kind.takes_matters() && place.closed.is_none() {
            let buildings = below(db, &place, PlaceKind::Building).await?;
            groups.push((place, buildings));
        }
    }
    let title = t.say("choose-title");
    let main = html! {
        h1 { (title) }
        p { (t.say("choose-lead")) }
        @for (place, buildings) in &groups {
            section.card {
                h2 { (place.name) }
                div.choices {
                    @for building in buildings { a.button.second href={ "/at/" (building.id) "/raise" } { (building.name) } }
                    a.button.second href={ "/at/" (place.id) "/raise" } {
                        @if buildings.is_empty() { (place.name) } @else { (t.say("choose-outside")) }
                    }
                }
            }
        }
        section.card {
            div.choices { a.button.second href={ "/at/" (ledger.ledger) "/raise" } { (t.with("choose-anywhere", &[("name", &keeper.name)])) } }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
