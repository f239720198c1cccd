//! Matters on a desk: those held, and those late where one steers. What stands there is read here;
//! who may read it is asked of the domain.

use super::finds::lines;
use maud::Markup;
use std::collections::BTreeSet;
use yishi_domain::matters::{Matter, MatterId};
use yishi_kernel::{PlaceId, Stream as _};
use yishi_office::matters::readable::Readable;
use yishi_office::matters::reads::{MatterRow, matters};
use yishi_web::duty::{Asked, Desk, Lane, Need, keys};
use yishi_web::texts::Locale;
use yishi_web::{Cx, Error};

/// Matters on this desk.
pub async fn needs(cx: &Cx, desk: &Desk) -> Result<Vec<Need>, Error> {
    let office = &cx.app.office;
    let (db, actor) = (&office.db, &desk.staff.actor);
    if let Asked::Words(_) = desk.asked {
        return Ok(Vec::new());
    }
    let held: BTreeSet<(PlaceId, MatterId)> = keys(desk.waiting());
    // Whoever steers a place sees what is late there, whoever holds it.
    let late = desk.late(Matter::KIND);
    let all: BTreeSet<_> = held.iter().copied().chain(keys(&late)).collect();
    let rows = office.readable(actor, matters(db, &Vec::from_iter(all)).await?).await?;
    listed(cx, desk, rows, &held.into_iter().map(|(_, id)| id).collect()).await
}

/// Why a matter is on this desk.
fn reason(row: &MatterRow, held: &BTreeSet<MatterId>, late: &str, t: Locale) -> String {
    match row.next {
        Some((step, _)) if held.contains(&row.id) => t.word(step),
        _ => t.say(late),
    }
}

async fn listed(
    cx: &Cx,
    desk: &Desk,
    mut rows: Vec<Readable>,
    held: &BTreeSet<MatterId>,
) -> Result<Vec<Need>, Error> {
    rows.sort_by_key(|row| (row.ledger, row.number));
    let t = cx.locale;
    let views = lines(cx, desk, &rows, |row| Some(reason(row, held, desk.overdue(row.ledger), t))).await?;
    let need = |(row, view): (&Readable, Markup)| Need {
        lane: Lane::Usual,
        due: row.next.map(|(_, due)| due),
        number: row.number,
        view,
    };
    Ok(rows.iter().zip(views).map(need).collect())
}
