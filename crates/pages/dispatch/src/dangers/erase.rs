//! Erasing out of a danger what belongs to those who worked on it: photos, and who they were.

use super::job::{DangerAtWork, Job};
use yishi_domain::dangers::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right};
use yishi_office::Erasing;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for DangerAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "danger-erase-lead";

    async fn whose(_: &Job) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(job: &Job, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, danger) = (&job.cx.app.office, job.row.danger.id.into());
        let what = Erasing::all_of(&[Subject::Staff], reason);
        Ok(office.erase(&job.staff.actor, job.ledger.ledger, &[danger], &what).await?)
    }
}
