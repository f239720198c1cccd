//! Places for those who keep them. Anyone's places are looked up by [`Cx::place`].

use crate::{Cx, Error};
use yishi_kernel::Right;
use yishi_office::places::reads::PlaceRow;

/// A place whose administrator this person is.
pub async fn kept(cx: &Cx, id: &str, right: &Right) -> Result<PlaceRow, Error> {
    cx.staff()?;
    let place = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
    cx.may(right, &cx.resource(&place).await?)?;
    Ok(place)
}

/// The names from below its community down to a place, among the rows of its path.
#[must_use]
pub fn names_below<'a>(place: &PlaceRow, above: &'a [PlaceRow]) -> Vec<&'a str> {
    let below = place.path.iter().skip_while(|id| **id != place.ledger).skip(1);
    below.filter_map(|id| above.iter().find(|row| row.id == *id)).map(|row| row.name.as_str()).collect()
}
