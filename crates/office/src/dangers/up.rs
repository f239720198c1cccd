//! Dangers that nobody has seen in time, or that are not safe in time, go up a desk by themselves.
//! Whether one must is the domain's to say, so that it may be asked twice.

use super::reads::LATE;
use crate::background::Repeated;
use crate::registered::Boxed;
use crate::{Failure, Office};
use std::time::Duration;
use yishi_domain::dangers::{DangerId, GoUp};
use yishi_kernel::{Actor, Moment, PlaceId};
use yishi_store::args;

/// Dangers looked up at once.
const PAGE: i64 = 200;

/// Takes them up.
#[derive(Debug)]
pub(crate) struct TakeUp;

impl Repeated for TakeUp {
    fn name(&self) -> &'static str {
        "danger-goes-up"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(20)
    }

    fn run<'a>(&'a self, office: &'a Office) -> Boxed<'a> {
        Box::pin(async move {
            let (now, mut after) = (office.now(), (Moment(i64::MIN), String::new(), String::new()));
            loop {
                let (up_by, ledger, id) = &after;
                let page = LATE.all(&office.db, &args![now, *up_by, ledger, id, PAGE]).await?;
                let Some(last) = page.last() else { return Ok(()) };
                after = (last.up_by, last.ledger.to_string(), last.id.to_string());
                for late in page {
                    up(office, late.ledger, late.id).await?;
                }
            }
        })
    }
}

/// One of them; nobody may work above, or it was made safe meanwhile.
async fn up(office: &Office, ledger: PlaceId, id: DangerId) -> Result<(), Failure> {
    match office.act(&Actor::system(ledger), ledger, id, GoUp).await {
        Err(Failure::Refused(_)) => Ok(()),
        done => done,
    }
}
