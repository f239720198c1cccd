//! Gathering further matters into a topic.

use super::free::free;
use super::topic::{TopicAtWork, Work};
use maud::{Markup, html};
use yishi_domain::topics::{self, GATHER, Refusal};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Gathering further matters into a topic.
#[derive(Debug)]
pub struct Gather;

impl Act for Gather {
    type On = TopicAtWork;
    type Command = topics::Gather;
    const WORD: &'static str = "gather";
    const RIGHT: &'static Right = &GATHER;

    async fn form(work: &Work, f: &Form<'_>) -> Result<Markup, Error> {
        let free = free(&work.cx, &work.staff, work.ledger.ledger, Some(work.state.desk)).await?;
        if free.matters.is_empty() {
            return Ok(html! {});
        }
        let inner = html! {
            (f.checks("matter", &free.matters, &[]))
            (free.more(f.t()))
            (f.submit("topic-gather-send", "second wide"))
        };
        Ok(f.folded(&f.t().say("topic-gather"), &inner))
    }

    async fn read(_: &Work, mut r: Reader<'_>) -> Result<topics::Gather, Slip> {
        let matters = r.ids("matter");
        if matters.is_empty() {
            r.refuse("matter", Refusal::NoMatters);
        }
        r.done(|| Some(topics::Gather { matters }))
    }

    async fn carry_out(work: &Work, command: topics::Gather) -> Result<Next, Error> {
        work.act(command).await
    }
}
