//! Reporting the part of a body beside the lead done, with photos. The whole is the lead's.

use super::job::{Job, OrderAtWork};
use crate::dispatch::face::Doing;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, FINISH_PART};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Reporting a part done, with photos.
#[derive(Debug)]
pub struct FinishPart;

impl Act for FinishPart {
    type On = OrderAtWork;
    type Command = dispatch::FinishPart;
    const WORD: &'static str = "finish-part";
    const RIGHT: &'static Right = &FINISH_PART;
    const TAKES: Takes = Takes::Parts;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let (open, t) = (open(job), f.t());
        if open.is_empty() {
            return Ok(html! {});
        }
        let inner = html! {
            @if !job.role.of_organisation() { (f.select("body", &open).label("dispatch-part-of")) }
            (f.area("note").label("dispatch-part-note").hint("public-hint"))
            (f.photos().label("photos-proof"))
            (f.submit("dispatch-finish-part", "wide"))
        };
        // For those beside the lead it is the next thing; at the desk it is entered for them.
        Ok(match job.role.of_organisation() {
            true => f.card(&t.say("dispatch-finish-part"), &inner),
            false => f.folded(&t.say("dispatch-finish-part"), &inner),
        })
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::FinishPart, Slip> {
        let (organisation, note, photos) = (r.id_or_none("body"), r.text("note"), r.photos());
        r.done(|| Some(dispatch::FinishPart { organisation, note, photos }))
    }

    async fn carry_out(job: &Job, command: dispatch::FinishPart) -> Result<Next, Error> {
        job.act(command).await
    }
}

/// The bodies that came and have not done their part: for somebody of a body, only the own ones.
fn open(job: &Job) -> Vec<(String, String)> {
    let own = job.bodies();
    let at_work =
        job.row.called.iter().filter(|one| matches!(one.doing, Some(Doing::By(_) | Doing::Late(_))));
    let mine = at_work.filter(|one| !job.role.of_organisation() || own.contains(&one.organisation));
    mine.map(|one| (one.organisation.to_string(), one.name.clone())).collect()
}
