//! What is looked for from the desk 查找: one box for numbers, places, categories, holders, contacts
//! and words. It is a form that is sent: no address tells whom somebody looked for, and a look at a
//! contact is recorded when it is sent, once. What is found comes from the features; of their things
//! nothing is known here.

use super::{Board, boards, ways_through};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_kernel::PlaceId;
use yishi_web::duty::Desk;
use yishi_web::finding::{Found, Quest};
use yishi_web::sent::Sent;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error, numbers};

/// The box.
pub(super) fn form(cx: &Cx, words: &str) -> Markup {
    let t = cx.locale;
    html! {
        form.filters.no-print method="post" action="/desk/find" role="search" {
            (cx.marks())
            div.row {
                (ui::text_field(ui::Field::new("q", &t.say("desk-search")), words, "off"))
                div.field { (ui::submit(&t.say("filter-action"), "second")) }
            }
        }
    }
}

/// The way to the next page of what was found.
fn older(cx: &Cx, words: &str, behind: &str) -> Markup {
    html! {
        form.no-print method="post" action="/desk/find" {
            (cx.marks())
            (ui::hidden("q", words))
            (ui::hidden("behind", behind))
            (ui::submit(&cx.locale.say("desk-found-older"), "second"))
        }
    }
}

/// `POST /desk/find`
///
/// # Errors
/// When nobody is signed in, or the store fails.
pub async fn find(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let staff = cx.staff()?;
    let words = values.get("q").trim();
    if words.is_empty() {
        return Ok(Redirect::to("/desk").into_response());
    }
    let desk = Desk::of(&cx, staff, words).await?;
    let boards = boards(&cx, &desk).await?;
    for board in boards.iter().filter(|board| board.steers) {
        if let Some(link) = numbers::search(&cx, "/w", board.ledger, &board.slug, words).await? {
            return Ok(Redirect::to(&link).into_response());
        }
    }
    show(&cx, &desk, &boards, words, values.get("behind")).await
}

/// What was found by the words, a page of it.
async fn show(cx: &Cx, desk: &Desk, boards: &[Board], words: &str, behind: &str) -> Result<Response, Error> {
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
    let main = html! {
        h1 { (title) }
        (form(cx, words))
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
        @if let Some(next) = next { (older(cx, words, &next.to_string())) }
    };
    let nav = ways_through(cx, desk, boards);
    // Another language or size leads back to the desk: the words stand in no address.
    let (locale, view, here) = (t, cx.view, "/desk");
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render().into_response())
}
