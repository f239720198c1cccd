//! What commands about emergencies must know: where the matter stands with its danger and what
//! waits for the owners about it, and where the one order of a basis stands.

use super::reads::COUNT_OPEN;
use crate::dangers::reads::OPEN_OF;
use crate::dispatch::street_over;
use crate::matters::facts::to_hold;
use crate::{Case, Failure, Load};
use yishi_domain::dangers::Danger;
use yishi_domain::dispatch::{Order, OrderId};
use yishi_domain::emergency::{
    Basis, BasisId, Carried, EnterBasis, Ground, PostAccount, Recommended, Releasing, SendLeast, Way,
};
use yishi_domain::matters::Matter;
use yishi_domain::meetings::Meeting;
use yishi_domain::topics::Topic;
use yishi_kernel::Stream as _;
use yishi_store::{args, blobs};

/// The order that a basis frees: one for each.
fn order_of(basis: BasisId) -> OrderId {
    OrderId(blobs::id_of(format!("order/{basis}").as_bytes()))
}

impl Load<EnterBasis> for Ground {
    async fn load(case: &mut Case<'_>, command: &EnterBasis) -> Result<Self, Failure> {
        let matter = case.must::<Matter>(command.matter).await?;
        case.lies_at(matter.at().unwrap_or(matter.place)).await?;
        let (key, recommended) = (args![case.ledger, command.matter], recommended(case, &matter).await?);
        let open = case.find(&COUNT_OPEN, &key).await?.iter().sum();
        let danger = case.find(&OPEN_OF, &key).await?.first().map(|row| row.id);
        Ok(Ground {
            stage: matter.stage(),
            about: matter.whom(),
            place: matter.place,
            desk: matter.desk,
            danger,
            recommended,
            open,
        })
    }
}

/// What a meeting about the matter's topic recommended to the owners and they have not answered.
async fn recommended(case: &mut Case<'_>, matter: &Matter) -> Result<Option<Recommended>, Failure> {
    let Some(topic) = matter.topic else { return Ok(None) };
    let topic = case.must::<Topic>(topic).await?;
    let Some(meeting) = topic.meetings.last().copied() else { return Ok(None) };
    let held = case.must::<Meeting>(meeting).await?;
    let motion = held.sitting.awaiting_owners().next().map(|motion| motion.number);
    Ok(motion.map(|motion| Recommended { meeting, motion }))
}

impl Load<SendLeast> for Releasing {
    async fn load(case: &mut Case<'_>, command: &SendLeast) -> Result<Self, Failure> {
        let (id, basis): (BasisId, &Basis) = (case.id()?, case.state()?);
        let matter = case.must::<Matter>(basis.matter).await?;
        let danger = match basis.danger {
            Some(danger) => Some(case.must::<Danger>(danger).await?.stage),
            None => None,
        };
        let person = match &command.way {
            Way::Work { person, .. } => *person,
            Way::Whistle { .. } => None,
        };
        let street = street_over(case.db(), basis.desk).await?;
        let to = to_hold(case, person).await?;
        let (stage, about) = (matter.stage(), matter.whom());
        Ok(Releasing { id, order: order_of(id), stage, about, danger, street, to })
    }
}

impl Load<PostAccount> for Carried {
    async fn load(case: &mut Case<'_>, _: &PostAccount) -> Result<Self, Failure> {
        let order = match case.state::<Basis>()?.order {
            Some(order) => Some(case.must::<Order>(order).await?.stage),
            None => None,
        };
        Ok(Carried { order })
    }
}
