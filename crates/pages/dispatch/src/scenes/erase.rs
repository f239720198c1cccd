//! Erasing out of a record who was there and who wrote and signed it.

use super::scene::{Job, SceneAtWork};
use yishi_domain::scenes::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right};
use yishi_office::Erasing;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for SceneAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "scene-erase-lead";

    async fn whose(_: &Job) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(job: &Job, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, scene) = (&job.cx.app.office, job.row.id.into());
        let what = Erasing::all_of(&[Subject::Speaker, Subject::Staff], reason);
        Ok(office.erase(&job.staff.actor, job.ledger.ledger, &[scene], &what).await?)
    }
}
