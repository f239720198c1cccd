//! What opening a partner's token must know: the place for which it is to hold.

use crate::places::reads::place;
use crate::{Case, Failure, Load};
use yishi_domain::partners::{Ground, OpenPartner};
use yishi_kernel::refusal::Common;

impl Load<OpenPartner> for Ground {
    async fn load(case: &mut Case<'_>, command: &OpenPartner) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        if row.ledger != case.ledger {
            return Err(Common::Unknown.into());
        }
        Ok(Ground { kind: row.kind, closed: row.closed })
    }
}
