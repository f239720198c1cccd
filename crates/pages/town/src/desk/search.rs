//! What is looked for from the desk 查找: one box for numbers, places, categories, holders, contacts
//! and words. What is found comes from the features; of their things nothing is known here.

use super::{Board, ways_through};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use yishi_kernel::PlaceId;
use yishi_web::duty::Desk;
use yishi_web::finding::{Found, Quest};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, numbers};

/// The box.
pub(super) fn form(words: &str, t: Locale) -> Markup {
    html! {
        form.filters.no-print method="get" action="/desk" role="search" { div.row {
            (ui::text_field(ui::Field::new("q", &t.say("desk-search")), words, "off"))
            div.field { (ui::submit(&t.say("filter-action"), "second")) }
        } }
    }
}

/// What was found by the words, a page of it.
pub(super) async fn show(
    cx: &Cx,
    desk: &Desk,
    boards: &[Board],
    words: &str,
    behind: &str,
) -> Result<Response, Error> {
    let t = cx.locale;
    let ledgers: Vec<PlaceId> = desk.steered.ledgers.iter().copied().collect();
    let quest = Quest::read(cx, ledgers, words, behind).await?;
    let mut found = Found::default();
    for finds in cx.app.features.iter().filter_map(|feature| feature.finds) {
        let Found { numbered, reached, rows, next } = finds(cx, desk, &quest).await?;
        found.numbered.extend(numbered);
        found.reached.extend(reached);
        found.rows.extend(rows);
        found.next = found.next.or(next);
    }
    let slug =
        |ledger: &PlaceId| boards.iter().find(|board| board.ledger == *ledger).map(|board| &board.slug);
    let other =
        |(ledger, thing): &(PlaceId, _)| numbers::line("/w", slug(ledger)?, thing, quest.asked.number?, t);
    found.numbered.extend(quest.numbered.iter().filter_map(other));
    let Found { numbered, reached, rows, next } = &found;
    let nothing = numbered.is_empty() && reached.is_empty() && rows.is_empty();
    let title = t.with("desk-found", &[("words", &words)]);
    let link = |behind: &str| ui::link("/desk", &[("q", words), ("behind", behind)]);
    let main = html! {
        h1 { (title) }
        (form(words, t))
        p { a href="/desk" { (t.say("desk-all")) } }
        @if nothing && quest.behind.is_none() {
            div.empty { p { (t.with("desk-nothing", &[("words", &words)])) } p { (t.say("desk-nothing-hint")) } }
        }
        @if !numbered.is_empty() { section { h2 { (t.say("desk-found-number")) } ul.list { @for row in numbered { (row) } } } }
        @if !reached.is_empty() {
            section { h2 { (t.say("desk-found-contact")) } p.hint { (t.say("desk-found-contact-hint")) } ul.list { @for row in reached { (row) } } }
        }
        @if !rows.is_empty() {
            section { h2 { (t.say("desk-found-words")) } ul.list { @for row in rows { (row) } } }
        }
        (ui::more(next.map(|next| link(&next.to_string())), &t.say("desk-found-older")))
        @if quest.behind.is_some() { p { a href=(link("")) { (t.say("desk-found-newest")) } } }
    };
    let nav = ways_through(cx, desk, boards);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render().into_response())
}
