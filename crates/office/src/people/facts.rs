//! What commands about people must know: where a role is to hold, where those of somebody reach,
//! and who keeps accounts there.

use super::reads::holders_at;
use crate::places::reads::{building_of, place};
use crate::{Case, Failure, Load};
use yishi_domain::people::{
    Account, Confirm, Confirming, GrantRole, Invite, Reach, RevokeRole, Scope, Weighty,
};
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, PlaceId, Role};

async fn scope(case: &mut Case<'_>, at: PlaceId) -> Result<Scope, Failure> {
    let row = place(case.db(), at).await?.ok_or(Common::Unknown)?;
    let building = building_of(case.db(), &row).await?;
    // An account that another community keeps is none of this place's.
    let keeper = place(case.db(), case.ledger).await?.ok_or(Common::Unknown)?;
    if !row.path.contains(&case.ledger) && !keeper.path.contains(&row.ledger) {
        return Err(Common::NotHere { field: "account" }.into());
    }
    let path = case.lies_at(at).await?;
    let keepers = keepers(case, &path).await?;
    Ok(Scope { kind: row.kind, building, path, keepers })
}

/// Those who keep accounts at the end of a path now.
async fn keepers(case: &Case<'_>, path: &[PlaceId]) -> Result<Vec<AccountId>, Failure> {
    let held = holders_at(case.db(), path, case.now).await?;
    Ok(held.into_iter().filter(|held| held.role == Role::Administrator).map(|held| held.id).collect())
}

async fn reach(case: &Case<'_>) -> Result<Reach, Failure> {
    let mut paths = Vec::new();
    for grant in case.state::<Account>()?.actor().current(case.now) {
        paths.push(case.path_of(Some(grant.place)).await?);
    }
    let kept = case.path_of(None).await?;
    Ok(Reach { paths, keepers: keepers(case, &kept).await? })
}

impl Load<GrantRole> for Scope {
    async fn load(case: &mut Case<'_>, command: &GrantRole) -> Result<Self, Failure> {
        scope(case, command.place).await
    }
}

impl Load<RevokeRole> for Scope {
    async fn load(case: &mut Case<'_>, command: &RevokeRole) -> Result<Self, Failure> {
        scope(case, command.place).await
    }
}

impl Load<Invite> for Reach {
    async fn load(case: &mut Case<'_>, _: &Invite) -> Result<Self, Failure> {
        reach(case).await
    }
}

impl Load<Confirm> for Confirming {
    async fn load(case: &mut Case<'_>, _: &Confirm) -> Result<Self, Failure> {
        let asked = case.state::<Account>()?.asked.as_ref().map(|asked| &asked.what);
        let scope = match asked {
            Some(Weighty::Grant(grant)) => Some(scope(case, grant.place).await?),
            Some(Weighty::Invite) | None => None,
        };
        Ok(Self { scope, reach: reach(case).await? })
    }
}
