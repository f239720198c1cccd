//! One danger for everyone to read: whether anybody has seen it, whom to ring, what protects, and
//! every step. Nothing private is read here.

use super::face::{Held, alert, at, danger_of, lines, place, stage_badge, title};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_kernel::PhotoDigest;
use yishi_web::names::Names;
use yishi_web::photos::{Small, send_photo};
use yishi_web::told::chain;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// `GET /c/{slug}/d/{number}`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let t = cx.locale;
    let held = danger_of(&cx, &slug, number).await?;
    let keeper = cx.place(held.ledger.ledger).await?;
    let published = &held.loaded.must()?.published;
    let photo = |digest: &PhotoDigest| {
        published.contains(digest).then(|| format!("/c/{slug}/d/{number}/photo/{}", digest.0))
    };
    let mut names = Names::default();
    let lines = lines(&cx.app.office.db, &held.row, None, &mut names, t, &photo).await?;
    let title = title(&held.row, &held.matter, t);
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) "/dangers" } { (t.say("danger-title")) } }
        h1 { (title) }
        (alert(&cx, &held.row, &mut names).await?)
        div.card { (ui::facts(&facts(&cx, &held))) }
        p { a href={ "/c/" (slug) "/m/" (held.matter.number) } { (t.with("see-matter", &[("number", &held.matter.number)])) } }
        div.actions.no-print { (ui::print_button(t)) }
        h2 { (t.say("danger-chain")) }
        (chain(&lines, t))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `GET /c/{slug}/d/{number}/photo/{digest}`: a published photo.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let held = danger_of(&cx, &slug, number).await?;
    if !held.loaded.must()?.published.iter().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}

/// The facts of a danger: alike for everyone.
pub(super) fn facts(cx: &Cx, held: &Held) -> Vec<(String, Markup)> {
    let (t, row) = (cx.locale, &held.row);
    let mut facts = vec![
        (t.say("fact-stage"), html! { (stage_badge(row.stage, t)) }),
        (t.say("danger-place"), html! { (place(&held.matter)) }),
        (t.say("danger-tapped"), html! { span.whole { (at(row.tapped, t)) } }),
        (t.say("danger-safe-by"), html! { span.whole { (at(row.due, t)) } }),
    ];
    if let Some(safe) = row.safe {
        facts.push((t.say("danger-made-safe"), html! { span.whole { (at(safe, t)) } }));
    }
    facts
}
