//! Answering everyone whose matter is in a topic at once.

use super::topic::{TopicAtWork, Work};
use maud::{Markup, html};
use yishi_domain::topics::{self, ANSWER_ALL, TopicStage};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Answering everyone in a topic at once.
#[derive(Debug)]
pub struct AnswerAll;

impl Act for AnswerAll {
    type On = TopicAtWork;
    type Command = topics::AnswerAll;
    const WORD: &'static str = "answer";
    const RIGHT: &'static Right = &ANSWER_ALL;

    async fn form(work: &Work, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let title = t.say("topic-answer");
        let inner = html! {
            p { (t.say("topic-answer-lead")) }
            (f.area("text").label("topic-answer-text").hint("public-hint"))
            (f.submit("topic-answer-send", "wide"))
        };
        // Once it is decided, answering comes next.
        Ok(match work.state.stage {
            TopicStage::Decided => f.card(&title, &inner),
            _ => f.folded(&title, &inner),
        })
    }

    async fn read(_: &Work, r: Reader<'_>) -> Result<topics::AnswerAll, Slip> {
        let text = r.text("text");
        r.done(|| Some(topics::AnswerAll { text }))
    }

    async fn carry_out(work: &Work, command: topics::AnswerAll) -> Result<Next, Error> {
        work.act(command).await
    }

    /// Matters call the text of their answer otherwise, and that none is left to answer is
    /// about no field here.
    fn field(error: &Error) -> Option<&'static str> {
        error.field().filter(|field| *field == "answer").map(|_| "text")
    }
}
