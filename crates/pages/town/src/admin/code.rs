//! Giving a place its official code, from today on.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{self, KEEP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Giving a place its official code.
#[derive(Debug)]
pub struct Code;

impl Act for Code {
    type On = KeptPlace;
    type Command = places::Code;
    const WORD: &'static str = "code";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.text("code").start(sheet.row.code.clone().unwrap_or_default()))
            (f.submit("place-code-send", "second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(sheet: &Keeping, r: Reader<'_>) -> Result<places::Code, Slip> {
        let (code, from) = (r.text("code"), sheet.cx.now);
        r.done(|| Some(places::Code { code, from }))
    }

    async fn carry_out(sheet: &Keeping, command: places::Code) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
