//! Giving a topic up, with a reason that everyone reads.

use super::topic::{TopicAtWork, Work};
use maud::{Markup, html};
use yishi_domain::topics::{self, DROP};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Giving a topic up.
#[derive(Debug)]
pub struct Drop;

impl Act for Drop {
    type On = TopicAtWork;
    type Command = topics::Drop;
    const WORD: &'static str = "drop";
    const RIGHT: &'static Right = &DROP;

    async fn form(_: &Work, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.say("topic-drop-lead")) }
            (f.text("reason").hint("public-hint"))
            (f.submit("topic-drop-send", "danger"))
        };
        Ok(f.folded(&t.say("topic-drop"), &inner))
    }

    async fn read(_: &Work, r: Reader<'_>) -> Result<topics::Drop, Slip> {
        let reason = r.text("reason");
        r.done(|| Some(topics::Drop { reason }))
    }

    async fn carry_out(work: &Work, command: topics::Drop) -> Result<Next, Error> {
        work.act(command).await
    }
}
