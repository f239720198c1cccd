//! Answering everyone who asked (答复): a text for all, a word only for them, photos as proof.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, ANSWER};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Answering everyone who asked (答复).
#[derive(Debug)]
pub struct Answer;

impl Act for Answer {
    type On = MatterAtWork;
    type Command = matters::Answer;
    const WORD: &'static str = "answer";
    const RIGHT: &'static Right = &ANSWER;
    const TAKES: Takes = Takes::Parts;

    async fn form(_: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            (f.area("text").hint("public-hint"))
            (f.area("word"))
            (f.photos().label("photos-proof"))
            (f.submit("answer-send", "wide"))
        };
        Ok(f.card(&f.t().say("answer-title-do"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<matters::Answer, Slip> {
        let (text, word) = (r.note("text", job.limits()), r.private("word", job.limits().text));
        let photos = r.photos();
        r.done(|| Some(matters::Answer { text: text?, word: word?, photos }))
    }

    async fn carry_out(job: &Job, command: matters::Answer) -> Result<Next, Error> {
        job.act(command).await
    }

    fn field(error: &Error) -> Option<&'static str> {
        // The command calls the text by what it is.
        error.field().map(|field| if field == "answer" { "text" } else { field })
    }
}
