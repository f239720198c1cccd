//! Saying at the desk above what is done.

use crate::clearing::item::{ItemAtWork, Marking};
use maud::{Markup, html};
use yishi_domain::clearing::{self, TAKE_UP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying at the desk above what is done.
#[derive(Debug)]
pub struct TakeUp;

impl Act for TakeUp {
    type On = ItemAtWork;
    type Command = clearing::TakeUp;
    const WORD: &'static str = "take-up";
    const RIGHT: &'static Right = &TAKE_UP;

    async fn form(_: &Marking, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("clearing-take-up-lead")) }
            (f.text("note").label("clearing-take-up-note").hint("public-hint"))
            (f.submit("clearing-take-up", "wide"))
        };
        Ok(f.card(&f.t().say("clearing-take-up"), &inner))
    }

    async fn read(_: &Marking, r: Reader<'_>) -> Result<clearing::TakeUp, Slip> {
        let note = r.text("note");
        r.done(|| Some(clearing::TakeUp { note }))
    }

    async fn carry_out(sheet: &Marking, command: clearing::TakeUp) -> Result<Next, Error> {
        sheet.act(command).await?;
        Ok(Next::Back)
    }
}
