//! Scenes on a desk: what is to be signed, whose signature is missing, and what was agreed and is due.

use super::face::name;
use std::collections::BTreeMap;
use yishi_domain::scenes::{READ, Scene, SceneId, SceneStep};
use yishi_kernel::text::excerpt;
use yishi_kernel::{Moment, PlaceId, Stream as _};
use yishi_office::scenes::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry};
use yishi_web::{Cx, Error};

/// Scenes on this desk: of each what is due first.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let mut first: BTreeMap<(PlaceId, SceneId), (Moment, SceneStep)> = BTreeMap::new();
    for duty in desk.waiting().iter().filter(|duty| duty.kind == Scene::KIND) {
        if let (Ok(id), Some(step)) = (duty.id().parse(), SceneStep::parse(&duty.step)) {
            let found = first.entry((duty.ledger, id)).or_insert((duty.due, step));
            if duty.due < found.0 {
                *found = (duty.due, step);
            }
        }
    }
    if first.is_empty() {
        return Ok(Vec::new());
    }
    let open = desk.open::<Scene, SceneId>(cx, &first.keys().copied().collect(), &READ).await?;
    let mut rows = some(db, &Vec::from_iter(open)).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let Some((due, step)) = first.get(&(row.ledger, row.id)).copied() else { continue };
        let page = format!("/w/{}/x/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let (name, meta) = (name(cx, &row).await?, excerpt(&row.task, 40));
        let view = entry(&desk.leads(&page), &t.word(step), &name, &meta, due, cx);
        needs.push(Need::at(Lane::Carry, due, row.number, page, view));
    }
    Ok(needs)
}
