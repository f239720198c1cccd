//! What sending an order must know: the matter it is about, whose desks it belongs to, and what it comes
//! after.

use super::reads::of_matters;
use crate::matters::facts::to_hold;
use crate::places::reads::{nearest, place};
use crate::{Case, Failure, Load};
use yishi_domain::dispatch::{
    Ask, AskAgain, Desks, GoingOn, Limited, Order, OrderId, OrderKind, OrderStage, Origin, Send, SendInstead,
    Source,
};
use yishi_domain::matters::{Matter, MatterId};
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, PlaceId, Stream};
use yishi_store::{Db, blobs};

impl Load<Send> for Origin {
    async fn load(case: &mut Case<'_>, command: &Send) -> Result<Self, Failure> {
        origin(case, command.matter, command.person).await
    }
}

impl Load<Ask> for Origin {
    async fn load(case: &mut Case<'_>, command: &Ask) -> Result<Self, Failure> {
        let mut origin = origin(case, command.matter, None).await?;
        let orders = of_matters(case.db(), case.ledger, &[command.matter]).await?;
        let whistles = orders.iter().filter(|order| order.kind == OrderKind::Whistle);
        let last = whistles.max_by_key(|order| order.number);
        origin.declined = last.filter(|order| order.stage == OrderStage::Declined).map(|order| order.id);
        Ok(origin)
    }
}

/// A class of limits needs no more than what it is the class of.
impl<C: Sync> Load<Limited<C>> for Origin
where
    Origin: Load<C>,
{
    async fn load(case: &mut Case<'_>, command: &Limited<C>) -> Result<Self, Failure> {
        <Self as Load<C>>::load(case, &command.order).await
    }
}

impl<C: Sync> Load<Limited<C>> for GoingOn
where
    GoingOn: Load<C>,
{
    async fn load(case: &mut Case<'_>, command: &Limited<C>) -> Result<Self, Failure> {
        <Self as Load<C>>::load(case, &command.order).await
    }
}

impl Load<SendInstead> for GoingOn {
    async fn load(case: &mut Case<'_>, command: &SendInstead) -> Result<Self, Failure> {
        going_on(case, command.kind, command.person).await
    }
}

impl Load<AskAgain> for GoingOn {
    async fn load(case: &mut Case<'_>, _: &AskAgain) -> Result<Self, Failure> {
        going_on(case, OrderKind::Whistle, None).await
    }
}

/// The order by which a declined one goes on: one for each kind.
#[must_use]
pub fn order_after(declined: OrderId, kind: OrderKind) -> OrderId {
    OrderId(blobs::id_of(format!("order/{declined}/{}", kind.word()).as_bytes()))
}

async fn going_on(
    case: &mut Case<'_>,
    kind: OrderKind,
    person: Option<AccountId>,
) -> Result<GoingOn, Failure> {
    let id: OrderId = case.id()?;
    let source = case.state::<Order>()?.source;
    let matter = match source {
        Source::Matter(matter) => Some(case.must::<Matter>(matter).await?.stage()),
        Source::Action { .. } => None,
    };
    let to = to_hold(case, person).await?;
    Ok(GoingOn { id, next: order_after(id, kind), matter, to, limited: None })
}

async fn origin(case: &mut Case<'_>, id: MatterId, person: Option<AccountId>) -> Result<Origin, Failure> {
    let matter = case.must::<Matter>(id).await?;
    case.lies_at(matter.at().unwrap_or(case.ledger)).await?;
    let street = street_over(case.db(), matter.desk).await?;
    let desks = Desks { place: matter.place, desk: matter.desk, street };
    let to = to_hold(case, person).await?;
    Ok(Origin { stage: matter.stage(), about: matter.whom(), desks, to, declined: None })
}

/// The street's desk over a desk, which is the same where the street keeps it itself.
///
/// # Errors
/// When there is no such desk.
pub async fn street_over(db: &Db, desk: PlaceId) -> Result<PlaceId, Failure> {
    let row = place(db, desk).await?.ok_or(Common::Unknown)?;
    let street = nearest(db, &row, PlaceKind::is_street).await;
    Ok(street.unwrap_or(desk))
}
