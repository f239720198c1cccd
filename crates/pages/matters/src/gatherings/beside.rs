//! Gatherings on pages of others: on a stairwell's, with the way to hold one; and on a matter's, at
//! which of them it was said.

use super::face::items;
use maud::{Markup, html};
use yishi_domain::gatherings::{GatheringStage, OPEN};
use yishi_domain::places::{Place, PlaceKind};
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::gatherings::reads::{self, GatheringRow, WRITTEN_DOWN, Which, of_matter};
use yishi_web::feature::{Beside, Whose};
use yishi_web::{Cx, Error};

/// How many that are over a page shows.
const OVER: usize = 3;

/// What gatherings have to say on the page of a thing.
///
/// # Errors
/// When the store fails.
pub async fn gatherings(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    if thing.thing.kind() != Place::KIND {
        return of(cx, thing).await;
    }
    let id: PlaceId = thing.thing.id().parse().map_err(|_| Error::NotFound)?;
    let place = cx.place(id).await?;
    if place.kind != PlaceKind::Stairwell {
        return Ok(html! {});
    }
    let (t, ledger) = (cx.locale, thing.ledger);
    let rows = latest(cx, ledger.ledger, id).await?;
    let at_work = matches!(thing.page, Whose::AtWork);
    let holds = at_work && cx.may(&OPEN, &cx.resource(&place).await?).is_ok();
    let front = if at_work { format!("/w/{}/h/", ledger.slug) } else { format!("/c/{}/h/", ledger.slug) };
    Ok(html! {
        @if holds { p { a.button.wide.second href={ "/w/" (ledger.slug) "/gatherings/new?at=" (id) } { (t.say("gathering-new")) } } }
        @if !rows.is_empty() { h2 { (t.say("gatherings-title")) } (items(cx, &rows, |_| front.clone()).await?) }
    })
}

/// At which gatherings a matter was said.
async fn of(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let Some(id) = thing.matter_with(&WRITTEN_DOWN) else { return Ok(html! {}) };
    let (t, ledger) = (cx.locale, thing.ledger);
    let rows = of_matter(&cx.app.office.db, ledger.ledger, id).await?;
    let mut said = Vec::with_capacity(rows.len());
    for row in &rows {
        said.push((row.number, super::face::name(cx, row).await?, t.brief(row.starts.date())));
    }
    Ok(html! {
        @for (number, name, day) in &said {
            p { strong { (t.say("channel-gathering")) } " " a href={ "/c/" (ledger.slug) "/h/" (number) } { (name) } " " span.soft { (day) } }
        }
    })
}

/// Those of a stairwell whose record is to be written, and the last ones that are over.
async fn latest(cx: &Cx, ledger: PlaceId, at: PlaceId) -> Result<Vec<GatheringRow>, Error> {
    let rows = reads::gatherings(&cx.app.office.db, ledger, Which::At(at), None).await?.rows;
    let (open, over): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.stage == GatheringStage::Open);
    Ok(open.into_iter().chain(over.into_iter().take(OVER)).collect())
}
