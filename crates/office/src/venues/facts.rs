//! What opening a venue must know: the place where it is to lie.

use crate::places::reads::place;
use crate::{Case, Failure, Load};
use yishi_domain::venues::{OpenVenue, Site};
use yishi_kernel::refusal::Common;

impl Load<OpenVenue> for Site {
    async fn load(case: &mut Case<'_>, command: &OpenVenue) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        if row.ledger != case.ledger {
            return Err(Common::Unknown.into());
        }
        Ok(Site { kind: row.kind, closed: row.closed })
    }
}
