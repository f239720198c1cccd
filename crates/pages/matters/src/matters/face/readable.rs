//! Which matters of a list somebody may read.

use yishi_domain::matters::{Matter, MatterId, READ};
use yishi_kernel::{Loaded, PlaceId, Stream as _, may};
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::paths_of;
use yishi_web::duty::Reach;
use yishi_web::{Cx, Error, Staff};

/// Only what somebody may read: a grid's secretary, say, not the whole community's desk.
pub async fn readable(cx: &Cx, staff: &Staff, rows: Vec<MatterRow>) -> Result<Vec<MatterRow>, Error> {
    let (office, actor) = (&cx.app.office, &staff.actor);
    if Reach::of(actor, cx.now) == Reach::Whole {
        return Ok(rows);
    }
    let keys: Vec<_> = rows.iter().map(|row| (row.ledger, row.id)).collect();
    let matters = office.load_all::<Matter, MatterId>(&keys).await?;
    let at = |matter: &Matter| matter.at().unwrap_or(matter.place);
    let wheres: Vec<PlaceId> = matters.values().filter_map(Loaded::get).map(at).collect();
    let paths = paths_of(&office.db, &wheres).await?;
    let reads = |row: &MatterRow| {
        let matter = matters.get(&(row.ledger, row.id)).and_then(Loaded::get)?;
        may(actor, &READ, &matter.resource(paths.get(&at(matter))?, actor), cx.now).ok()
    };
    Ok(rows.into_iter().filter(|row| reads(row).is_some()).collect())
}
