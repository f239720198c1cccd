//! What commands about people must know: where a role is to hold.

use crate::places::reads::{building_of, place};
use crate::{Case, Failure, Load};
use yishi_domain::people::{GrantRole, RevokeRole, Scope};
use yishi_kernel::PlaceId;
use yishi_kernel::refusal::Common;

async fn scope(case: &mut Case<'_>, at: PlaceId) -> Result<Scope, Failure> {
    let row = place(case.db(), at).await?.ok_or(Common::Unknown)?;
    let building = building_of(case.db(), &row).await?;
    // An account that another community keeps is none of this place's.
    let keeper = place(case.db(), case.ledger).await?.ok_or(Common::Unknown)?;
    if !row.path.contains(&case.ledger) && !keeper.path.contains(&row.ledger) {
        return Err(Common::NotHere { field: "account" }.into());
    }
    Ok(Scope { kind: row.kind, building, path: case.lies_at(at).await? })
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
