//! Closing an organisation: it takes part no more.

use super::heir::heir;
use super::people::{KeptPeople, Staffing, own_bodies};
use maud::Markup;
use yishi_domain::people::KEEP;
use yishi_kernel::{Heir, OrganisationId, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Closing an organisation.
#[derive(Debug)]
pub struct CloseOrganisation;

impl Act for CloseOrganisation {
    type On = KeptPeople;
    type Command = (OrganisationId, Heir);
    const WORD: &'static str = "close-organisation";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each organisation.
        Ok(f.submit("people-close-organisation", "danger"))
    }

    async fn read(sheet: &Staffing, mut r: Reader<'_>) -> Result<(OrganisationId, Heir), Slip> {
        let (body, heir) = (r.id("body", "form-choose"), heir(sheet, &mut r).await);
        let body = body.filter(|id| own_bodies(sheet).any(|row| row.id == *id));
        if body.is_none() {
            r.wrong("body", "form-choose");
        }
        r.done(|| Some((body?, heir?)))
    }

    async fn carry_out(sheet: &Staffing, (body, heir): (OrganisationId, Heir)) -> Result<Next, Error> {
        sheet.cx.office().close_organisation(&sheet.staff.actor, body, heir).await?;
        Ok(Next::Back)
    }
}
