//! Refusing to lead what the community only assists (协助事项不当主办): one field, the item of the list.

use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, REFUSE_LEAD, Rules};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Refusing to lead.
#[derive(Debug)]
pub struct AssistOnly;

impl Act for AssistOnly {
    type On = OrderAtWork;
    type Command = dispatch::AssistOnly;
    const WORD: &'static str = "assist-only";
    const RIGHT: &'static Right = &REFUSE_LEAD;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        if job.state.assist.is_some() || !job.state.is_led_by_community(&job.staff.actor) {
            return Ok(html! {});
        }
        let rules = job.cx.rules(job.ledger.ledger).await?;
        let source = rules.section::<Rules>().assisting.as_ref().map(|cited| cited.source.clone());
        let inner = html! {
            p { (f.t().say("dispatch-assist-lead")) }
            (f.text("item").label("dispatch-assist-item").hint("dispatch-assist-item-hint"))
            @if let Some(source) = source { p.meta { (source) } }
            (f.submit("dispatch-assist-only", "second wide"))
        };
        Ok(f.folded(&f.t().say("dispatch-assist-only"), &inner))
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::AssistOnly, Slip> {
        let item = r.text("item");
        r.done(|| Some(dispatch::AssistOnly { item }))
    }

    async fn carry_out(job: &Job, command: dispatch::AssistOnly) -> Result<Next, Error> {
        job.act(command).await
    }
}
