//! Erasing what a place below a building says of who lives there: its name, and the words of the
//! posters that hang there, which lead nowhere then.

use super::places::{Keeping, KeptPlace};
use yishi_domain::places::ERASE;
use yishi_kernel::record::Subject;
use yishi_kernel::{EraseReason, Right, StreamName};
use yishi_office::Erasing;
use yishi_office::places::reads::every_poster;
use yishi_web::Error;
use yishi_web::erasing::{Erased, Whose};

impl Erased for KeptPlace {
    const ERASE: &'static Right = &ERASE;
    const LEAD: &'static str = "place-erase-lead";

    async fn whose(sheet: &Keeping) -> Result<Whose, Error> {
        // From a building up everybody may know a place.
        Ok(if sheet.row.kind.below_building() { Whose::All } else { Whose::Nobodys })
    }

    async fn erase(sheet: &Keeping, _: &str, reason: EraseReason) -> Result<(), Error> {
        let office = &sheet.cx.app.office;
        let posters = every_poster(&office.db, &sheet.row).await?;
        let posters = posters.into_iter().map(StreamName::from);
        let streams: Vec<StreamName> = std::iter::once(sheet.row.id.into()).chain(posters).collect();
        let what = Erasing::all_of(&[Subject::Place], reason);
        Ok(office.erase(&sheet.staff.actor, sheet.row.ledger, &streams, &what).await?)
    }
}
