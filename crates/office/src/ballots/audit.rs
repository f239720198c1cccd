//! What must hold of orders on what is the owners': each left by a result that was confirmed before,
//! in which they agreed, and whose own sums say so.

use crate::Office;
use crate::audit::{Law, Looked, Looking, Pages, RESTORE};
use yishi_domain::ballots::{Agreed, Leave, OwnersResult, ResultStage, reading};
use yishi_domain::dispatch::{Order, OrderId};
use yishi_kernel::PlaceId;
use yishi_store::{query, row};

row! {
    Line, from "work_order" {
        ledger: PlaceId,
        id: OrderId,
    }
}

query! {
    LINES: Line => "where (ledger, id) > (?1, ?2) order by ledger, id limit ?3";
}

/// Nothing of the owners' left without them.
#[derive(Debug)]
pub(crate) struct Gate;

impl Law for Gate {
    fn says(&self) -> &'static str {
        "no order on what is the owners' left before they agreed"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked::default();
            let mut pages = Pages::of(&LINES, |line| (line.ledger.to_string(), line.id.to_string()));
            while let Some(page) = pages.next(office).await? {
                for line in &page {
                    let order = office.load::<Order>(line.ledger, &line.id.into()).await?;
                    let Some(order) = order.get().filter(|order| order.decides.joint().is_some()) else {
                        continue;
                    };
                    let wrong = wrong(office, line.ledger, order).await?;
                    looked.at(wrong.map(|why| format!("{}/order/{}: {why}", line.ledger, line.id)));
                }
            }
            Ok(looked)
        })
    }
}

/// What is wrong with how an order left.
async fn wrong(
    office: &Office,
    ledger: PlaceId,
    order: &Order,
) -> Result<Option<&'static str>, crate::Failure> {
    let Some(Leave::Owners(id)) = order.leave else { return Ok(Some("it names no result")) };
    let loaded = office.load::<OwnersResult>(ledger, &id.into()).await?;
    let Some(result) = loaded.get() else { return Ok(Some("its result is not there")) };
    let OwnersResult { total, took_part, in_favour, .. } = *result;
    let passes =
        |joint| reading(joint, total, took_part, in_favour).is_ok_and(|one| one.passed == Some(true));
    let agreed =
        result.agreed == Agreed::Yes && order.decides.joint().is_some_and(|(_, joint)| passes(joint));
    let before = result.ended.is_some_and(|confirmed| confirmed <= order.opened);
    Ok(match (result.stage, before, agreed) {
        (ResultStage::Confirmed, true, true) => None,
        (ResultStage::Entered | ResultStage::Rejected, ..) => Some("its result was not confirmed"),
        (ResultStage::Confirmed, false, _) => Some("it left before its result was confirmed"),
        (ResultStage::Confirmed, true, false) => Some("the owners did not agree"),
    })
}
