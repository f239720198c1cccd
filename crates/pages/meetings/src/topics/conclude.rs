//! Concluding a topic, once all that was decided is done and everyone is answered.

use super::topic::{TopicAtWork, Work};
use maud::{Markup, html};
use yishi_domain::topics::{self, CONCLUDE};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Concluding a topic.
#[derive(Debug)]
pub struct Conclude;

impl Act for Conclude {
    type On = TopicAtWork;
    type Command = topics::Conclude;
    const WORD: &'static str = "conclude";
    const RIGHT: &'static Right = &CONCLUDE;

    async fn form(_: &Work, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let inner = html! {
            p { (t.say("topic-conclude-lead")) }
            (f.submit("topic-conclude-send", "wide"))
        };
        Ok(f.card(&t.say("topic-conclude"), &inner))
    }

    async fn read(_: &Work, r: Reader<'_>) -> Result<topics::Conclude, Slip> {
        r.done(|| Some(topics::Conclude))
    }

    async fn carry_out(work: &Work, command: topics::Conclude) -> Result<Next, Error> {
        work.act(command).await
    }
}
