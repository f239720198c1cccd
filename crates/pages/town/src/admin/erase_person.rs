//! Erasing who somebody was who worked here and whose account is closed: name, roles' places and
//! the id. What they did stands without them.

use super::people::{KeptPeople, Staffing};
use yishi_domain::people::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{AccountId, EraseReason, Right};
use yishi_office::Erasing;
use yishi_office::people::reads::former;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for KeptPeople {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "people-erase-lead";

    async fn whose(sheet: &Staffing) -> Result<Whose, Error> {
        // Whoever still works here is needed; the account is closed first, and hands over.
        let former = former(&sheet.cx.app.office.db, sheet.row.place.ledger).await?;
        Ok(Whose::OneOf(former.into_iter().map(|row| (row.id.to_string(), row.name)).collect()))
    }

    async fn erase(sheet: &Staffing, whom: &str, reason: EraseReason) -> Result<(), Error> {
        let id: AccountId = whom.parse().map_err(|_| Error::NotFound)?;
        let what = Erasing::all_of(&[Subject::Staff, Subject::Place], reason);
        let (office, actor) = (&sheet.cx.app.office, &sheet.staff.actor);
        Ok(office.erase(actor, sheet.row.place.ledger, &[id.into()], &what).await?)
    }
}
