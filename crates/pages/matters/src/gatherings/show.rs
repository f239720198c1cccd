//! One gathering for everyone: where, when, how many, what its lines became, the matters with where
//! they stand now, and thanks. In whose words something was said stands nowhere.

use super::face::{Matters, badge, name, place, standing, who, who_label};
use super::gathering::GatheringAtWork;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::gatherings::GatheringStage;
use yishi_store::ledgers::entries_of;
use yishi_web::sheet::Thing as _;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/h/{number}`
///
/// # Errors
/// When there is no such gathering.
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let found = GatheringAtWork::find(&cx, (slug.clone(), number)).await?;
    let (row, gathering) = (&found.row, &found.state);
    let keeper = cx.place(found.ledger.ledger).await?;
    let rules = cx.rules(found.ledger.ledger).await?;
    let entries = entries_of(&cx.app.office.db, found.ledger.ledger, &row.id.into()).await?;
    let corrected = entries.iter().filter_map(|entry| entry.reworded).max();
    let matters = match &gathering.record {
        Some(record) => Matters::of(&cx, row, record).await?,
        None => Matters::default(),
    };
    let title = name(&cx, row).await?;
    let mut facts = vec![
        (t.say("gathering-when"), html! { (t.time(row.starts)) }),
        (t.say("gathering-where"), html! { (place(&cx, row).await?) }),
    ];
    facts.extend(who(row, t).map(|who| (who_label(&cx, row), html! { (who) })));
    let front = format!("/c/{slug}/m/");
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/gatherings" } { (t.say("gatherings-title")) } }
        h1 { (title) }
        p { (badge(&cx, row)) }
        @if let Some(reason) = &gathering.reason { div.notice.warn { p { strong { (t.say("gathering-called-off")) } " " (reason) } } }
        div.card { (ui::facts(&facts)) }
        @if let Some(record) = &gathering.record {
            h2 { (t.say("gathering-came-to")) }
            (ui::counts(&[
                (t.say("gathering-line-matter"), row.raised),
                (t.say("gathering-line-known"), row.known),
                (t.say("gathering-line-thanks"), row.thanks),
                (t.say("gathering-line-private"), row.private),
            ]))
            @if !matters.raised.is_empty() { h2 { (t.say("gathering-matters")) } p.soft { (t.say("gathering-matters-lead")) } (standing(&cx, &rules, &matters.raised, &front).await?) }
            @if !matters.known.is_empty() { h2 { (t.say("gathering-known")) } (standing(&cx, &rules, &matters.known, &front).await?) }
            @if !record.thanks.is_empty() { h2 { (t.say("gathering-thanks")) } ul { @for one in &record.thanks { li { (one.text) } } } }
            @if let Some(at) = corrected { p.small.soft { (t.with("text-corrected", &[("date", &t.day(at.date()))])) } }
        }
        div.actions.no-print {
            @if row.stage == GatheringStage::Recorded { a.button.second href={ "/c/" (slug) "/h/" (number) "/paper" } { (t.say("gathering-paper")) } }
            a.button.second href=(ui::link(&format!("/c/{slug}/gatherings"), &[("place", &row.place.to_string())])) { (t.say("gatherings-here")) }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}
