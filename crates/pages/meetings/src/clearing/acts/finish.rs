//! Signing a run, so that its sheet is published.

use crate::clearing::run::{Clearing, RunAtWork};
use maud::{Markup, html};
use yishi_domain::clearing::{self, FINISH};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Signing it.
#[derive(Debug)]
pub struct Finish;

impl Act for Finish {
    type On = RunAtWork;
    type Command = clearing::Finish;
    const WORD: &'static str = "finish";
    const RIGHT: &'static Right = &FINISH;

    async fn form(_: &Clearing, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! { p { (f.t().say("clearing-finish-lead")) } (f.submit("clearing-finish", "wide")) };
        Ok(f.card(&f.t().say("clearing-finish"), &inner))
    }

    async fn read(_: &Clearing, r: Reader<'_>) -> Result<clearing::Finish, Slip> {
        r.done(|| Some(clearing::Finish))
    }

    async fn carry_out(sheet: &Clearing, command: clearing::Finish) -> Result<Next, Error> {
        sheet.act(command).await
    }
}
