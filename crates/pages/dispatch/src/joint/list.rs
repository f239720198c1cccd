//! What the street over a community adopted, for everyone: what is in force, since when, and what was
//! before.

use super::face::told;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::joint::{ADOPT, JointWork};
use yishi_office::dispatch::street_over;
use yishi_office::joint::reads::of_street;
use yishi_store::ledgers::ledger;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/joint`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let kept = cx.ledger(&slug).await?;
    let keeper = cx.place(kept.ledger).await?;
    let street = cx.place(street_over(&office.db, kept.ledger).await?).await?;
    let rows = of_street(&office.db, street.id).await?;
    let asked = query.get("version").and_then(|number| number.parse::<i64>().ok());
    let shown = rows.iter().find(|row| Some(row.number) == asked).or(rows.first()).copied();
    let work = match shown {
        Some(row) => office.load::<JointWork>(row.ledger, &row.id.into()).await?.state,
        None => None,
    };
    let adopts = cx.staff.is_some() && cx.may(&ADOPT, &cx.resource(&street).await?).is_ok();
    let own = ledger(&office.db, street.id).await?.filter(|_| adopts);
    let title = t.with("joint-of", &[("name", &street.name)]);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        @match work.as_ref().zip(shown) {
            None => { (ui::empty(&t.with("joint-none", &[("name", &street.name)]))) }
            Some((work, row)) => {
                p { (t.with("joint-adopted", &[("date", &t.dated(work.adopted.date()))])) " " span.badge { (t.say("joint-local")) } }
                @if Some(row.id) != rows.first().map(|first| first.id) {
                    div.notice.warn { p { (t.say("joint-before")) " " a href={ "/c/" (slug) "/joint" } { (t.say("joint-now")) } } }
                }
                (told(work, &slug, t))
                @if let Some(own) = &own { p.no-print { a href={ "/w/" (own.slug) "/j/" (row.number) } { (t.say("joint-correct")) } } }
            }
        }
        @if let Some(own) = &own {
            div.actions.no-print { a.button href={ "/w/" (own.slug) "/joint" } { (t.say(if rows.is_empty() { "joint-first" } else { "joint-next" })) } }
        }
        @if rows.len() > 1 {
            h2 { (t.say("joint-versions")) }
            ul { @for row in &rows { li { a href={ "/c/" (slug) "/joint?version=" (row.number) } { (t.dated(row.adopted.date())) } } } }
        }
        div.actions.no-print { (ui::print_button(t)) }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
