//! Confirming what another administrator asked for.

use super::people::{KeptPeople, Staffing};
use crate::admin::people::{kept_here, shown};
use maud::Markup;
use yishi_domain::people::KEEP;
use yishi_kernel::{AccountId, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Confirming what another administrator asked for.
#[derive(Debug)]
pub struct Confirm;

impl Act for Confirm {
    type On = KeptPeople;
    type Command = AccountId;
    const WORD: &'static str = "confirm";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each person for whom something was asked.
        Ok(f.submit("people-confirm", ""))
    }

    async fn read(_: &Staffing, mut r: Reader<'_>) -> Result<AccountId, Slip> {
        let account = r.id("account", "form-choose");
        r.done(|| account)
    }

    async fn carry_out(sheet: &Staffing, account: AccountId) -> Result<Next, Error> {
        let row = kept_here(sheet, account).await?;
        match sheet.cx.office().confirm(&sheet.staff.actor, account).await? {
            Some(link) => shown(sheet, row.name, &link).await,
            None => Ok(Next::Back),
        }
    }
}
