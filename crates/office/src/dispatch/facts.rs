//! What sending an order must know: the matter it is about, and whose desks it belongs to.

use crate::matters::facts::to_hold;
use crate::places::reads::{nearest, place};
use crate::{Case, Failure, Load};
use yishi_domain::dispatch::{Ask, Desks, Origin, Send};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, PlaceId, Stream};
use yishi_store::Db;

impl Load<Send> for Origin {
    async fn load(case: &mut Case<'_>, command: &Send) -> Result<Self, Failure> {
        origin(case, command.matter, command.person).await
    }
}

impl Load<Ask> for Origin {
    async fn load(case: &mut Case<'_>, command: &Ask) -> Result<Self, Failure> {
        origin(case, command.matter, None).await
    }
}

async fn origin(case: &mut Case<'_>, id: MatterId, person: Option<AccountId>) -> Result<Origin, Failure> {
    let matter = case.must::<Matter>(id).await?;
    case.lies_at(matter.at().unwrap_or(case.ledger)).await?;
    let street = street_over(case.db(), matter.desk).await?;
    let desks = Desks { place: matter.place, desk: matter.desk, street };
    let to = to_hold(case, person).await?;
    Ok(Origin { stage: matter.stage(), about: matter.whom(), desks, to })
}

/// The street's desk over a desk, which is the same where the street keeps it itself.
///
/// # Errors
/// When there is no such desk.
pub(crate) async fn street_over(db: &Db, desk: PlaceId) -> Result<PlaceId, Failure> {
    let row = place(db, desk).await?.ok_or(Common::Unknown)?;
    let street = nearest(db, &row, PlaceKind::is_street).await;
    Ok(street.unwrap_or(desk))
}
