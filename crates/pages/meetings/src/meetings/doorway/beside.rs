//! A stairwell's meetings on pages of others: on the stairwell's own and on its poster's, with the
//! way to call one; and on the page of a matter that neighbours met about.

use crate::meetings::face::row_badge;
use maud::{Markup, html};
use yishi_domain::meetings::{CALL_STAIRWELL, MeetingStage};
use yishi_domain::places::PlaceKind;
use yishi_kernel::PlaceId;
use yishi_office::meetings::reads::{MeetingRow, TALKED_OVER, about, at_stairwell};
use yishi_web::feature::{Beside, Whose};
use yishi_web::texts::Locale;
use yishi_web::ui;
use yishi_web::{Cx, Error};

/// How many that are over a page shows.
const OVER: usize = 3;

/// Meetings of a stairwell: those to come, and the last ones.
pub async fn at(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let id: PlaceId = thing.thing.id().parse().map_err(|_| Error::NotFound)?;
    let place = cx.place(id).await?;
    if place.kind != PlaceKind::Stairwell {
        return Ok(html! {});
    }
    let (t, db, ledger) = (cx.locale, &cx.app.office.db, thing.ledger.ledger);
    let rows = at_stairwell(db, ledger, id, None).await?.rows;
    let (over, coming): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| matches!(row.stage, MeetingStage::Concluded | MeetingStage::Cancelled));
    let shown: Vec<&MeetingRow> = coming.into_iter().chain(over.into_iter().take(OVER)).collect();
    let at_work = matches!(thing.page, Whose::AtWork);
    let calls = at_work && cx.may(&CALL_STAIRWELL, &cx.resource(&place).await?).is_ok();
    let front = match at_work {
        true => format!("/w/{}/s/", thing.ledger.slug),
        false => format!("/c/{}/g/", thing.ledger.slug),
    };
    Ok(html! {
        @if calls { p { a.button.giant.second href={ "/stairwell/" (id) "/meet" } { (t.say("stairs-call")) } } }
        @if !shown.is_empty() { h2 { (t.say("stairs-list")) } (list(&shown, &front, t)) }
    })
}

/// Meetings at which neighbours talked about a matter.
pub async fn on_matter(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let Some(id) = thing.matter_with(&TALKED_OVER) else { return Ok(html! {}) };
    let (t, ledger) = (cx.locale, thing.ledger);
    let rows = about(&cx.app.office.db, ledger.ledger, id, None).await?.rows;
    let rows: Vec<&MeetingRow> = rows.iter().collect();
    Ok(html! {
        @if !rows.is_empty() { h2 { (t.say("stairs-list")) } (list(&rows, &format!("/c/{}/g/", ledger.slug), t)) }
    })
}

fn list(rows: &[&MeetingRow], front: &str, t: Locale) -> Markup {
    html! {
        ul.list { @for row in rows {
            li.item.calm {
                h3 { a href={ (front) (row.number) } { (row.title) } }
                (ui::bits("meta", &format!("{} · {}", t.brief_time(row.starts), row.venue)))
                p.meta { (row_badge(row, t)) }
            }
        } }
    }
}
