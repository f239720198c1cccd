//! Meetings on a desk: those that wait for it, and invitations to reply to.

use std::collections::BTreeMap;
use yishi_domain::meetings::{Meeting, MeetingId, MeetingStep, READ, READ_STAIRWELL};
use yishi_kernel::PlaceId;
use yishi_office::meetings::reads::some;
use yishi_office::papers::Numbered;
use yishi_web::duty::{Desk, Lane, Need, entry};
use yishi_web::numbers::called;
use yishi_web::{Cx, Error};

/// Meetings on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let keys = yishi_web::duty::keys::<MeetingId>(desk.waiting());
    let mut open = desk.open::<Meeting, MeetingId>(cx, &keys, &READ).await?;
    // A stairwell's is its steward's, who reads no other.
    open.extend(desk.open::<Meeting, MeetingId>(cx, &keys, &READ_STAIRWELL).await?);
    let rows = some(db, &Vec::from_iter(open)).await?;
    let rows: BTreeMap<_, _> = rows.into_iter().map(|row| ((row.ledger, row.id), row)).collect();
    let reached = desk.reached(cx, &rows.values().map(|row| row.place).collect::<Vec<_>>()).await?;
    let slugs = desk.slugs(cx, rows.keys().map(|(ledger, _)| *ledger)).await?;
    let numbers = cx.numbers(rows.values().map(Numbered::key)).await?;
    let mut needs = Vec::new();
    for duty in desk.waiting() {
        let Some(row) = duty.key().and_then(|key: (PlaceId, MeetingId)| rows.get(&key)) else { continue };
        let Some(step) = MeetingStep::parse(&duty.step) else { continue };
        // Who was invited replies, wherever the meeting is.
        let why = match step {
            MeetingStep::Reply => t.say("desk-invited"),
            step if row.stairwell.is_some() || reached.contains(&row.place) => t.word(step),
            _ => continue,
        };
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let letter = if row.stairwell.is_some() { 's' } else { 'g' };
        let page = format!("/w/{slug}/{letter}/{}", row.number);
        let name = t.with("desk-meeting", &[("paper", &called(&numbers, row, t)), ("title", &row.title)]);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("time", &cx.locale.brief_time(row.starts)), ("venue", &row.venue), ("number", &row.number)];
        let meta = t.with("desk-meeting-meta", &values);
        let view = entry(&desk.leads(&page), &why, &name, &meta, duty.due, cx);
        needs.push(Need::at(Lane::Meetings, duty.due, row.number, page, view));
    }
    Ok(needs)
}
