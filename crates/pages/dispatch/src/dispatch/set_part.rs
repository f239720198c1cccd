//! Giving the part of a body beside the lead a day of its own, by the street.

use super::job::{Job, OrderAtWork};
use crate::dispatch::face::Doing;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, SET_PART};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Giving a part a day of its own.
#[derive(Debug)]
pub struct SetPart;

impl Act for SetPart {
    type On = OrderAtWork;
    type Command = dispatch::SetPart;
    const WORD: &'static str = "set-part";
    const RIGHT: &'static Right = &SET_PART;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let open = job
            .row
            .called
            .iter()
            .filter(|one| matches!(one.doing, Some(Doing::NotYet | Doing::By(_) | Doing::Late(_))));
        let open: Vec<_> = open.map(|one| (one.organisation.to_string(), one.name.clone())).collect();
        if open.is_empty() {
            return Ok(html! {});
        }
        let inner = html! {
            (f.select("body", &open).label("dispatch-part-of"))
            (f.area("reason").hint("public-hint"))
            (f.day("finish").label("dispatch-part-by"))
            (f.submit("dispatch-set-part", "second wide"))
        };
        Ok(f.folded(&f.t().say("dispatch-set-part"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::SetPart, Slip> {
        let organisation = r.id("body", "dispatch-wrong-part");
        let (reason, finish_by) = (r.text("reason"), r.day("finish", "dispatch-wrong-day"));
        r.done(|| {
            let (organisation, finish_by) = (organisation?, finish_by?);
            Some(dispatch::SetPart { organisation, reason, finish_by })
        })
    }

    async fn carry_out(job: &Job, command: dispatch::SetPart) -> Result<Next, Error> {
        job.act(command).await
    }
}
