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
