//! Putting right what is said of a venue.

use super::form::{fields, read};
use super::venue::{Keeping, KeptVenue};
use maud::{Markup, html};
use yishi_domain::venues::{self, CORRECT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Putting right what is said of a venue.
#[derive(Debug)]
pub struct Correct;

impl Act for Correct {
    type On = KeptVenue;
    type Command = venues::Correct;
    const WORD: &'static str = "correct";
    const RIGHT: &'static Right = &CORRECT;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! { (fields(f, Some(&sheet.state.details))) (f.submit("venue-correct", "wide")) };
        Ok(f.folded(&f.t().say("venue-correct"), &inner))
    }

    async fn read(_: &Keeping, mut r: Reader<'_>) -> Result<venues::Correct, Slip> {
        let details = read(&mut r);
        r.done(|| Some(venues::Correct { details: details? }))
    }

    async fn carry_out(sheet: &Keeping, command: venues::Correct) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
