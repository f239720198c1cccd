//! What was agreed at a scene ends with its order, so that nothing of it waits any more. Whether that
//! is so is the domain's to say, and may be asked twice.

use super::reads::open_of_orders;
use crate::background::{Follower, Grown};
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::collections::BTreeSet;
use yishi_domain::dispatch::OrderId;
use yishi_domain::scenes::End;
use yishi_kernel::{Actor, StreamName};

/// What ends an order that was whistled.
const ENDS: [&str; 2] = ["order.accepted.1", "order.withdrawn.1"];

/// Ends records with their orders.
#[derive(Debug)]
pub(crate) struct EndScenes;

impl Follower for EndScenes {
    fn name(&self) -> &'static str {
        "scenes"
    }

    fn follow<'a>(&'a self, office: &'a Office, grown: &'a [Grown]) -> Boxed<'a> {
        Box::pin(async move {
            for one in grown {
                self.follow_one(office, one).await?;
            }
            Ok(())
        })
    }
}

impl EndScenes {
    async fn follow_one(&self, office: &Office, grown: &Grown) -> Result<(), Failure> {
        let (ledger, mut from) = (grown.keeper.ledger, grown.from);
        while from < grown.to {
            let (ends, next) = grown.entries(&office.db, from, ENDS).await?;
            let order = |stream: &str| StreamName::stored(stream).id().parse::<OrderId>().ok();
            let orders: BTreeSet<OrderId> = ends.iter().filter_map(|entry| order(&entry.stream)).collect();
            for scene in open_of_orders(&office.db, ledger, &Vec::from_iter(orders)).await? {
                match office.act(&Actor::system(ledger), ledger, scene.id, End).await {
                    Err(Failure::Refused(refusal)) => tracing::info!(%refusal, "a scene was not ended"),
                    done => done?,
                }
            }
            office.db.execute(vec![grown.followed(self.name(), next)]).await?;
            from = next;
        }
        Ok(())
    }
}
