//! An exclusion on the page of its matter: what was asked for and ruled, for everyone; for whoever handles
//! the matter the way to ask for it; for whoever holds a receipt the button by which it is ruled again.

use super::ask::may_ask;
use super::face::told;
use super::object;
use maud::{Markup, html};
use yishi_domain::exclusion::{Exclusion, ExclusionId, ExclusionStage, READ};
use yishi_domain::matters::{Matter, MatterId};
use yishi_kernel::Stream as _;
use yishi_office::exclusion::reads::{EXCLUDED, some};
use yishi_office::matters::reads::{matter, root_of};
use yishi_web::feature::{Beside, Whose};
use yishi_web::{Cx, Error};

/// What was asked for about a matter, or about the one that carries it.
///
/// # Errors
/// When the store fails.
pub async fn exclusion(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let Some(id) = thing.matter() else { return Ok(html! {}) };
    if thing.matter_with(&EXCLUDED).is_none() {
        return match thing.page {
            Whose::AtWork => way(cx, thing, id).await,
            Whose::Public | Whose::Holder(_) => Ok(html! {}),
        };
    }
    let (t, office, ledger) = (cx.locale, &cx.app.office, thing.ledger.ledger);
    let root = root_of(&office.db, ledger, id).await?.unwrap_or(id);
    let mut keys = vec![(ledger, ExclusionId::of(id))];
    keys.extend((root != id).then(|| (ledger, ExclusionId::of(root))));
    let mut shown = Vec::new();
    for row in some(&office.db, &keys).await? {
        let loaded = office.load::<Exclusion>(ledger, &row.id.into()).await?;
        let state = loaded.must()?;
        let page = match thing.page {
            Whose::AtWork => {
                let at = state.resource(&office.path_at(row.place).await?, &cx.actor());
                cx.may(&READ, &at).is_ok().then(|| format!("/w/{}/n/{}", thing.ledger.slug, row.number))
            }
            Whose::Public | Whose::Holder(_) => None,
        };
        let again = match thing.page {
            Whose::Holder(link) if state.stage == ExclusionStage::Granted && state.objected.is_none() => {
                object::form(cx, link)
            }
            Whose::Holder(_) | Whose::AtWork | Whose::Public => html! {},
        };
        shown.push((told(state, cx.now, t), page, again));
    }
    let asks = match (shown.is_empty(), thing.page) {
        (true, Whose::AtWork) => way(cx, thing, id).await?,
        _ => html! {},
    };
    Ok(html! {
        @if !shown.is_empty() { h2 #exclusion { (t.say("exclusion-title")) } }
        @for (told, page, again) in &shown {
            (told) (again)
            @if let Some(page) = page { p.no-print { a href=(page) { (t.say("exclusion-page")) } } }
        }
        (asks)
    })
}

/// The way to ask for it, for whoever may now.
async fn way(cx: &Cx, thing: &Beside<'_>, id: MatterId) -> Result<Markup, Error> {
    let (office, ledger) = (&cx.app.office, thing.ledger.ledger);
    let Some(row) = matter(&office.db, ledger, id).await? else { return Ok(html! {}) };
    let loaded = office.load::<Matter>(ledger, &id.into()).await?;
    let matter = loaded.must()?;
    let path = office.path_of_matter(matter).await?;
    Ok(html! {
        @if may_ask(cx, matter, &path).is_ok() {
            p.no-print { a href={ "/w/" (thing.ledger.slug) "/" (row.number) "/exclusion" } { (cx.locale.say("exclusion-ask-title")) } }
        }
    })
}
