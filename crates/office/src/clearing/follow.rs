//! Marks that follow by themselves: whatever happens to a thing while a run is open marks its item, so
//! that nobody types what is known. What it comes to is the domain's to say, and may be asked twice.

use super::reads::{of_things, open};
use crate::background::{Follower, Grown};
use crate::dangers::reads as dangers;
use crate::dispatch::reads as orders;
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::collections::BTreeSet;
use yishi_domain::clearing::Settle;
use yishi_domain::dangers::{Danger, DangerId};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_kernel::{Actor, PlaceId, Stream as _, StreamName};
use yishi_store::{Fault, args, query};

/// Entries looked at at once.
const READ: i64 = 500;

query! {
    TOUCHED: String = "select distinct stream from event where ledger = ?1 and number >= ?2 and number < ?3";
}

/// Marks what runs took in.
#[derive(Debug)]
pub(crate) struct MarkItems;

impl Follower for MarkItems {
    fn name(&self) -> &'static str {
        "clearing"
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

impl MarkItems {
    async fn follow_one(&self, office: &Office, grown: &Grown) -> Result<(), Failure> {
        let ledger = grown.keeper.ledger;
        let Some(run) = open(&office.db, ledger).await? else {
            return Ok(office.db.execute(vec![grown.followed(self.name(), grown.to)]).await?);
        };
        let mut from = grown.from;
        while from < grown.to {
            let to = from.saturating_add(READ).min(grown.to);
            let touched = TOUCHED.all(&office.db, &args![ledger, from, to]).await?;
            let touched = touched.iter().map(|stream| StreamName::stored(stream)).collect();
            let things = Vec::from_iter(about(office, ledger, touched).await?);
            for item in of_things(&office.db, ledger, run.id, &things).await? {
                match office.act(&Actor::system(ledger), ledger, item.id, Settle).await {
                    Err(Failure::Refused(refusal)) => tracing::info!(%refusal, "an item was not marked"),
                    done => done?,
                }
            }
            office.db.execute(vec![grown.followed(self.name(), to)]).await?;
            from = to;
        }
        Ok(())
    }
}

/// Things, and those that orders and dangers among them are about.
async fn about(
    office: &Office,
    ledger: PlaceId,
    mut things: BTreeSet<StreamName>,
) -> Result<BTreeSet<StreamName>, Fault> {
    let (mut of_orders, mut of_dangers) = (Vec::new(), Vec::new());
    for thing in &things {
        match thing.kind() {
            Order::KIND => of_orders.extend(thing.id().parse::<OrderId>().map(|id| (ledger, id))),
            Danger::KIND => of_dangers.extend(thing.id().parse::<DangerId>().map(|id| (ledger, id))),
            _ => {}
        }
    }
    for order in orders::some(&office.db, &of_orders).await? {
        things.extend(order.matter.map(StreamName::from));
        things.extend(order.topic.map(StreamName::from));
    }
    for danger in dangers::some(&office.db, &of_dangers).await? {
        things.insert(danger.matter.into());
    }
    Ok(things)
}
