//! Telling another body of it.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, CALL};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::holders::bodies;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Telling another body of it.
#[derive(Debug)]
pub struct Call;

impl Act for Call {
    type On = DangerAtWork;
    type Command = dangers::Call;
    const WORD: &'static str = "call";
    const RIGHT: &'static Right = &CALL;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let told = |id: &str| job.state.called.iter().any(|body| body.to_string() == id);
        let all: Vec<_> = bodies(&job.cx, &job.path).await?.into_iter().filter(|(id, _)| !told(id)).collect();
        if all.is_empty() {
            return Ok(html! {});
        }
        let inner = html! {
            (f.select("organisation", &all).label("danger-call-whom"))
            (f.submit("danger-call-title", "second wide"))
        };
        Ok(f.folded(&f.t().say("danger-call-title"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dangers::Call, Slip> {
        let organisation = r.id("organisation", "form-choose");
        r.done(|| Some(dangers::Call { organisation: organisation? }))
    }

    async fn carry_out(job: &Job, command: dangers::Call) -> Result<Next, Error> {
        job.act(command).await
    }
}
