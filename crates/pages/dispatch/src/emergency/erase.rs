//! Erasing out of an emergency who worked on it, and the photos of its paper.

use super::basis::{BasisAtWork, Job};
use yishi_domain::emergency::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right};
use yishi_office::Erasing;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for BasisAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "basis-erase-lead";

    async fn whose(_: &Job) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(job: &Job, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, basis) = (&job.cx.app.office, job.row.basis.id.into());
        let what = Erasing::all_of(&[Subject::Staff], reason);
        Ok(office.erase(&job.staff.actor, job.ledger.ledger, &[basis], &what).await?)
    }
}
