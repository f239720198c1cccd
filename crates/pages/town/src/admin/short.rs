//! The short name by which a place's papers are numbered.

use super::places::{Keeping, KeptPlace};
use maud::{Markup, html};
use yishi_domain::places::{Abbreviate, KEEP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Choosing the short name.
#[derive(Debug)]
pub struct Short;

impl Act for Short {
    type On = KeptPlace;
    type Command = Abbreviate;
    const WORD: &'static str = "short";
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Keeping, f: &Form<'_>) -> Result<Markup, Error> {
        if !sheet.row.kind.keeps_ledger() {
            return Ok(html! {});
        }
        let now = sheet.state.short(sheet.cx.now).unwrap_or_default().to_owned();
        let inner = html! {
            (f.text("short").start(now))
            (f.submit("place-short-send", "second"))
        };
        Ok(f.tile(&inner))
    }

    async fn read(_: &Keeping, r: Reader<'_>) -> Result<Abbreviate, Slip> {
        let short = r.text("short");
        r.done(|| Some(Abbreviate { short }))
    }

    async fn carry_out(sheet: &Keeping, command: Abbreviate) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
