//! Making a new one-time link for somebody.

use super::people::{KeptPeople, Staffing};
use crate::admin::people::invited;
use maud::Markup;
use yishi_domain::people::INVITE;
use yishi_kernel::{AccountId, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Making a new one-time link for somebody.
#[derive(Debug)]
pub struct Invite;

impl Act for Invite {
    type On = KeptPeople;
    type Command = AccountId;
    const WORD: &'static str = "invite";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &INVITE;

    async fn form(_: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each person.
        Ok(f.submit("people-invite", "second"))
    }

    async fn read(_: &Staffing, mut r: Reader<'_>) -> Result<AccountId, Slip> {
        let account = r.id("account", "form-choose");
        r.done(|| account)
    }

    async fn carry_out(sheet: &Staffing, account: AccountId) -> Result<Next, Error> {
        invited(sheet, account).await
    }
}
