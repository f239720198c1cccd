//! Seeing that a promise is kept: by somebody other than whoever said so.

use crate::promises::promise::{Owing, PromiseAtWork};
use maud::{Markup, html};
use yishi_domain::promises::{self, KEEP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Seeing that it is kept.
#[derive(Debug)]
pub struct Kept;

impl Act for Kept {
    type On = PromiseAtWork;
    type Command = promises::Keep;
    const WORD: &'static str = "kept";
    const RIGHT: &'static Right = &KEEP;

    async fn form(sheet: &Owing, f: &Form<'_>) -> Result<Markup, Error> {
        let said = sheet.state.done.as_ref().map(|(note, _)| note.to_string());
        let inner = html! {
            p { (f.t().say("promise-kept-lead")) }
            @if let Some(note) = said { p.pre.quote { (note) } }
            (f.submit("promise-kept-send", "wide"))
        };
        Ok(f.card(&f.t().say("promise-kept-title"), &inner))
    }

    async fn read(_: &Owing, r: Reader<'_>) -> Result<promises::Keep, Slip> {
        r.done(|| Some(promises::Keep))
    }

    async fn carry_out(sheet: &Owing, command: promises::Keep) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
