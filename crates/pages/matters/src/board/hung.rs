//! The board as it hangs 张贴的公示: a table of what the board shows, with the day and the way to what
//! it says now. A page of its own, so that nobody loads it who only reads.

use super::{LATE_LISTED, Wish, late};
use crate::matters::face::{headline, spot, stage_badge};
use axum::extract::{Path, Query};
use maud::{Markup, html};
use yishi_domain::matters::Step;
use yishi_office::matters::reads::{MatterRow, board};
use yishi_web::local;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What its columns are called.
const HEADS: [&str; 6] =
    ["board-number", "board-what", "board-where", "board-raised", "fact-stage", "board-by"];

/// `GET /c/{slug}/hung`
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(wish): Query<Wish>) -> Result<Markup, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let rows = match wish.is_late() {
        true => late(&cx, ledger.ledger, &wish.filter(), LATE_LISTED).await?,
        false => board(&cx.app.office.db, ledger.ledger, &wish.filter()).await?.rows,
    };
    let link = format!("{}/c/{slug}", cx.app.public_url);
    let until = |row: &MatterRow| match row.next.filter(|(step, _)| *step != Step::Close) {
        Some((_, at)) => t.brief(at.deadline_date()),
        None => String::new(),
    };
    let head = t.with("board-of", &[("name", &keeper.name)]);
    let main = html! {
        p.crumbs.no-print { a href={ "/c/" (slug) } { (head) } }
        div.split {
            div {
                h1 { (head) }
                p { (t.with("board-hung", &[("date", &t.day(cx.now.date()))])) br; (t.say("board-scan")) " " span.link-text { (link) } }
                (local::line(&cx.local, t))
            }
            (ui::qr(&link, &t.say("board-scan")))
        }
        div.actions.no-print { (ui::print_button(t)) }
        @if rows.is_empty() { (ui::empty(&t.say("board-empty"))) }
        @else { div.scroll tabindex="0" role="region" aria-label=(head) { table.hung {
            thead { tr { @for head in HEADS { th scope="col" { (t.say(head)) } } } }
            tbody { @for row in &rows { tr {
                td { (row.number) } td { (headline(&rules, row, t)) } td { (spot(row)) } td { (t.brief(row.raised.date())) }
                td { (stage_badge(row.stage, t)) } td { (until(row)) }
            } } }
        } } }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &head, nav, width: Width::Wide, main }.render())
}
