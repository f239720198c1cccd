//! Dangers on a desk: those that wait for it, and those late where one steers. Until they are safe
//! they stand above all else.

use super::face::item;
use std::collections::BTreeSet;
use yishi_domain::dangers::{Danger, DangerId, DangerStage, DangerStep, READ};
use yishi_kernel::{PlaceId, Stream as _, Word as _};
use yishi_office::dangers::reads::{DangerRow, some};
use yishi_office::matters::reads::matters;
use yishi_store::duty::Duty;
use yishi_web::duty::{Desk, Lane, Need, keys};
use yishi_web::{Cx, Error};

/// Dangers on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let waiting = desk.all_of(cx, Danger::KIND).await?;
    let late = desk.late(Danger::KIND);
    let all: BTreeSet<(PlaceId, DangerId)> = keys(&waiting).into_iter().chain(keys(&late)).collect();
    let readable = desk.open::<Danger, DangerId>(cx, &all, &READ).await?;
    let rows = some(db, &Vec::from_iter(readable)).await?;
    let about = matters(db, &rows.iter().map(|row| (row.ledger, row.matter)).collect::<Vec<_>>()).await?;
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let Some(of) = about.iter().find(|one| (one.ledger, one.id) == (row.ledger, row.matter)) else {
            continue;
        };
        let next = waiting.iter().find(|duty| is_of(duty, &row));
        let step = next.and_then(|duty| DangerStep::of_word(&duty.step));
        let due = next.or(late.iter().find(|duty| is_of(duty, &row))).map_or(row.due, |duty| duty.due);
        let why = step.map_or_else(|| t.say(desk.with_others(row.ledger, due)), |step| t.word(step));
        let lane = match row.stage {
            DangerStage::Reported | DangerStage::Protected => Lane::Danger,
            DangerStage::Safe | DangerStage::Cleared | DangerStage::Lifted if next.is_some() => Lane::Carry,
            DangerStage::Safe | DangerStage::Cleared | DangerStage::Lifted => Lane::Urge,
        };
        let page = format!("/w/{}/d/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let view = item(&row, of, &desk.leads(&page), Some(&why), cx.now, t);
        needs.push(Need::at(lane, due, row.number, page, view));
    }
    Ok(needs)
}

fn is_of(duty: &Duty, row: &DangerRow) -> bool {
    duty.key::<DangerId>() == Some((row.ledger, row.id))
}
