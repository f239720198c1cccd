//! Reporting the work done, with photos. Only the lead of a whistle says so.

use super::forms::with_proof;
use super::job::{Job, OrderAtWork};
use crate::dispatch::face::{Called, Part};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, OrderKind, WORK_ON};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Reporting the work done, with photos.
#[derive(Debug)]
pub struct Done;

impl Act for Done {
    type On = OrderAtWork;
    type Command = dispatch::Done;
    const WORD: &'static str = "done";
    const RIGHT: &'static Right = &WORK_ON;
    const TAKES: Takes = Takes::Parts;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if !may_finish(job) {
            return Ok(html! {});
        }
        Ok(with_proof(f, "dispatch-done", "dispatch-done-note", "dispatch-done-send", "wide"))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::Done, Slip> {
        let (note, photos) = (r.text("note"), r.photos());
        r.done(|| Some(dispatch::Done { note, photos }))
    }

    async fn carry_out(job: &Job, command: dispatch::Done) -> Result<Next, Error> {
        job.act(command).await
    }
}

fn may_finish(job: &Job) -> bool {
    let own = job.bodies();
    let leads = |one: &Called| one.part == Part::Lead && own.contains(&one.organisation);
    !job.role.of_organisation()
        || job.row.order.kind != OrderKind::Whistle
        || job.row.called.iter().any(leads)
}
