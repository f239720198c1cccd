//! A double assessment begins when the work of a whistle is accepted, and ends when its time is over:
//! both by themselves. What is no whistle the domain refuses.

use crate::background::{Entry, Plan, Reader, Timer};
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::time::Duration;
use yishi_domain::dispatch::OrderId;
use yishi_domain::ratings::{Assessment, AssessmentId, End, Open};
use yishi_kernel::{Actor, Stream as _, StreamName};
use yishi_store::duty::Duty;
use yishi_store::{Fault, blobs};

/// The assessment of an order: one for each.
#[must_use]
pub fn assessment_of(order: OrderId) -> AssessmentId {
    AssessmentId(blobs::id_of(format!("assessment/{order}").as_bytes()))
}

/// Begins them.
#[derive(Debug)]
pub(crate) struct BeginRatings;

impl Reader for BeginRatings {
    const NAME: &'static str = "ratings";
    const OF: &'static [&'static str] = &["order.accepted.1"];

    fn read(&self, entry: &Entry, plan: &mut Plan) -> Result<(), Fault> {
        let order: OrderId = StreamName::stored(&entry.stream).id().parse().map_err(Fault::unreadable)?;
        plan.start(assessment_of(order), Open { order });
        Ok(())
    }
}

/// Ends them.
#[derive(Debug)]
pub(crate) struct EndRatings;

impl Timer for EndRatings {
    fn name(&self) -> &'static str {
        "ratings"
    }

    fn after(&self) -> Duration {
        Duration::ZERO
    }

    fn fire<'a>(&'a self, office: &'a Office, duty: &'a Duty) -> Boxed<'a> {
        Box::pin(async move {
            if duty.kind != Assessment::KIND {
                return Ok(());
            }
            let id: AssessmentId = duty.id().parse().map_err(Fault::unreadable)?;
            match office.act(&Actor::system(duty.ledger), duty.ledger, id, End).await {
                Err(Failure::Refused(refusal)) => tracing::info!(%refusal, "an assessment was not ended"),
                done => done?,
            }
            Ok(())
        })
    }
}
