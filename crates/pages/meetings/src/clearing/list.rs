//! The clearing runs of a community for everyone, the latest first.

use axum::extract::{Path, Query};
use maud::{Markup, html};
use std::collections::HashMap;
use yishi_domain::clearing::{Rules, RunStage};
use yishi_kernel::{Moment, PlaceId};
use yishi_office::clearing::reads::{RunRow, runs};
use yishi_office::paging::Key;
use yishi_office::papers::{Numbered as _, Numbers};
use yishi_web::numbers::called;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/clearing`
pub async fn show(
    cx: Cx,
    Path(slug): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let before = query.get("before").map_or("", String::as_str);
    let page = runs(&cx.app.office.db, ledger.ledger, Key::read(before)).await?;
    let numbers = cx.numbers(page.rows.iter().map(RunRow::key)).await?;
    let path = format!("/c/{slug}/clearing");
    let older = page.next.map(|next| ui::link(&path, &[("before", &next)]));
    let title = t.say("clearing-title");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        p { (t.say("clearing-lead")) }
        p.hint { (rhythm(&cx, ledger.ledger).await?) }
        @if page.rows.is_empty() { (ui::empty(&t.say("clearing-none"))) }
        ul.list { @for row in &page.rows { (item(row, &numbers, &format!("/c/{slug}/k/{}", row.number), t)) } }
        (ui::more(older, &t.say("list-older")))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// On which day one clears, and where that is said.
pub(super) async fn rhythm(cx: &Cx, ledger: PlaceId) -> Result<String, Error> {
    let rules = cx.rules(ledger).await?;
    let rhythm = &rules.section::<Rules>().rhythm;
    Ok(cx.locale.with("clearing-rhythm", &[("day", &rhythm.day), ("source", &rhythm.source)]))
}

/// Whether the day of clearing came since the last run began, or nobody ever cleared.
pub(super) async fn is_due(cx: &Cx, ledger: PlaceId, last: Option<Moment>) -> Result<Option<String>, Error> {
    let rules = cx.rules(ledger).await?;
    let day = rules.section::<Rules>().rhythm.last(cx.now);
    Ok(last.is_none_or(|last| last.date() < day).then(|| cx.locale.day(day)))
}

/// A run as a line of a list.
pub(super) fn item(row: &RunRow, numbers: &Numbers, href: &str, t: Locale) -> Markup {
    let class = match row.stage {
        RunStage::Open => "badge wait",
        RunStage::Finished => "badge done",
    };
    html! {
        li.item {
            h2 { a href=(href) { (called(numbers, row, t)) } }
            p.meta { (t.with("clearing-began", &[("day", &t.day(row.opened.date())), ("count", &row.items)])) }
            p.meta {
                span class=(class) { (t.word(row.stage)) }
                @if let Some((at, _)) = &row.finished { " " (t.with("clearing-signed", &[("day", &t.day(at.date()))])) }
            }
        }
    }
}
