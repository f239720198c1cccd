//! Accepting an order that is reported done.

use super::forms::with_note;
use super::job::{Job, OrderAtWork};
use maud::Markup;
use yishi_domain::dispatch::{self, ACCEPT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Accepting an order that is reported done.
#[derive(Debug)]
pub struct Accept;

impl Act for Accept {
    type On = OrderAtWork;
    type Command = dispatch::Accept;
    const WORD: &'static str = "accept";
    const RIGHT: &'static Right = &ACCEPT;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        Ok(with_note(f, "dispatch-accept", "dispatch-accept-hint"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::Accept, Slip> {
        let note = r.text("note");
        r.done(|| Some(dispatch::Accept { note }))
    }

    async fn carry_out(job: &Job, command: dispatch::Accept) -> Result<Next, Error> {
        job.act(command).await
    }
}
