//! Opening a closed venue again.

use super::venue::{Keeping, KeptVenue};
use maud::Markup;
use yishi_domain::venues::{self, REOPEN};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Opening a closed venue again.
#[derive(Debug)]
pub struct Reopen;

impl Act for Reopen {
    type On = KeptVenue;
    type Command = venues::Reopen;
    const WORD: &'static str = "reopen";
    const RIGHT: &'static Right = &REOPEN;

    async fn form(_: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(f.card(&f.t().say("venue-reopen"), &f.submit("venue-reopen", "wide")))
    }

    async fn read(_: &Keeping, r: Reader<'_>) -> Result<venues::Reopen, Slip> {
        r.done(|| Some(venues::Reopen))
    }

    async fn carry_out(sheet: &Keeping, command: venues::Reopen) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
