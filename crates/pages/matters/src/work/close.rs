//! Closing what was answered and evaluated (销号).

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, CLOSE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Closing (销号).
#[derive(Debug)]
pub struct Close;

impl Act for Close {
    type On = MatterAtWork;
    type Command = matters::Close;
    const WORD: &'static str = "close";
    const RIGHT: &'static Right = &CLOSE;
    const DONE: Option<&'static str> = Some("close");

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! { p { (f.t().say("close-lead")) } (f.submit("close-send", "wide")) };
        Ok(f.card(&f.t().say("close-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<matters::Close, Slip> {
        r.done(|| Some(matters::Close))
    }

    async fn carry_out(job: &Job, command: matters::Close) -> Result<Next, Error> {
        job.act(command).await
    }
}
