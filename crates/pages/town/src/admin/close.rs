//! Closing a place: nothing is raised there any more.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{self, KEEP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Closing a place.
#[derive(Debug)]
pub struct Close;

impl Act for Close {
    type On = KeptPlace;
    type Command = places::Close;
    const WORD: &'static str = "close";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(_: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("place-close-lead")) }
            (f.submit("place-close", "danger"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(_: &Keeping, r: Reader<'_>) -> Result<places::Close, Slip> {
        r.done(|| Some(places::Close))
    }

    async fn carry_out(sheet: &Keeping, command: places::Close) -> Result<Next, Error> {
        let places::Close = command;
        sheet.cx.office().close_place(&sheet.staff.actor, sheet.row.id).await?;
        Ok(Next::Back)
    }
}
