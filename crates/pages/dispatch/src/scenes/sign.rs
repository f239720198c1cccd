//! Signing the record, for the own body or as it stands on paper.

use super::scene::{Job, SceneAtWork, is_own, unsigned};
use maud::{Markup, html};
use yishi_domain::scenes::{self, SIGN};
use yishi_kernel::{OrganisationId, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Signing.
#[derive(Debug)]
pub struct Sign;

impl Act for Sign {
    type On = SceneAtWork;
    type Command = scenes::Sign;
    const WORD: &'static str = "sign";
    const RIGHT: &'static Right = &SIGN;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let bodies = unsigned(job).await?;
        let own = |id: &str| id.parse::<OrganisationId>().is_ok_and(|body| is_own(job, body));
        let Some((first, name)) = bodies.first() else { return Ok(html! {}) };
        let inner = html! {
            p { (t.say("scene-sign-lead")) }
            @if bodies.len() == 1 {
                (f.hidden("body", first))
                p { strong { (name) } }
            } @else {
                (f.select("body", &bodies).label("scene-sign-body"))
            }
            @if bodies.iter().any(|(id, _)| !own(id)) { p.hint { (t.say("scene-sign-paper")) } }
            (f.submit("scene-sign-send", "wide"))
        };
        Ok(f.card(&t.say("scene-sign"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<scenes::Sign, Slip> {
        let body = r.id("body", "form-choose");
        r.done(|| Some(scenes::Sign { body: Some(body?) }))
    }

    async fn carry_out(job: &Job, command: scenes::Sign) -> Result<Next, Error> {
        job.act(command).await
    }
}
