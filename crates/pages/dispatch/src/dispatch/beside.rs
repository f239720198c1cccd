//! Orders on the page of the matter they come from, and for those at work the way to pass it on.

use crate::dispatch::face::short_list;
use maud::{Markup, html};
use yishi_domain::dispatch::ORDER;
use yishi_domain::matters::{Matter, StageKind};
use yishi_office::dispatch::reads::{PASSED_ON, of_matter};
use yishi_office::matters::reads::matter;
use yishi_office::papers::Numbered;
use yishi_web::feature::{Beside, Whose};
use yishi_web::{Cx, Error};

/// What was passed on from a matter.
pub async fn orders(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let (t, office, slug) = (cx.locale, &cx.app.office, &thing.ledger.slug);
    let (front, pass_on) = match thing.page {
        Whose::Public => ("/c/", None),
        Whose::AtWork => ("/w/", pass_on(cx, thing).await?),
        // A receipt says what came of it; who was ordered what stands on the page of the matter.
        Whose::Holder(_) => return Ok(html! {}),
    };
    let sent = match thing.matter_with(&PASSED_ON) {
        Some(id) => of_matter(&office.db, thing.ledger.ledger, id).await?,
        None => Vec::new(),
    };
    let numbers = cx.numbers(sent.iter().map(Numbered::key)).await?;
    Ok(html! {
        @if pass_on.is_some() || !sent.is_empty() {
            h2 { (t.say("dispatch-of-matter")) }
            (short_list(&sent, &numbers, &format!("{front}{slug}/o/"), t))
            @if let Some(href) = pass_on { p.no-print { a.button.second href=(href) { (t.say("dispatch-new")) } } }
        }
    })
}

/// The way to pass a matter on, for those who may while it is in hand.
async fn pass_on(cx: &Cx, thing: &Beside<'_>) -> Result<Option<String>, Error> {
    let Some(id) = thing.matter() else { return Ok(None) };
    let office = &cx.app.office;
    let row = matter(&office.db, thing.ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Matter>(thing.ledger.ledger, &id.into()).await?;
    let path = office.path_of_matter(loaded.must()?).await?;
    let open = row.stage == StageKind::InHand && cx.may(&ORDER, &loaded.must()?.passing_on(&path)).is_ok();
    Ok(open.then(|| format!("/w/{}/{}/order", thing.ledger.slug, row.number)))
}
