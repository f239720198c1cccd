//! What must hold of orders on what is the owners': each left by a result that was confirmed before,
//! in which they agreed, and whose own sums say so; or by an emergency that two persons in two roles
//! had confirmed before, for its own line.

use crate::Office;
use crate::audit::{Law, Looked, Looking, RESTORE, Things, thing};
use yishi_domain::ballots::{Agreed, Leave, OwnersResult, OwnersResultId, ResultStage, reading};
use yishi_domain::dispatch::{Order, OrderId, Source};
use yishi_domain::emergency::{Basis, BasisId};
use yishi_kernel::{PlaceId, StreamName};
use yishi_store::amended::Amended;
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

thing!(Line => Order);

/// Nothing of the owners' left without them.
#[derive(Debug)]
pub(crate) struct Gate;

impl Law for Gate {
    fn says(&self) -> &'static str {
        "no order on what is the owners' left before they agreed, or by an emergency that two confirmed"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut all) = (Looked::default(), Things::of(&LINES));
            while let Some((line, order)) = all.next(office).await? {
                if order.decides.joint().is_none() {
                    continue;
                }
                let wrong = match order.leave {
                    None => Some("it names neither a result nor an emergency"),
                    Some(Leave::Owners(id)) => by_result(office, line.ledger, &order, id).await?,
                    Some(Leave::Emergency(id)) => by_basis(office, &line, &order, id).await?,
                };
                looked.thing(&line, wrong);
            }
            Ok(looked)
        })
    }
}

/// What is wrong with an order that left by a result of the owners.
async fn by_result(
    office: &Office,
    ledger: PlaceId,
    order: &Order,
    id: OwnersResultId,
) -> Result<Option<&'static str>, crate::Failure> {
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

/// What is wrong with an order that left by an emergency.
async fn by_basis(
    office: &Office,
    line: &Line,
    order: &Order,
    id: BasisId,
) -> Result<Option<&'static str>, crate::Failure> {
    let loaded = office.load::<Basis>(line.ledger, &id.into()).await?;
    let Some(basis) = loaded.get() else { return Ok(Some("its emergency is not there")) };
    let Some(confirmed) = &basis.confirmed else { return Ok(Some("its emergency was not confirmed")) };
    let same = order.source == Source::Matter(basis.matter) && order.decides == basis.decides;
    if basis.order != Some(line.id) || !same {
        return Ok(Some("its emergency freed something else"));
    }
    if confirmed.hand.at > order.opened {
        return Ok(Some("it left before its emergency was confirmed"));
    }
    if !confirmed.hand.is_another(&basis.worded) {
        return Ok(Some("one role or person alone entered and confirmed its emergency"));
    }
    let alike = order.task.task == basis.line && order.task.acceptance == basis.acceptance;
    // A text that was corrected or taken back reads otherwise, and an entry says so.
    let reworded = async |stream: StreamName| -> Result<bool, crate::Failure> {
        let amended = Amended::load(&office.db, line.ledger, &stream).await?;
        let texts = ["line", "task/task", "acceptance", "task/acceptance"];
        let gone = amended.gone();
        Ok(gone.iter().any(|gone| gone.value.version == 1 && texts.contains(&gone.value.field.as_str())))
    };
    let reads = alike || reworded(line.id.into()).await? || reworded(id.into()).await?;
    Ok((!reads).then_some("it says another thing than its emergency frees"))
}
