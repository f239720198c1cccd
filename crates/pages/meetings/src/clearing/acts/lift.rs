//! Taking an item to the desk above.

use crate::clearing::item::{ItemAtWork, Marking};
use maud::{Markup, html};
use yishi_domain::clearing::{self, LIFT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Taking an item to the desk above.
#[derive(Debug)]
pub struct Lift;

impl Act for Lift {
    type On = ItemAtWork;
    type Command = clearing::Lift;
    const WORD: &'static str = "lift";
    const RIGHT: &'static Right = &LIFT;

    async fn form(sheet: &Marking, f: &Form<'_>) -> Result<Markup, Error> {
        if !sheet.row.runs() {
            return Ok(html! {});
        }
        let inner = html! {
            p { (f.t().say("clearing-lift-lead")) }
            (f.text("reason").label("clearing-lift-reason").hint("public-hint"))
            (f.submit("clearing-lift", "wide"))
        };
        Ok(f.card(&f.t().say("clearing-lift"), &inner))
    }

    async fn read(_: &Marking, r: Reader<'_>) -> Result<clearing::Lift, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(clearing::Lift { reason }))
    }

    async fn carry_out(sheet: &Marking, command: clearing::Lift) -> Result<Next, Error> {
        sheet.act(command).await?;
        Ok(Next::To(sheet.row.run_link(&sheet.ledger.slug)))
    }
}
