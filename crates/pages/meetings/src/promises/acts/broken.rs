//! Saying that a promise was not kept: it stays on show, with the reason.

use crate::promises::promise::{Owing, PromiseAtWork};
use maud::{Markup, html};
use yishi_domain::promises::{self, BREAK};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying that it was not kept.
#[derive(Debug)]
pub struct Broken;

impl Act for Broken {
    type On = PromiseAtWork;
    type Command = promises::Break;
    const WORD: &'static str = "broken";
    const RIGHT: &'static Right = &BREAK;

    async fn form(_: &Owing, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("promise-broken-lead")) }
            (f.text("reason").label("promise-broken-reason").hint("public-hint"))
            (f.submit("promise-broken-send", "danger wide"))
        };
        Ok(f.folded(&f.t().say("promise-broken-title"), &inner))
    }

    async fn read(sheet: &Owing, mut r: Reader<'_>) -> Result<promises::Break, Slip> {
        let reason = r.line("reason", sheet.limits());
        r.done(|| Some(promises::Break { reason: reason? }))
    }

    async fn carry_out(sheet: &Owing, command: promises::Break) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
