//! What beginning a double assessment must know: the order whose work was accepted.

use crate::{Case, Failure, Load};
use yishi_domain::dispatch::Order;
use yishi_domain::ratings::Open;

impl Load<Open> for Order {
    async fn load(case: &mut Case<'_>, command: &Open) -> Result<Self, Failure> {
        let order = case.must::<Order>(command.order).await?;
        case.lies_at(order.place).await?;
        Ok(order)
    }
}
