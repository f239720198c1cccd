//! Saying that one has seen it and sees to it, by one tap.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, SEE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Saying that one has seen it and sees to it, by one tap.
#[derive(Debug)]
pub struct See;

impl Act for See {
    type On = DangerAtWork;
    type Command = dangers::See;
    const WORD: &'static str = "see";
    const RIGHT: &'static Right = &SEE;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.state.seen.is_some() {
            return Ok(html! {});
        }
        let inner = html! { p { (f.t().say("danger-see-lead")) } (f.submit("danger-see-send", "wide")) };
        Ok(f.card(&f.t().say("danger-see-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::See, Slip> {
        r.done(|| Some(dangers::See))
    }

    async fn carry_out(job: &Job, command: dangers::See) -> Result<Next, Error> {
        job.act(command).await
    }
}
