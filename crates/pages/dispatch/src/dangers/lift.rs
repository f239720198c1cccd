//! Taking the protection away once the lasting work is done.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, LIFT};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Taking the protection away once the lasting work is done.
#[derive(Debug)]
pub struct Lift;

impl Act for Lift {
    type On = DangerAtWork;
    type Command = dangers::Lift;
    const WORD: &'static str = "lift";
    const RIGHT: &'static Right = &LIFT;
    const TAKES: Takes = Takes::Parts;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            p { (f.t().say("danger-lift-lead")) }
            (f.area("note").label("danger-lift-note").hint("public-hint"))
            (f.photos().label("photos-proof"))
            (f.submit("danger-lift-title", "wide"))
        };
        Ok(f.folded(&f.t().say("danger-lift-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::Lift, Slip> {
        let (note, photos) = (r.text("note"), r.photos());
        r.done(|| Some(dangers::Lift { note, photos }))
    }

    async fn carry_out(job: &Job, command: dangers::Lift) -> Result<Next, Error> {
        job.act(command).await
    }
}
