//! Promises on a desk: those a body owes by their day, those that somebody has to look at, and,
//! for whoever steers, those that are late, whoever owes them.

use super::face::days;
use maud::html;
use std::collections::BTreeMap;
use yishi_domain::promises::{Promise, PromiseId, PromiseStep, READ};
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::promises::reads::some;
use yishi_web::duty::{Desk, Lane, Need, keys};
use yishi_web::{Cx, Error, ui};

/// Promises on this desk.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let late = desk.late(Promise::KIND);
    let waits = keys::<PromiseId>(desk.waiting());
    let all = waits.iter().copied().chain(keys(&late)).collect();
    let open = desk.open::<Promise, PromiseId>(cx, &all, &READ).await?;
    let rows = some(db, &Vec::from_iter(open)).await?;
    let rows: BTreeMap<_, _> = rows.into_iter().map(|row| ((row.ledger, row.id), row)).collect();
    let slugs = desk.slugs(cx, rows.keys().map(|(ledger, _)| *ledger)).await?;
    let mut duties = BTreeMap::new();
    for duty in desk.waiting().iter().chain(&late) {
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
        // What others owe and is late is there to be urged.
        let lane = if waits.contains(&key) { Lane::Carry } else { Lane::Urge };
        let urgency = ui::urgency(duty.due, cx.now);
        let view = html! {
            li class={ "item " (urgency) } {
                h2 { a href=(href) { (t.word(step)) " — " (row.what) } }
                (ui::bits("meta", &t.with("promise-meta", &[("body", &row.body_name), ("number", &row.number), ("date", &t.brief(row.made.date()))])))
                p.meta { (ui::due(duty.due, cx.now, t)) @if step == PromiseStep::Keep && row.renewals > 0 { " " (days(row, cx.now, t)) } }
            }
        };
        needs.push(Need::at(lane, duty.due, row.number, page, view));
    }
    Ok(needs)
}
