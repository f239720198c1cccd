//! What beginning the roll of a council must know: what the place is.

use crate::places::reads::place;
use crate::{Case, Failure, Load};
use yishi_domain::councils::{Found, Ground};
use yishi_kernel::refusal::Common;

impl Load<Found> for Ground {
    async fn load(case: &mut Case<'_>, command: &Found) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        if row.ledger != case.ledger {
            return Err(Common::Unknown.into());
        }
        Ok(Ground { kind: row.kind })
    }
}
