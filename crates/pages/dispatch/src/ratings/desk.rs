//! Double assessments on a desk: the other side is to be rated.

use yishi_domain::ratings::{Assessment, AssessmentId, AssessmentStep, READ};
use yishi_kernel::Stream as _;
use yishi_kernel::text::excerpt;
use yishi_office::ratings::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::{Cx, Error};

/// Assessments on this desk.
///
/// # Errors
/// When the store fails.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let asked = keys::<AssessmentId>(desk.waiting());
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let open = desk.open::<Assessment, AssessmentId>(cx, &asked, &READ).await?;
    let mut rows = some(db, &Vec::from_iter(open)).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let due = |id: AssessmentId| {
        let own = |duty: &&yishi_store::duty::Duty| {
            duty.kind == Assessment::KIND && duty.id().parse().is_ok_and(|found: AssessmentId| found == id)
        };
        desk.waiting().iter().find(own).map(|duty| duty.due)
    };
    let mut needs = Vec::new();
    for row in rows {
        let Some(due) = due(row.id) else { continue };
        let page = format!("/w/{}/a/{}", slugs.get(&row.ledger).map_or("", String::as_str), row.number);
        let why = t.word(AssessmentStep::Rate);
        let view = entry(&desk.leads(&page), &why, &excerpt(&row.task, 40), "", due, cx);
        needs.push(Need::at(Lane::Rest, due, row.number, page, view));
    }
    Ok(needs)
}
