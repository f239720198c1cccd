//! Ruling whose the part is that a body beside the lead says is not its own.

use super::job::{Job, OrderAtWork};
use crate::dispatch::face::Doing;
use maud::{Markup, html};
use yishi_domain::dispatch::{self, RULE_PART};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::holders::bodies;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// What is chosen where nobody is needed for a part.
const NOBODY: &str = "none";

/// Ruling whose a part is.
#[derive(Debug)]
pub struct RulePart;

impl Act for RulePart {
    type On = OrderAtWork;
    type Command = dispatch::RulePart;
    const WORD: &'static str = "rule-part";
    const RIGHT: &'static Right = &RULE_PART;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let disputed = job.row.called.iter().filter(|one| matches!(one.doing, Some(Doing::Ruled(_))));
        let disputed: Vec<_> = disputed.map(|one| (one.organisation.to_string(), one.name.clone())).collect();
        let Some((first, _)) = disputed.first() else { return Ok(html! {}) };
        let mut options = bodies(&job.cx, &job.path).await?;
        options.push((NOBODY.to_owned(), t.say("dispatch-rule-part-nobody")));
        let inner = html! {
            p { (t.say("dispatch-rule-part-lead")) }
            (f.select("body", &disputed).label("dispatch-rule-part-of").start(first.clone()))
            (f.select("to", &options).label("dispatch-rule-part-to").start(first.clone()))
            (f.area("reason").hint("public-hint"))
            (f.submit("dispatch-rule-part", "wide"))
        };
        Ok(f.card(&t.say("dispatch-rule-part"), &inner))
    }

    async fn read(_: &Job, mut r: Reader<'_>) -> Result<dispatch::RulePart, Slip> {
        let organisation = r.id("body", "dispatch-wrong-part");
        let to = match r.text("to").as_str() {
            NOBODY => Some(None),
            _ => r.id("to", "dispatch-wrong-holder").map(Some),
        };
        let reason = r.text("reason");
        r.done(|| {
            let (organisation, to) = (organisation?, to?);
            Some(dispatch::RulePart { organisation, to, reason })
        })
    }

    async fn carry_out(job: &Job, command: dispatch::RulePart) -> Result<Next, Error> {
        job.act(command).await
    }
}
