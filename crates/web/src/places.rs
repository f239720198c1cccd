//! Places for those who keep or steer them. Anyone's places are looked up by [`Cx::place`].

use crate::{Cx, Error, Staff};
use yishi_kernel::{PlaceId, Resource, Right, may};
use yishi_office::places::reads::{LedgerRow, PlaceRow, places};

/// A place whose administrator this person is.
pub async fn kept(cx: &Cx, id: &str, right: &Right) -> Result<PlaceRow, Error> {
    cx.staff()?;
    let place = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
    cx.may(right, &cx.resource(&place).await?)?;
    Ok(place)
}

/// A ledger where this person may do this at all.
pub async fn steering(cx: &Cx, slug: &str, right: &Right) -> Result<(Staff, LedgerRow), Error> {
    let staff = cx.staff()?.clone();
    let ledger = cx.ledger(slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let mut path = vec![keeper.id];
    path.extend(&keeper.path);
    // Whoever steers a part of the place does it with what lies in that part.
    for grant in staff.actor.current(cx.now) {
        let inside = cx.place(grant.place).await.is_ok_and(|place| place.ledger == ledger.ledger);
        if inside {
            path.push(grant.place);
        }
    }
    may(&staff.actor, right, &Resource::at(&path), cx.now)?;
    Ok((staff, ledger))
}

/// Where a place is, as one says it: with what it lies in, since every compound has a 3号楼.
pub async fn spot(cx: &Cx, id: PlaceId) -> Result<String, Error> {
    let place = cx.place(id).await?;
    let above = places(&cx.app.office.db, &place.path).await?;
    Ok(match names_below(&place, &above).join(" ") {
        // The community itself lies in none.
        none if none.is_empty() => place.name,
        name => name,
    })
}

/// The names from below its community down to a place, among the rows of its path.
#[must_use]
pub fn names_below<'a>(place: &PlaceRow, above: &'a [PlaceRow]) -> Vec<&'a str> {
    let below = place.path.iter().skip_while(|id| **id != place.ledger).skip(1);
    below.filter_map(|id| above.iter().find(|row| row.id == *id)).map(|row| row.name.as_str()).collect()
}
