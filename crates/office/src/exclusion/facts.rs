//! What commands about exclusions must know: the matter as it stands, the street over it, and whether a
//! receipt is one of it.

use crate::dispatch::street_over;
use crate::matters::facts::carrier;
use crate::matters::reads::root_of;
use crate::{Case, Failure, Load};
use yishi_domain::exclusion::{Ask, Exclusion, Grant, Handled, Object, Objecting, Refuse};
use yishi_domain::matters::{Carrier, Receipt};

impl Load<Ask> for Handled {
    async fn load(case: &mut Case<'_>, command: &Ask) -> Result<Self, Failure> {
        let carrier = carrier(case, command.matter).await?;
        let street = street_over(case.db(), carrier.matter.desk).await?;
        Ok(Handled { carrier, street })
    }
}

impl Load<Grant> for Carrier {
    async fn load(case: &mut Case<'_>, _: &Grant) -> Result<Self, Failure> {
        let matter = case.state::<Exclusion>()?.matter;
        carrier(case, matter).await
    }
}

impl Load<Refuse> for Carrier {
    async fn load(case: &mut Case<'_>, _: &Refuse) -> Result<Self, Failure> {
        let matter = case.state::<Exclusion>()?.matter;
        carrier(case, matter).await
    }
}

impl Load<Object> for Objecting {
    async fn load(case: &mut Case<'_>, command: &Object) -> Result<Self, Failure> {
        let receipt = case.must::<Receipt>(command.receipt).await?;
        let root = root_of(case.db(), case.ledger, receipt.matter).await?;
        Ok(Objecting { carrying: root.unwrap_or(receipt.matter), receipt })
    }
}
