//! Saying why a body does not sign.

use super::scene::{Job, SceneAtWork, unsigned};
use maud::{Markup, html};
use yishi_domain::scenes::{self, SIGN};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Not signing.
#[derive(Debug)]
pub struct Refuse;

impl Act for Refuse {
    type On = SceneAtWork;
    type Command = scenes::Refuse;
    const WORD: &'static str = "refuse";
    const RIGHT: &'static Right = &SIGN;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let bodies = unsigned(job).await?;
        let Some((first, name)) = bodies.first() else { return Ok(html! {}) };
        let inner = html! {
            @if bodies.len() == 1 {
                (f.hidden("body", first))
                p { strong { (name) } }
            } @else {
                (f.select("body", &bodies).label("scene-refuse-body"))
            }
            (f.text("reason").label("scene-refuse-reason").hint("public-hint"))
            (f.submit("scene-refuse", "second wide"))
        };
        Ok(f.folded(&t.say("scene-refuse"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<scenes::Refuse, Slip> {
        let (body, reason) = (r.id("body", "form-choose"), r.text("reason"));
        r.done(|| Some(scenes::Refuse { body: Some(body?), reason }))
    }

    async fn carry_out(job: &Job, command: scenes::Refuse) -> Result<Next, Error> {
        job.act(command).await
    }
}
