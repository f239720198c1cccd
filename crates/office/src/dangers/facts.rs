//! What commands about dangers must know: where the matter stands and whom its danger is told, which
//! desk is above, and whether the lasting work is done.

use super::reads::{COUNT_OPEN, OF_FAMILY, OF_TOPIC};
use crate::matters::reads::root_of;
use crate::people::desks::Desks;
use crate::people::reads::{holders_at, some};
use crate::places::reads::{place, places};
use crate::{Case, Failure, Load};
use std::collections::BTreeMap;
use yishi_domain::dangers::{Above, Alarm, Danger, GoUp, Lift, Report, Site, Work};
use yishi_domain::matters::{Matter, StageKind};
use yishi_domain::people::OrganisationKind;
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Moment, OrganisationId, PlaceId, Role, Sealed, Stream as _};
use yishi_store::{Db, args};

impl Load<Report> for Site {
    async fn load(case: &mut Case<'_>, command: &Report) -> Result<Self, Failure> {
        let matter = case.must::<Matter>(command.matter).await?;
        let exact = matter.at().unwrap_or(matter.place);
        let path = case.lies_at(exact).await?;
        let open = case.find(&COUNT_OPEN, &args![case.ledger, command.matter]).await?.iter().sum();
        Ok(Site {
            stage: matter.stage(),
            place: matter.place,
            exact,
            desk: matter.desk,
            holding: matter.holder.organisation(),
            alarm: alarm(case.db(), &path, case.now).await?,
            open,
        })
    }
}

/// Whom a danger is told at once: the bodies that keep the place. In a market that is its manager,
/// else the property company; of several, those whose people have the nearest place.
pub(crate) async fn alarm(db: &Db, path: &[PlaceId], now: Moment) -> Result<Alarm, Failure> {
    let market = places(db, path).await?.iter().any(|row| row.kind == PlaceKind::Market);
    let kind = if market { OrganisationKind::Market } else { OrganisationKind::PropertyCompany };
    let staff = holders_at(db, path, now).await?.into_iter().filter(|held| held.role == Role::PropertyStaff);
    let near = |at: &PlaceId| path.iter().position(|place| place == at).unwrap_or_default();
    let mut nearest: BTreeMap<OrganisationId, usize> = BTreeMap::new();
    for held in staff {
        if let Some(body) = held.organisation {
            let known = nearest.entry(body).or_default();
            *known = (*known).max(near(&held.place));
        }
    }
    let bodies = some(db, &Vec::from_iter(nearest.keys().copied())).await?;
    nearest.retain(|id, _| bodies.iter().any(|row| row.id == *id && row.kind == kind));
    let most = nearest.values().copied().max();
    Ok(Alarm { bodies: nearest.into_iter().filter(|(_, at)| Some(*at) == most).map(|(id, _)| id).collect() })
}

impl Load<GoUp> for Above {
    async fn load(case: &mut Case<'_>, _: &GoUp) -> Result<Self, Failure> {
        let came_to = case.state::<Danger>()?.came_to;
        let row = place(case.db(), came_to).await?.ok_or(Common::Unknown)?;
        let above: Vec<PlaceId> = row.path.into_iter().filter(|place| *place != came_to).collect();
        let desks = Desks::over(case.db(), [&above], case.now).await?;
        Ok(Above { desk: desks.seeing_to(&above) })
    }
}

impl Load<Lift> for Work {
    async fn load(case: &mut Case<'_>, _: &Lift) -> Result<Self, Failure> {
        let own = case.state::<Danger>()?.matter;
        let root = root_of(case.db(), case.ledger, own).await?.ok_or(Common::Unknown)?;
        let matter = case.must::<Matter>(root).await?;
        let mut orders = case.find(&OF_FAMILY, &args![case.ledger, root]).await?;
        if let Some(topic) = matter.topic {
            orders.extend(case.find(&OF_TOPIC, &args![case.ledger, topic]).await?);
        }
        let open: u64 = orders.iter().map(|orders| orders.open).sum();
        let accepted: u64 = orders.iter().map(|orders| orders.accepted).sum();
        let handlers = || matter.handlers.iter().filter_map(Sealed::get).copied().collect();
        Ok(match (open, accepted, matter.stage()) {
            (0, 1.., _) => Work::Accepted,
            (0, 0, StageKind::Answered | StageKind::Closed) => Work::Answered(handlers()),
            _ => Work::Open,
        })
    }
}
