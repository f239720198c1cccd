//! Emergencies on a desk: those that wait for another role to confirm them, above all else; what is
//! to be sent, and the accounts that are due.

use std::collections::BTreeSet;
use yishi_domain::emergency::{Basis, BasisId, BasisStep, READ};
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::emergency::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::{Cx, Error};

/// Emergencies on this desk, and those that are late below it.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let late = desk.late(Basis::KIND);
    let all: BTreeSet<(PlaceId, BasisId)> = keys(desk.waiting()).into_iter().chain(keys(&late)).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let open = desk.open::<Basis, BasisId>(cx, &all, &READ).await?;
    let mut rows = some(db, &Vec::from_iter(open)).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let Some((step, due)) = row.next else { continue };
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let page = format!("/w/{slug}/e/{}", row.number);
        let meta = t.with("basis-entered", &[("date", &t.day(row.entered.date()))]);
        let lane = match step {
            BasisStep::Confirm | BasisStep::Send => Lane::Danger,
            BasisStep::Account => Lane::Carry,
        };
        let view = entry(&desk.leads(&page), &t.word(step), &row.line, &meta, due, cx);
        needs.push(Need::at(lane, due, row.number, page, view));
    }
    Ok(needs)
}
