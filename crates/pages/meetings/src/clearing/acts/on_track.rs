//! Saying what is done next of what is not due yet.

use crate::clearing::item::{ItemAtWork, Marking};
use maud::{Markup, html};
use yishi_domain::clearing::{self, ON_TRACK};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying what is done next of what is not due yet.
#[derive(Debug)]
pub struct OnTrack;

impl Act for OnTrack {
    type On = ItemAtWork;
    type Command = clearing::OnTrack;
    const WORD: &'static str = "on-track";
    const RIGHT: &'static Right = &ON_TRACK;

    async fn form(sheet: &Marking, f: &Form<'_>) -> Result<Markup, Error> {
        // What is overdue is not on track.
        if !sheet.row.runs() || sheet.row.item.due <= sheet.cx.now {
            return Ok(html! {});
        }
        let inner = html! {
            p { (f.t().say("clearing-on-track-lead")) }
            (f.text("next").label("clearing-on-track-next").hint("public-hint"))
            (f.submit("clearing-on-track", "wide"))
        };
        Ok(f.card(&f.t().say("clearing-on-track"), &inner))
    }

    async fn read(_: &Marking, r: Reader<'_>) -> Result<clearing::OnTrack, Slip> {
        let next = r.text("next");
        r.done(|| Some(clearing::OnTrack { next }))
    }

    async fn carry_out(sheet: &Marking, command: clearing::OnTrack) -> Result<Next, Error> {
        sheet.act(command).await?;
        Ok(Next::To(sheet.row.run_link(&sheet.ledger.slug)))
    }
}
