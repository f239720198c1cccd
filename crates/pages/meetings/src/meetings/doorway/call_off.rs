//! Calling a stairwell's meeting off, with a reason for the neighbours.

use super::door::{AtTheDoor, Stair};
use maud::{Markup, html};
use yishi_domain::meetings::{self, HOLD_STAIRWELL};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Calling it off.
#[derive(Debug)]
pub struct CallOff;

impl Act for CallOff {
    type On = AtTheDoor;
    type Command = meetings::CallOff;
    const WORD: &'static str = "off";
    const RIGHT: &'static Right = &HOLD_STAIRWELL;

    async fn form(_: &Stair, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("reason").label("cancel-reason").hint("public-hint"))
            (f.submit("stairs-off", "danger"))
        };
        Ok(f.folded(&f.t().say("stairs-off-title"), &inner))
    }

    async fn read(_: &Stair, r: Reader<'_>) -> Result<meetings::CallOff, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(meetings::CallOff { reason }))
    }

    async fn carry_out(stair: &Stair, command: meetings::CallOff) -> Result<Next, Error> {
        stair.act(command).await
    }
}
