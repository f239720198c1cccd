//! The posters of all stairwells below a place in one print, a sheet each. Those that are missing
//! are made first, by one press.

use super::sheet;
use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use std::collections::BTreeSet;
use yishi_domain::places::{KEEP, PlaceKind};
use yishi_kernel::PlaceId;
use yishi_office::places::reads::{PlaceRow, children, doorways, places, posters_of};
use yishi_web::address::{Posting, posting};
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::places::{kept, names_below};
use yishi_web::sent::Sent;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// Most sheets of one print; a community with more is printed by its compounds.
const SHEETS: usize = 200;

/// `GET /admin/places/{place}/posters`
///
/// # Errors
/// When this person keeps no places there.
pub async fn show(cx: Cx, Path(id): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let place = kept(&cx, &id, &KEEP).await?;
    let db = &cx.app.office.db;
    let doorways = doorways(db, &place).await?;
    let here = format!("/admin/places/{id}/posters");
    let title = t.with("posters-all-of", &[("name", &place.name)]);
    let posting = posting(&cx).await?;
    let main = html! {
        p.crumbs.no-print { a href={ "/admin/places/" (place.id) } { (place.name) } }
        h1.no-print { (title) }
        @match &posting {
            Posting::Refused(told) => (told),
            Posting::Fit(_) if doorways.is_empty() => (ui::empty(&t.say("posters-all-none"))),
            Posting::Fit(_) if doorways.len() > SHEETS => (parts(&cx, &place, doorways.len()).await?),
            Posting::Fit(demo) => (sheets(&cx, &place, &doorways, &here, demo).await?),
        }
    };
    let nav = staff_nav(&cx, cx.staff()?);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /admin/places/{place}/posters`: makes those that are missing.
///
/// # Errors
/// When this person keeps no places there.
pub async fn issue(cx: Cx, Path(id): Path<String>, _: Sent) -> Result<Redirect, Error> {
    let place = kept(&cx, &id, &KEEP).await?;
    let at = doorways(&cx.app.office.db, &place).await?;
    let at: Vec<PlaceId> = at.iter().take(SHEETS).map(|row| row.id).collect();
    cx.office().issue_posters(&cx.actor(), place.ledger, &at).await?;
    Ok(Redirect::to(&format!("/admin/places/{id}/posters")))
}

/// Where there are too many for one print: the parts of the place, each with its own.
async fn parts(cx: &Cx, place: &PlaceRow, count: usize) -> Result<Markup, Error> {
    let t = cx.locale;
    let mut parts = children(&cx.app.office.db, place.ledger, place.id).await?;
    parts.retain(|row| row.closed.is_none() && row.kind != PlaceKind::Grid);
    Ok(html! {
        p { (t.with("posters-all-many", &[("count", &count), ("most", &SHEETS)])) }
        ul { @for row in &parts { li { a href={ "/admin/places/" (row.id) "/posters" } { (row.name) } } } }
    })
}

/// All sheets, once each place has its poster; before that, what is missing.
async fn sheets(
    cx: &Cx,
    place: &PlaceRow,
    doorways: &[PlaceRow],
    here: &str,
    demo: &Markup,
) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let ids: Vec<PlaceId> = doorways.iter().map(|row| row.id).collect();
    let posters = posters_of(db, place.ledger, &ids).await?;
    let missing = doorways.len() - posters.len();
    let form = Form::new(cx, "", "poster", here.to_owned());
    let above: BTreeSet<PlaceId> = doorways.iter().flat_map(|row| row.path.iter().copied()).collect();
    let above = places(db, &Vec::from_iter(above)).await?;
    let keeper = above.iter().find(|row| row.id == place.ledger).map_or("", |row| row.name.as_str());
    Ok(html! {
        div.no-print {
            @if missing > 0 {
                p { (t.with("posters-all-missing", &[("count", &doorways.len()), ("missing", &missing)])) }
                (form.bare(&form.submit("posters-all-issue", "")))
            } @else {
                p { (t.with("posters-all-lead", &[("count", &doorways.len())])) }
                div.actions { (ui::print_button(t)) }
            }
        }
        @if missing == 0 { @for row in doorways { @if let Some(poster) = posters.get(&row.id) {
            @let link = format!("{}/q/{}", cx.app.public_url, poster.word);
            (sheet(cx, keeper, &names_below(row, &above), &link, demo))
        } } }
    })
}
