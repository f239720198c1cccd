//! Declining what another administrator asked for, or taking it back.

use super::people::{KeptPeople, Staffing};
use crate::admin::people::kept_here;
use maud::Markup;
use yishi_domain::people::KEEP;
use yishi_kernel::{AccountId, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Declining what was asked for.
#[derive(Debug)]
pub struct Decline;

impl Act for Decline {
    type On = KeptPeople;
    type Command = AccountId;
    const WORD: &'static str = "decline";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each person for whom something was asked.
        Ok(f.submit("people-decline", "danger"))
    }

    async fn read(_: &Staffing, mut r: Reader<'_>) -> Result<AccountId, Slip> {
        let account = r.id("account", "form-choose");
        r.done(|| account)
    }

    async fn carry_out(sheet: &Staffing, account: AccountId) -> Result<Next, Error> {
        kept_here(sheet, account).await?;
        sheet.cx.office().decline(&sheet.staff.actor, account).await?;
        Ok(Next::Back)
    }
}
