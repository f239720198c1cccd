//! What the whistles of a street still wait for and was reported above 逐级督办: to the street's Party
//! committee and to the district, each with the day since when. For everyone, as each order is.

use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::dispatch::Rung;
use yishi_kernel::PlaceId;
use yishi_office::dispatch::reads::{ReportedRow, reported};
use yishi_office::dispatch::street_over;
use yishi_store::ledgers::ledger;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// Where a whistle is, and the way to it.
type Told = (ReportedRow, String, String);

/// `GET /c/{slug}/ladder`
pub async fn show(cx: Cx, Path(slug): Path<String>) -> Result<Markup, Error> {
    let t = cx.locale;
    let kept = cx.ledger(&slug).await?;
    let keeper = cx.place(kept.ledger).await?;
    let street = street_over(&cx.app.office.db, kept.ledger).await?;
    let street_name = cx.place(street).await?.name;
    let mut parts = Vec::new();
    for rung in [Rung::District, Rung::Street] {
        parts.push((rung, told(&cx, street, rung).await?));
    }
    let title = t.with("ladder-of-street", &[("name", &street_name)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/orders" } { (t.say("dispatch-title")) } }
        h1 { (title) }
        p { (t.say("ladder-lead")) }
        p.no-print { a href={ "/c/" (slug) "/numbers#ladder.press" } { (t.say("ladder-numbers")) } }
        @for (rung, rows) in &parts {
            h2 { (t.word(*rung)) }
            @if rows.is_empty() { p.empty { (t.say("ladder-none")) } }
            ul.list { @for (row, name, href) in rows { li.item.late {
                p { a href=(href) { (row.task) } }
                p.meta { (name) " · " (t.with("ladder-since", &[("date", &t.dated(row.since.date()))])) }
            } } }
        }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

async fn told(cx: &Cx, street: PlaceId, rung: Rung) -> Result<Vec<Told>, Error> {
    let db = &cx.app.office.db;
    let mut told = Vec::new();
    for row in reported(db, street, rung).await? {
        let kept = ledger(db, row.ledger).await?.ok_or(Error::NotFound)?;
        let name = cx.place(row.ledger).await?.name;
        let href = format!("/c/{}/o/{}", kept.slug, row.number);
        told.push((row, name, href));
    }
    Ok(told)
}
