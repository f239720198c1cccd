//! Closing the account of somebody who is no longer here.

use super::heir::heir;
use super::people::{KeptPeople, Staffing};
use maud::Markup;
use yishi_domain::people::KEEP;
use yishi_kernel::{AccountId, Heir, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Closing an account.
#[derive(Debug)]
pub struct CloseAccount;

impl Act for CloseAccount {
    type On = KeptPeople;
    type Command = (AccountId, Heir);
    const WORD: &'static str = "close";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each account.
        Ok(f.submit("people-close", "danger"))
    }

    async fn read(sheet: &Staffing, mut r: Reader<'_>) -> Result<(AccountId, Heir), Slip> {
        let (account, heir) = (r.id("account", "form-choose"), heir(sheet, &mut r).await);
        // Only somebody whose account is kept here.
        let account = account.filter(|id| sheet.row.accounts.iter().any(|row| row.id == *id));
        if account.is_none() {
            r.wrong("account", "form-choose");
        }
        r.done(|| Some((account?, heir?)))
    }

    async fn carry_out(sheet: &Staffing, (account, heir): (AccountId, Heir)) -> Result<Next, Error> {
        sheet.cx.office().close_account(&sheet.staff.actor, account, heir).await?;
        Ok(Next::Back)
    }
}
