//! Saying that a gathering is not held, with a reason for the neighbours.

use super::gathering::{GatheringAtWork, Held};
use maud::{Markup, html};
use yishi_domain::gatherings::{self, CALL_OFF};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Calling it off.
#[derive(Debug)]
pub struct CallOff;

impl Act for CallOff {
    type On = GatheringAtWork;
    type Command = gatherings::CallOff;
    const WORD: &'static str = "off";
    const RIGHT: &'static Right = &CALL_OFF;

    async fn form(_: &Held, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("reason").label("gathering-off-reason").hint("public-hint"))
            (f.submit("gathering-off", "danger"))
        };
        Ok(f.folded(&f.t().say("gathering-off"), &inner))
    }

    async fn read(_: &Held, r: Reader<'_>) -> Result<gatherings::CallOff, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(gatherings::CallOff { reason }))
    }

    async fn carry_out(held: &Held, command: gatherings::CallOff) -> Result<Next, Error> {
        held.act(command).await
    }
}
