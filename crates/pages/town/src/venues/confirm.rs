//! Saying that all that stands here is still true.

use super::venue::{Keeping, KeptVenue};
use maud::{Markup, html};
use yishi_domain::venues::{self, CONFIRM};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying that all that stands here is still true.
#[derive(Debug)]
pub struct Confirm;

impl Act for Confirm {
    type On = KeptVenue;
    type Command = venues::Confirm;
    const WORD: &'static str = "confirm";
    const RIGHT: &'static Right = &CONFIRM;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.with("venue-looked", &[("day", &t.day(sheet.state.looked.date()))])) }
            (f.submit("venue-confirm", "second wide"))
        };
        Ok(f.card(&t.say("venue-confirm"), &inner))
    }

    async fn read(_: &Keeping, r: Reader<'_>) -> Result<venues::Confirm, Slip> {
        r.done(|| Some(venues::Confirm))
    }

    async fn carry_out(sheet: &Keeping, command: venues::Confirm) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
