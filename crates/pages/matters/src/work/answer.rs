//! Answering everyone who asked (答复): a text for all, a word only for them, photos as proof; and
//! what everyone reads of the matter, where nobody has confirmed that yet.

use super::job::{Job, MatterAtWork};
use super::triage::{beside, phrases, public_summary, summary, text};
use maud::{Markup, html};
use yishi_domain::matters::{self, ANSWER, Handle, PUBLISH};
use yishi_kernel::Right;
use yishi_web::Error;
use yishi_web::routes::Takes;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Answering everyone who asked (答复).
#[derive(Debug)]
pub struct Answer;

impl Act for Answer {
    type On = MatterAtWork;
    type Command = Handle;
    const WORD: &'static str = "answer";
    const RIGHT: &'static Right = &ANSWER;
    const TAKES: Takes = Takes::Parts;
    const DONE: Option<&'static str> = Some("answer");

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let inner = html! {
            @if job.row.summary.is_none() && job.can(&PUBLISH) { (public_summary(job, f)) }
            (phrases(f, &job.rules))
            (f.area("text").hint("public-hint"))
            (beside(f))
            (f.submit("answer-send", "wide"))
        };
        Ok(f.card(&f.t().say("answer-title-do"), &inner))
    }

    async fn read(job: &Job, mut r: Reader<'_>) -> Result<Handle, Slip> {
        let summary = summary(job, &mut r);
        let (text, word) = (text(job.limits(), &mut r), r.private("word", job.limits().text));
        let photos = r.photos();
        r.done(|| {
            let answer = matters::Answer { text: text?, word: word?, photos };
            Some(Handle { triage: None, summary: summary?, answer: Some(answer) })
        })
    }

    async fn carry_out(job: &Job, command: Handle) -> Result<Next, Error> {
        job.act(command).await
    }

    fn field(error: &Error) -> Option<&'static str> {
        // The command calls the text by what it is.
        error.field().map(|field| if field == "answer" { "text" } else { field })
    }
}
