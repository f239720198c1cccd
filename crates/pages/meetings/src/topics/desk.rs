//! Topics on a desk: those for which something is to be done besides their meeting.

use yishi_domain::topics::{READ, Topic, TopicId, TopicStep};
use yishi_office::papers::Numbered;
use yishi_office::topics::reads::some;
use yishi_web::duty::{Desk, Lane, Need, entry, keys};
use yishi_web::numbers::called;
use yishi_web::{Cx, Error};

/// Topics on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let open = desk.open::<Topic, TopicId>(cx, &keys(desk.waiting()), &READ).await?;
    let mut rows = some(db, &Vec::from_iter(open)).await?;
    rows.sort_by_key(|row| (row.ledger, row.number));
    let reached = desk.reached(cx, &rows.iter().map(|row| row.place).collect::<Vec<_>>()).await?;
    let slugs = desk.slugs(cx, rows.iter().map(|row| row.ledger)).await?;
    let numbers = cx.numbers(rows.iter().map(Numbered::key)).await?;
    let mut needs = Vec::new();
    for row in rows {
        let Some((step, due)) = row.next else { continue };
        // Until its meeting there is nothing to do about a topic but the meeting, which stands
        // on the desk itself, and so it does while the owners are waited for.
        if matches!(step, TopicStep::Meet | TopicStep::Owners) || !reached.contains(&row.place) {
            continue;
        }
        let slug = slugs.get(&row.ledger).map_or("", String::as_str);
        let page = format!("/w/{slug}/t/{}", row.number);
        let name = t.with("desk-topic", &[("paper", &called(&numbers, &row, t)), ("title", &row.title)]);
        let values: [(&str, &dyn std::fmt::Display); 3] =
            [("count", &row.matters), ("date", &cx.locale.brief(row.opened.date())), ("number", &row.number)];
        let meta = t.with("desk-topic-meta", &values);
        let view = entry(&desk.leads(&page), &t.word(step), &name, &meta, due, cx);
        needs.push(Need::at(Lane::Meetings, due, row.number, page, view));
    }
    Ok(needs)
}
