//! Dangers of a community for everyone to read: those that are open, the oldest first, and those
//! that are over.

use super::face::item;
use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_office::dangers::reads::{DangerRow, ended, open};
use yishi_office::matters::reads::{MatterRow, matters};
use yishi_office::paging::Key;
use yishi_web::exports::of_list;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/dangers`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let db = &cx.app.office.db;
    let before = query.get("before").and_then(|key| Key::read(key));
    let (now, over) = (open(db, ledger.ledger).await?, ended(db, ledger.ledger, before).await?);
    let keys: Vec<_> = now.iter().chain(&over.rows).map(|row| (row.ledger, row.matter)).collect();
    let about = matters(db, &keys).await?;
    let next = over.next.map(|next| ui::link(&format!("/c/{slug}/dangers"), &[("before", &next)]));
    let group = |rows: &[DangerRow]| {
        let of = |row: &DangerRow| about.iter().find(|matter| matter.id == row.matter);
        let found: Vec<(&DangerRow, &MatterRow)> =
            rows.iter().filter_map(|row| Some((row, of(row)?))).collect();
        html! { ul.list { @for (row, of) in found {
            (item(row, of, &format!("/c/{slug}/d/{}", row.number), None, cx.now, t))
        } } }
    };
    let title = t.say("danger-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("danger-lead-in")) }
        div.actions.no-print { (of_list(&slug, "dangers", &cx)) }
        @if now.is_empty() { (ui::empty(&t.say("danger-none"))) } @else { (group(&now)) }
        @if !over.rows.is_empty() {
            details open[before.is_some()] {
                summary { (t.say("danger-over")) }
                (group(&over.rows))
                (ui::more(next, &t.say("list-older")))
            }
        }
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}
