//! Giving a promise a later day, with a reason.

use crate::promises::promise::{Owing, PromiseAtWork};
use maud::{Markup, html};
use yishi_domain::promises::{self, RENEW};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Giving it a later day.
#[derive(Debug)]
pub struct Renew;

impl Act for Renew {
    type On = PromiseAtWork;
    type Command = promises::Renew;
    const WORD: &'static str = "renew";
    const RIGHT: &'static Right = &RENEW;

    async fn form(_: &Owing, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("promise-renew-lead")) }
            (f.text("reason").label("promise-renew-reason").hint("public-hint"))
            (f.day("due").label("promise-renew-due"))
            (f.submit("promise-renew-send", "second wide"))
        };
        Ok(f.folded(&f.t().say("promise-renew-title"), &inner))
    }

    async fn read(sheet: &Owing, mut r: Reader<'_>) -> Result<promises::Renew, Slip> {
        let (reason, due) = (r.line("reason", sheet.limits()), r.day("due", "promise-wrong-day"));
        r.done(|| Some(promises::Renew { reason: reason?, due: due? }))
    }

    async fn carry_out(sheet: &Owing, command: promises::Renew) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
