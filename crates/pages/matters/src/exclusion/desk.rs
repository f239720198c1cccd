//! Exclusions on the street's desk: what is to be ruled, and what is to be ruled once more.

use std::collections::BTreeSet;
use yishi_domain::exclusion::{Exclusion, ExclusionId, READ};
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::exclusion::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::{Cx, Error};

/// Exclusions on this desk, and those that are late below it.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let late = desk.late(Exclusion::KIND);
    let all: BTreeSet<(PlaceId, ExclusionId)> = keys(desk.waiting()).into_iter().chain(keys(&late)).collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let open = desk.open::<Exclusion, ExclusionId>(cx, &all, &READ).await?;
    let mut rows = some(db, &Vec::from_iter(open)).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let Some((step, due)) = row.next else { continue };
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let page = format!("/w/{slug}/n/{}", row.number);
        let asked = t.with("exclusion-asked", &[("date", &t.day(row.asked.date()))]);
        let view = entry(&desk.leads(&page), &t.word(step), &t.word(row.class), &asked, due, cx);
        needs.push(Need::at(Lane::OnlyYou, due, row.number, page, view));
    }
    Ok(needs)
}
