//! Erasing what was said and who said it, on the person's wish (删除权): a matter with all its
//! receipts. One receipt alone is erased on its own page.

use super::job::{Job, MatterAtWork};
use yishi_domain::matters::ERASE;
use yishi_kernel::{EraseReason, Right};
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for MatterAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "erase-lead";

    async fn whose(_: &Job) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(job: &Job, _: &str, reason: EraseReason) -> Result<(), Error> {
        let office = &job.cx.app.office;
        Ok(office.erase_matter(&job.staff.actor, job.ledger.ledger, job.row.id, reason).await?)
    }
}
