//! Opening an account; its one-time link is shown at once.

use super::people::{KeptPeople, Staffing};
use crate::admin::people::{employers, invited};
use maud::{Markup, html};
use yishi_domain::people::KEEP;
use yishi_kernel::{OrganisationId, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Opening an account; its one-time link is shown at once.
#[derive(Debug)]
pub struct OpenAccount;

impl Act for OpenAccount {
    type On = KeptPeople;
    type Command = Opening;
    const WORD: &'static str = "open";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("name"))
            (f.select("employer", &employers(sheet)))
            (f.submit("people-open", ""))
        };
        Ok(html! { div id="open-account" { (f.card(&f.t().say("people-open"), &inner)) } })
    }

    async fn read(_: &Staffing, mut r: Reader<'_>) -> Result<Opening, Slip> {
        let (name, employer) = (r.text("name"), r.id_or_none("employer"));
        r.done(|| Some(Opening { name, employer }))
    }

    async fn carry_out(sheet: &Staffing, opening: Opening) -> Result<Next, Error> {
        let Opening { name, employer } = opening;
        let office = sheet.cx.office();
        let id = office.open_account(&sheet.staff.actor, sheet.row.place.id, &name, employer).await?;
        invited(sheet, id).await
    }
}

/// An account to be opened.
#[derive(Debug)]
pub struct Opening {
    name: String,
    employer: Option<OrganisationId>,
}
