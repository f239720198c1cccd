//! What commands about scenes must know: the order that calls there, as it stands.

use crate::{Case, Failure, Load};
use yishi_domain::dispatch::Order;
use yishi_domain::scenes::{End, Open, Scene};

impl Load<Open> for Order {
    async fn load(case: &mut Case<'_>, command: &Open) -> Result<Self, Failure> {
        let order = case.must::<Order>(command.order).await?;
        case.lies_at(order.place).await?;
        Ok(order)
    }
}

impl Load<End> for Order {
    async fn load(case: &mut Case<'_>, _: &End) -> Result<Self, Failure> {
        let scene = case.state::<Scene>()?;
        case.must::<Order>(scene.order).await
    }
}
