//! Erasing out of an exclusion who asked and who ruled.

use super::page::{ExclusionAtWork, Job};
use yishi_domain::exclusion::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right};
use yishi_office::Erasing;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for ExclusionAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "exclusion-erase-lead";

    async fn whose(_: &Job) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(job: &Job, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, exclusion) = (&job.cx.app.office, job.row.exclusion.id.into());
        let what = Erasing::all_of(&[Subject::Staff], reason);
        Ok(office.erase(&job.staff.actor, job.ledger.ledger, &[exclusion], &what).await?)
    }
}
