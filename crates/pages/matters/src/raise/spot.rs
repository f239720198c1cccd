//! A place to raise at, as the resident knows it. Who may raise there is asked by each story.

use yishi_domain::matters::Channel;
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{PlaceId, Refusal};
use yishi_office::places::reads::{LedgerRow, PlaceRow, ledger, places, poster_place};
use yishi_web::{Cx, Error, ui};

/// A place to raise at, with where it lies.
pub struct Spot {
    pub place: PlaceRow,
    pub ledger: LedgerRow,
    /// The community that keeps it, by name.
    pub keeper: String,
    /// From the compound or market down: what the resident knows it by.
    pub name: String,
    /// The link of the form.
    pub action: String,
    /// How what is raised comes in.
    pub channel: Channel,
}

impl Spot {
    pub async fn find(cx: &Cx, id: PlaceId, action: String, channel: Channel) -> Result<Self, Error> {
        let db = &cx.app.office.db;
        let place = cx.place(id).await?;
        if place.closed.is_some() {
            return Err(Refusal::from(Common::Ended).into());
        }
        if !place.kind.takes_matters() {
            return Err(Error::NotFound);
        }
        let ledger = ledger(db, place.ledger).await?.ok_or(Error::NotFound)?;
        let above = places(db, &place.path).await?;
        let named = |id: &PlaceId| above.iter().find(|row| row.id == *id);
        // A door number stays off pages anyone can open.
        let name = place
            .path
            .iter()
            .skip_while(|id| **id != place.ledger)
            .skip(1)
            .filter_map(named)
            .filter(|row| row.kind != PlaceKind::Household)
            .map(|row| row.name.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        let keeper = named(&place.ledger).map(|row| row.name.clone()).unwrap_or_default();
        let name = if name.is_empty() { keeper.clone() } else { name };
        Ok(Self { place, ledger, keeper, name, action, channel })
    }

    /// Where a poster hangs.
    pub async fn of_poster(cx: &Cx, word: &str) -> Result<Self, Error> {
        let place = poster_place(&cx.app.office.db, word).await?.ok_or(Error::NotFound)?;
        Self::find(cx, place, format!("/q/{}/raise", ui::encoded(word)), Channel::Poster).await
    }
}
