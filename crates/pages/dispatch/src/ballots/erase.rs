//! Erasing out of a result who worked on it, and the photos of its paper.

use super::result::{ResultAtWork, Work};
use yishi_domain::ballots::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right};
use yishi_office::Erasing;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for ResultAtWork {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "owners-erase-lead";

    async fn whose(_: &Work) -> Result<Whose, Error> {
        Ok(Whose::All)
    }

    async fn erase(work: &Work, _: &str, reason: EraseReason) -> Result<(), Error> {
        let (office, result) = (&work.cx.app.office, work.row.result.id.into());
        let what = Erasing::all_of(&[Subject::Staff], reason);
        Ok(office.erase(&work.staff.actor, work.ledger.ledger, &[result], &what).await?)
    }
}
