//! Gatherings on a desk: those whose record is still to be written.

use super::face::{name, who};
use std::collections::BTreeMap;
use yishi_domain::gatherings::{Gathering, GatheringId, GatheringStep, READ};
use yishi_kernel::PlaceId;
use yishi_office::gatherings::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::{Cx, Error};

/// Gatherings on this desk.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let t = cx.locale;
    let waiting = keys::<GatheringId>(desk.waiting());
    let open = desk.open::<Gathering, GatheringId>(cx, &waiting, &READ).await?;
    let rows = some(&cx.app.office.db, &Vec::from_iter(open)).await?;
    let rows: BTreeMap<_, _> = rows.into_iter().map(|row| ((row.ledger, row.id), row)).collect();
    let slugs = desk.slugs(cx, rows.keys().map(|(ledger, _)| *ledger)).await?;
    let mut needs = Vec::new();
    for duty in desk.waiting() {
        let Some(row) = duty.key().and_then(|key: (PlaceId, GatheringId)| rows.get(&key)) else { continue };
        let Some(step) = GatheringStep::parse(&duty.step) else { continue };
        let page = format!("/w/{}/h/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let meta: Vec<String> = [Some(t.brief_time(row.starts)), who(row, t)].into_iter().flatten().collect();
        let name = name(cx, row).await?;
        let view = entry(&desk.leads(&page), &t.word(step), &name, &meta.join(" · "), duty.due, cx);
        needs.push(Need::at(Lane::Meetings, duty.due, row.number, page, view));
    }
    Ok(needs)
}
