//! What commands about places must know: what they lie in.

use super::reads::{building_of, place};
use crate::{Case, Failure, Load};
use yishi_domain::places::{Above, IssuePoster, OpenPlace, Spot};
use yishi_kernel::refusal::Common;

impl Load<OpenPlace> for Above {
    async fn load(case: &mut Case<'_>, command: &OpenPlace) -> Result<Self, Failure> {
        let row = place(case.db(), command.parent).await?.ok_or(Common::Unknown)?;
        Ok(Above { kind: row.kind, path: row.path })
    }
}

impl Load<IssuePoster> for Spot {
    async fn load(case: &mut Case<'_>, command: &IssuePoster) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        Ok(Spot { kind: row.kind, building: building_of(case.db(), &row).await? })
    }
}
