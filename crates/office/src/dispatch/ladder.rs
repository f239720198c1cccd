//! The ladder by itself: what of a whistle is due to climb does so. What that is, and that each step
//! happens once, is the domain's.

use super::reads::CLIMBING;
use crate::background::Repeated;
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::time::Duration;
use yishi_domain::dispatch::Escalate;
use yishi_kernel::Actor;
use yishi_store::args;

/// What climbs in one round.
const AT_ONCE: i64 = 200;

/// Lets climb what is due to.
#[derive(Debug)]
pub(crate) struct Climb;

impl Repeated for Climb {
    fn name(&self) -> &'static str {
        "ladder"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(20)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Boxed<'a> {
        Box::pin(async move {
            for row in CLIMBING.all(&office.db, &args![office.now(), AT_ONCE]).await? {
                match office.act(&Actor::system(row.ledger), row.ledger, row.id, Escalate).await {
                    // It came to its end meanwhile.
                    Err(Failure::Refused(refusal)) => tracing::info!(%refusal, "a whistle did not climb"),
                    done => done?,
                }
            }
            Ok(())
        })
    }
}
