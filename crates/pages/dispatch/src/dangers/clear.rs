//! Agreeing, in a second role, that there is no danger.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, CLEAR};
use yishi_kernel::Right;
use yishi_kernel::access::roles::CHIEFS;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Agreeing, in a second role, that there is no danger.
#[derive(Debug)]
pub struct Clear;

impl Act for Clear {
    type On = DangerAtWork;
    type Command = dangers::Clear;
    const WORD: &'static str = "clear";
    const RIGHT: &'static Right = &CLEAR;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        // A worker's word is not enough, and whoever said so does not agree with themselves.
        let second = job.state.doubted.as_ref().is_some_and(|doubted| doubted.role != job.role);
        if !second || !CHIEFS.has(job.role) {
            return Ok(html! {});
        }
        let inner = html! {
            p { (f.t().say("danger-clear-lead")) }
            (f.text("note").label("danger-note"))
            (f.submit("danger-clear-title", "danger wide"))
        };
        Ok(f.card(&f.t().say("danger-clear-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::Clear, Slip> {
        let note = r.text("note");
        r.done(|| Some(dangers::Clear { note }))
    }

    async fn carry_out(job: &Job, command: dangers::Clear) -> Result<Next, Error> {
        job.act(command).await
    }
}
