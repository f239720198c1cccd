//! Promises on a desk: those a body owes by their day, those that somebody has to look at, and,
//! for whoever steers, those that are late or due soon, whoever owes them.

use super::face::days;
use maud::html;
use std::collections::BTreeMap;
use yishi_domain::promises::{Promise, PromiseId, PromiseStep, READ};
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::promises::reads::some;
use yishi_web::duty::{Desk, Lane, Need, keys};
use yishi_web::urging::{Standing, badges};
use yishi_web::{Cx, Error, ui};

/// Promises on this desk.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let others = desk.elsewhere(Promise::KIND);
    let waits = keys::<PromiseId>(desk.waiting());
    let all = waits.iter().copied().chain(keys(&others)).collect();
    let open = desk.opened::<Promise, PromiseId>(cx, &all, &READ).await?;
    let rows = some(db, &open.keys().copied().collect::<Vec<_>>()).await?;
    let rows: BTreeMap<_, _> = rows.into_iter().map(|row| ((row.ledger, row.id), row)).collect();
    let slugs = desk.slugs(cx, rows.keys().map(|(ledger, _)| *ledger)).await?;
    let mut duties = BTreeMap::new();
    for duty in desk.waiting().iter().chain(&others) {
        if let Some(key) = duty.key::<PromiseId>() {
            duties.entry(key).or_insert(duty);
        }
    }
    let mut needs = Vec::new();
    for (key, duty) in duties {
        let key: (PlaceId, PromiseId) = key;
        let (Some(row), Some(step)) = (rows.get(&key), PromiseStep::parse(&duty.step)) else { continue };
        let page = format!("/w/{}/p/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let href = desk.leads(&page);
        let Some((promise, resource)) = open.get(&key) else { continue };
        let standing = Standing::of(promise, &desk.staff.actor, resource, cx.now);
        // What others owe is there to be urged.
        let own = waits.contains(&key);
        let lane = if own { Lane::Carry } else { standing.lane() };
        let urgency = ui::urgency(duty.due, cx.now);
        let view = html! {
            li class={ "item " (urgency) } {
                h2 { a href=(href) { (t.word(step)) " — " (row.what) } }
                (ui::bits("meta", &t.with("promise-meta", &[("body", &row.body_name), ("number", &row.number), ("date", &t.brief(row.made.date()))])))
                // A day that was put off says by when it is due now, too.
                p.meta { @if step == PromiseStep::Keep && row.renewals > 0 { (days(row, cx.now, t)) } @else { (ui::due(duty.due, cx.now, t)) } }
                (badges(&promise.urged, t))
                (standing.button(&page, &row.what, t))
            }
        };
        let need = Need::at(lane, duty.due, row.number, page, view);
        needs.push(if own { need.hurried(&promise.urged) } else { need });
    }
    Ok(needs)
}
