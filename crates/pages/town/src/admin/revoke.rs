//! Taking a role back.

use super::heir::heir;
use super::people::{KeptPeople, Staffing};
use maud::Markup;
use yishi_domain::people::{KEEP, RevokeRole};
use yishi_kernel::{AccountId, Right, Role};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Taking a role back.
#[derive(Debug)]
pub struct Revoke;

impl Act for Revoke {
    type On = KeptPeople;
    type Command = Held;
    const WORD: &'static str = "revoke";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Staffing, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each role.
        Ok(f.submit("people-revoke", "danger"))
    }

    async fn read(sheet: &Staffing, mut r: Reader<'_>) -> Result<Held, Slip> {
        let (account, at) = (r.id("account", "form-choose"), r.id("at", "form-choose"));
        let role = r.word("role", Role::parse, "form-choose");
        let heir = heir(sheet, &mut r).await;
        r.done(|| {
            let revoke = RevokeRole { role: role?, place: at?, heir: heir? };
            Some(Held { account: account?, revoke })
        })
    }

    async fn carry_out(sheet: &Staffing, held: Held) -> Result<Next, Error> {
        let Held { account, revoke } = held;
        sheet.cx.office().revoke(&sheet.staff.actor, account, revoke).await?;
        Ok(Next::Back)
    }
}

/// A role somebody has somewhere, to be taken back.
#[derive(Debug)]
pub struct Held {
    account: AccountId,
    revoke: RevokeRole,
}
