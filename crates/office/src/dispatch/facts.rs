//! What sending an order must know: the matter it is about, and whose desks it belongs to.

use crate::matters::facts::desk_of;
use crate::places::reads::{nearest, place};
use crate::{Case, Failure, Load};
use yishi_domain::dispatch::{Ask, Desks, Origin, Send};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{PlaceId, Stream};
use yishi_store::Db;

impl Load<Send> for Origin {
    async fn load(case: &mut Case<'_>, command: &Send) -> Result<Self, Failure> {
        origin(case, command.matter).await
    }
}

impl Load<Ask> for Origin {
    async fn load(case: &mut Case<'_>, command: &Ask) -> Result<Self, Failure> {
        origin(case, command.matter).await
    }
}

async fn origin(case: &mut Case<'_>, id: MatterId) -> Result<Origin, Failure> {
    let matter = case.must::<Matter>(id).await?;
    case.lies_at(matter.at().unwrap_or(case.ledger)).await?;
    let desk = desk_of(case.db(), case.ledger, matter.about).await?;
    let street = street_over(case.db(), desk).await?;
    Ok(Origin { stage: matter.stage(), desks: Desks { place: matter.place, desk, street } })
}

/// The street's desk over a desk, which is the same where the street keeps it itself.
///
/// # Errors
/// When there is no such desk.
pub(crate) async fn street_over(db: &Db, desk: PlaceId) -> Result<PlaceId, Failure> {
    let row = place(db, desk).await?.ok_or(Common::Unknown)?;
    let street = nearest(db, &row, |kind| matches!(kind, PlaceKind::Street | PlaceKind::Town)).await;
    Ok(street.unwrap_or(desk))
}
