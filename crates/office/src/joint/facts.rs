//! What adopting must know: what the place is, which keeps the ledger.

use crate::places::reads::place;
use crate::{Case, Failure, Load};
use yishi_domain::joint::Adopt;
use yishi_domain::places::PlaceKind;
use yishi_kernel::refusal::Common;

impl Load<Adopt> for PlaceKind {
    async fn load(case: &mut Case<'_>, command: &Adopt) -> Result<Self, Failure> {
        let row = place(case.db(), command.place).await?.ok_or(Common::Unknown)?;
        if row.id != case.ledger {
            return Err(Common::Unknown.into());
        }
        Ok(row.kind)
    }
}
