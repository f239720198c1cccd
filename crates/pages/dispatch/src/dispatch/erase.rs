//! Erasing out of an order what belongs to those who worked on it: photos, and who they were.

use super::job::{Job, OrderAtWork};
use yishi_domain::dispatch::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right};
use yishi_office::Erasing;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for OrderAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "dispatch-erase-lead";

    async fn whose(_: &Job) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(job: &Job, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, order) = (&job.cx.app.office, job.row.order.id.into());
        let what = Erasing::all_of(&[Subject::Staff], reason);
        Ok(office.erase(&job.staff.actor, job.ledger.ledger, &[order], &what).await?)
    }
}
