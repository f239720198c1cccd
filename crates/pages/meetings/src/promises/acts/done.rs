//! Saying that a promise is kept: somebody else looks then.

use crate::promises::promise::{Owing, PromiseAtWork};
use maud::{Markup, html};
use yishi_domain::promises::{self, DONE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Saying that it is kept.
#[derive(Debug)]
pub struct Done;

impl Act for Done {
    type On = PromiseAtWork;
    type Command = promises::Done;
    const WORD: &'static str = "done";
    const RIGHT: &'static Right = &DONE;

    async fn form(_: &Owing, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("promise-done-lead")) }
            (f.area("note").label("promise-done-note").hint("public-hint"))
            (f.submit("promise-done-send", "wide"))
        };
        Ok(f.card(&f.t().say("promise-done-title"), &inner))
    }

    async fn read(sheet: &Owing, mut r: Reader<'_>) -> Result<promises::Done, Slip> {
        let note = r.note("note", sheet.limits());
        r.done(|| Some(promises::Done { note: note? }))
    }

    async fn carry_out(sheet: &Owing, command: promises::Done) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
