//! On the page of a matter that was raised from the floor of a meeting: at which one.

use maud::{Markup, html};
use yishi_domain::matters::{Matter, MatterId};
use yishi_kernel::Stream as _;
use yishi_office::matters::reads::matter;
use yishi_office::meetings::reads::meeting;
use yishi_web::feature::Beside;
use yishi_web::{Cx, Error};

/// The meeting at which a matter was raised.
pub async fn floor(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let (t, db, ledger) = (cx.locale, &cx.app.office.db, thing.ledger.ledger);
    if thing.thing.kind() != Matter::KIND {
        return Ok(html! {});
    }
    let id: MatterId = thing.thing.id().parse().map_err(|_| Error::NotFound)?;
    let Some(at) = matter(db, ledger, id).await?.and_then(|row| row.meeting) else { return Ok(html! {}) };
    let Some(row) = meeting(db, ledger, at).await? else { return Ok(html! {}) };
    Ok(html! {
        p { strong { (t.say("channel-floor")) } " "
            a href={ "/c/" (thing.ledger.slug) "/g/" (row.number) } { (row.title) } }
    })
}
