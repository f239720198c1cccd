//! Clearing on a desk: the run that is to be signed, and at the desk above what went up to it.

use super::things::Things;
use std::collections::BTreeMap;
use yishi_domain::clearing::{Item, ItemId, READ, READ_ITEM, Run, RunId};
use yishi_kernel::PlaceId;
use yishi_office::clearing::reads::{ItemRow, runs_of, some};
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::{Cx, Error};

/// Clearing on this desk.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut needs = Vec::new();
    let open = desk.open::<Run, RunId>(cx, &keys(desk.waiting()), &READ).await?;
    let rows = runs_of(db, &Vec::from_iter(open)).await?;
    let items = desk.open::<Item, ItemId>(cx, &keys(desk.waiting()), &READ_ITEM).await?;
    let items = some(db, &Vec::from_iter(items)).await?;
    let ledgers = rows.iter().map(|row| row.ledger).chain(items.iter().map(|item| item.ledger));
    let slugs = desk.slugs(cx, ledgers).await?;
    let slug = |ledger: PlaceId| slugs.get(&ledger).map_or("", String::as_str);
    for row in rows {
        let page = format!("/w/{}/k/{}", slug(row.ledger), row.number);
        let meta = t.with("clearing-began", &[("day", &t.day(row.opened.date())), ("count", &row.items)]);
        let why = t.say("clearing-step-finish");
        let view = entry(&desk.leads(&page), &why, &t.say("clearing-sheet"), &meta, row.due, cx);
        needs.push(Need::at(Lane::OnlyYou, row.due, row.number, page, view));
    }
    let mut of: BTreeMap<_, Vec<ItemRow>> = BTreeMap::new();
    for item in items {
        of.entry(item.ledger).or_default().push(item);
    }
    for (ledger, items) in of {
        let things = Things::of(cx, ledger, &items, t).await?;
        for item in items {
            let due = item.day.unwrap_or(item.due);
            let page = format!("/w/{}/ki/{}", slug(ledger), item.number);
            let why = t.say("clearing-item-step-take_up");
            let meta = item.said.clone().unwrap_or_default();
            let view = entry(&desk.leads(&page), &why, &things.name(&item, t), &meta, due, cx);
            needs.push(Need::at(Lane::OnlyYou, due, item.number, page, view));
        }
    }
    Ok(needs)
}
