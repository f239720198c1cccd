//! Results on a desk: those that wait for a second person.

use yishi_domain::ballots::{OwnersResult, OwnersResultId, READ};
use yishi_office::ballots::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::{Cx, Error};

/// Results on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let keys = keys(desk.waiting());
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let open = desk.open::<OwnersResult, OwnersResultId>(cx, &keys, &READ).await?;
    let mut rows = some(db, &Vec::from_iter(open)).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let Some((step, due)) = row.next else { continue };
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let page = format!("/w/{slug}/b/{}", row.number);
        let name = t.with("owners-result-title", &[("number", &row.number)]);
        let meta = t.with("owners-entered", &[("date", &t.day(row.entered.date()))]);
        let view = entry(&desk.leads(&page), &t.word(step), &name, &meta, due, cx);
        needs.push(Need::at(Lane::Carry, due, row.number, page, view));
    }
    Ok(needs)
}
