//! Revoking a partner's token.

use super::kept::{Keeping, KeptPartners};
use maud::Markup;
use yishi_domain::partners::{self, KEEP, PartnerId};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Revoking a partner's token.
#[derive(Debug)]
pub struct Revoke;

impl Act for Revoke {
    type On = KeptPartners;
    type Command = PartnerId;
    const WORD: &'static str = "revoke";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        // It stands beside each token.
        Ok(f.submit("partner-revoke", "danger"))
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<PartnerId, Slip> {
        let partner = r.id("partner", "form-choose");
        r.done(|| partner)
    }

    async fn carry_out(sheet: &Keeping, partner: PartnerId) -> Result<Next, Error> {
        let (office, actor) = (sheet.cx.office(), &sheet.staff.actor);
        office.act(actor, sheet.ledger.ledger, partner, partners::Revoke).await?;
        Ok(Next::Back)
    }
}
