//! Answering 答复: to everyone owed an answer. How they find it is the evaluation's.

use super::events::Event;
use super::rights::ANSWER;
use super::state::Matter;
use crate::evaluation;
use yishi_kernel::{Command, Context, Decided, PhotoDigest, Refusal, Right};

/// Answers everyone owed an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// For everyone to read.
    pub text: String,
    /// Only for those who raised or joined; may be left empty.
    pub word: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
}

impl Command for Answer {
    type On = Matter;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ANSWER
    }

    fn decide(self, _: &Matter, (): &(), ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        Ok(Decided::one(answered("answer", &self.text, &self.word, self.photos, ctx)?))
    }
}

/// An answer, whatever it came from; `field` is where it was typed.
pub(super) fn answered(
    field: &'static str,
    text: &str,
    word: &str,
    photos: Vec<PhotoDigest>,
    ctx: &Context,
) -> Result<Event, Refusal> {
    Ok(Event::Answered {
        photos: ctx.photos(photos)?,
        text: ctx.note(field, text)?,
        word: ctx.private("word", word)?,
        due: ctx.due(&ctx.section::<evaluation::Rules>().evaluate).at,
    })
}
