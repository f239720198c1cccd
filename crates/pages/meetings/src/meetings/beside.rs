//! On the page of a matter: from the floor of which meeting it was raised, and at which ones the
//! neighbours of its stairwell talked about it. On a stairwell's: its meetings.

use super::doorway::beside::{at, on_matter};
use maud::{Markup, html};
use yishi_domain::places::Place;
use yishi_kernel::Stream as _;
use yishi_office::meetings::reads::{FROM_FLOOR, raised_at};
use yishi_web::feature::Beside;
use yishi_web::{Cx, Error};

/// The meeting at which a matter was raised.
pub async fn floor(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let (t, db, ledger) = (cx.locale, &cx.app.office.db, thing.ledger.ledger);
    if thing.thing.kind() == Place::KIND {
        return at(cx, thing).await;
    }
    let met = on_matter(cx, thing).await?;
    let Some(id) = thing.matter_with(&FROM_FLOOR) else { return Ok(met) };
    let Some(row) = raised_at(db, ledger, id).await? else { return Ok(met) };
    Ok(html! {
        (met)
        p { strong { (t.say("channel-floor")) } " "
            a href={ "/c/" (thing.ledger.slug) "/g/" (row.number) } { (row.title) } }
    })
}
