//! Ratings on the page of their order: what both sides have said, and for whoever may rate the way to it.

use super::said::said;
use maud::{Markup, html};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_domain::ratings::{Assessment, READ};
use yishi_kernel::Stream as _;
use yishi_office::ratings::reads::of_order;
use yishi_web::feature::{Beside, Whose};
use yishi_web::{Cx, Error};

/// What both sides of an order said of each other.
///
/// # Errors
/// When the store fails.
pub async fn ratings(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    if thing.thing.kind() != Order::KIND {
        return Ok(html! {});
    }
    let id: OrderId = thing.thing.id().parse().map_err(|_| Error::NotFound)?;
    let (t, office, ledger) = (cx.locale, &cx.app.office, thing.ledger);
    let Some(row) = of_order(&office.db, ledger.ledger, id).await? else { return Ok(html! {}) };
    let loaded = office.load::<Assessment>(ledger.ledger, &row.id.into()).await?;
    let assessment = loaded.must()?;
    let path = office.path_at(row.place).await?;
    let reads =
        thing.page == Whose::AtWork && cx.may(&READ, &assessment.resource(&path, &cx.staff()?.actor)).is_ok();
    let way = if assessment.ended.is_some() { "assessment-look" } else { "assessment-open" };
    Ok(html! {
        h2 { (t.say("assessment-title")) }
        (said(cx, assessment).await?)
        @if reads { p.no-print { a.button.second href={ "/w/" (ledger.slug) "/a/" (row.number) } { (t.say(way)) } } }
        p.no-print { a href={ "/c/" (ledger.slug) "/ratings" } { (t.say("ratings-all")) } }
    })
}
