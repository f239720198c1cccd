//! Orders on the page of the matter they come from, and for those at work the way to pass it on.

use crate::dispatch::face::short_list;
use maud::{Markup, html};
use std::fmt::Display;
use yishi_domain::dispatch::{ORDER, Order, OrderId, OrderKind, OrderStage};
use yishi_domain::matters::{Matter, StageKind};
use yishi_kernel::Loaded;
use yishi_office::dispatch::reads::{OrderRow, PASSED_ON, of_matter};
use yishi_office::matters::reads::matter;
use yishi_office::papers::Numbered;
use yishi_web::feature::{Beside, Whose};
use yishi_web::names::Names;
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
    let refused = refused(cx, thing, &sent).await?;
    // Where the street declined last, whoever works on it goes on from there.
    let last = sent.iter().filter(|order| order.kind == OrderKind::Whistle).max_by_key(|order| order.number);
    let left = last
        .filter(|order| pass_on.is_some() && order.stage == OrderStage::Declined)
        .map(|order| format!("/w/{slug}/o/{}", order.number));
    let numbers = cx.numbers(sent.iter().map(Numbered::key)).await?;
    Ok(html! {
        @if pass_on.is_some() || !sent.is_empty() {
            h2 { (t.say("dispatch-of-matter")) }
            (short_list(&sent, &numbers, &format!("{front}{slug}/o/"), t))
            @for said in &refused { p.meta { (said) } }
            @if let Some(left) = left { p.notice.warn { a href=(left) { (t.say("dispatch-left-open")) } } }
            @if let Some(href) = pass_on { p.no-print { a.button.second href=(href) { (t.say("dispatch-new")) } } }
        }
    })
}

/// Where the community refused to lead what it only assists, and what the street ruled on that.
async fn refused(cx: &Cx, thing: &Beside<'_>, sent: &[OrderRow]) -> Result<Vec<String>, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let ids: Vec<_> = sent.iter().map(|row| (thing.ledger.ledger, row.id)).collect();
    let states = office.load_all::<Order, OrderId>(&ids).await?;
    let mut names = Names::default();
    let mut said = Vec::new();
    for key in &ids {
        let Some(assist) = states.get(key).and_then(Loaded::get).and_then(|order| order.assist.as_ref())
        else {
            continue;
        };
        said.push(match &assist.ruling {
            None => t.with("dispatch-assist-open", &[("item", &assist.item)]),
            Some((holder, reason)) => {
                let name = names.holder(&office.db, *holder, t).await?;
                let told: [(&str, &dyn Display); 3] =
                    [("item", &assist.item), ("name", &name), ("reason", reason)];
                t.with("dispatch-assist-ruled", &told)
            }
        });
    }
    Ok(said)
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
