//! Looking at the protection again.

use super::job::{DangerAtWork, Job};
use maud::{Markup, html};
use yishi_domain::dangers::{self, LOOK};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Looking at the protection again.
#[derive(Debug)]
pub struct Look;

impl Act for Look {
    type On = DangerAtWork;
    type Command = dangers::LookAgain;
    const WORD: &'static str = "look";
    const RIGHT: &'static Right = &LOOK;
    const TAKES: Takes = Takes::Parts;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.photos().label("photos-proof"))
            (f.text("note").label("danger-note"))
            (f.submit("danger-look-send", "wide"))
        };
        Ok(f.card(&f.t().say("danger-look-title"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dangers::LookAgain, Slip> {
        let (note, photos) = (r.text("note"), r.photos());
        r.done(|| Some(dangers::LookAgain { note, photos }))
    }

    async fn carry_out(job: &Job, command: dangers::LookAgain) -> Result<Next, Error> {
        job.act(command).await
    }
}
