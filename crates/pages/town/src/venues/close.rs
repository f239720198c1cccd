//! Closing a venue: until a day, or for good where no day is given and that is ticked.

use super::venue::{Keeping, KeptVenue};
use maud::{Markup, html};
use yishi_domain::venues::{self, CLOSE, Closure};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::read::Ticked;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Closing a venue.
#[derive(Debug)]
pub struct Close;

impl Act for Close {
    type On = KeptVenue;
    type Command = venues::Close;
    const WORD: &'static str = "close";
    const RIGHT: &'static Right = &CLOSE;

    async fn form(_: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("reason").label("venue-close-reason"))
            (f.day("until").label("venue-close-until"))
            (f.check("good").label("venue-close-good"))
            (f.submit("venue-close", "danger wide"))
        };
        Ok(f.folded(&f.t().say("venue-close"), &inner))
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<venues::Close, Slip> {
        if r.some("reason").is_none() {
            r.wrong("reason", "refusal-text-empty");
        }
        let reason = r.text("reason");
        let closure = match r.ticked("good") {
            Ticked::Yes => Some(Closure::ForGood),
            Ticked::No => r.day("until", "venue-wrong-until").map(Closure::Until),
        };
        r.done(|| Some(venues::Close { reason, closure: closure? }))
    }

    async fn carry_out(sheet: &Keeping, command: venues::Close) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
