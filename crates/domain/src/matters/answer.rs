//! Answering 答复: to everyone owed an answer. How they find it is the evaluation's.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::ANSWER;
use super::state::Matter;
use crate::evaluation;
use yishi_kernel::record::Raiser;
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_kernel::text::{TextError, clean_public};
use yishi_kernel::{Command, Context, Decided, PhotoDigest, Refusal, Right, Sealed};

/// Answers everyone owed an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// For everyone to read.
    pub text: String,
    /// Only for those who have raised or joined it; may be left empty.
    pub word: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
}

/// What answering must know: who will read the word that is not for everyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Readers {
    /// How many receipts; it may stay open where there is no such word.
    pub receipts: u64,
}

impl Command for Answer {
    type On = Matter;
    type Facts = Readers;

    fn right(&self) -> &'static Right {
        &ANSWER
    }

    fn decide(self, _: &Matter, readers: &Readers, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let word = word(&self.word, readers, ctx)?;
        Ok(Decided::one(answered("answer", &self.text, word, self.photos, ctx)?))
    }
}

/// A word for those who asked. One alone may be told what is their own; where several read it,
/// it must not tell one of them what is another's.
fn word(raw: &str, readers: &Readers, ctx: &Context) -> Result<Option<Sealed<String, Raiser>>, Refusal> {
    let max = ctx.section::<Limits>().text;
    match clean_public(raw, max, &ctx.actor.looked) {
        Err(TextError::Personal { kind, words }) if readers.receipts > 1 => {
            Err(Why::ToldToSeveral { receipts: readers.receipts, kind, words }.into())
        }
        Err(error @ TextError::Unsure { .. }) if readers.receipts > 1 => {
            Err(Common::Text { field: "word", error }.into())
        }
        _ => ctx.private("word", raw),
    }
}

/// An answer, whatever it came from; `field` is where it was typed.
pub(super) fn answered(
    field: &'static str,
    text: &str,
    word: Option<Sealed<String, Raiser>>,
    photos: Vec<PhotoDigest>,
    ctx: &Context,
) -> Result<Event, Refusal> {
    Ok(Event::Answered {
        photos: ctx.photos(photos)?,
        text: ctx.note(field, text)?,
        word,
        due: ctx.due(&ctx.section::<evaluation::Rules>().evaluate).at,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, matter_id};
    use crate::testing::{context, person};
    use yishi_kernel::Role;
    use yishi_kernel::command::decide;

    fn said(world: &World, word: &str, receipts: u64) -> Result<(), Refusal> {
        let (worker, path) = (person(1, Role::CommunityWorker, 2), crate::matters::laws::world::path());
        let answer = Answer { text: "已修好".to_owned(), word: word.to_owned(), photos: vec![] };
        let ctx = context(world.now, &worker, &world.rules, &path);
        decide(answer, &world.matter(matter_id(0)).unwrap(), &Readers { receipts }, &ctx).map(|_| ())
    }

    #[test]
    fn a_word_that_several_read_tells_nothing_of_one_of_them() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 0, outcome: 1, to: 1 }).unwrap();
        let number = "我们打了您的电话 13800001111";
        assert_eq!(said(&world, number, 1), Ok(()), "it is their own");
        let refused = said(&world, number, 2).unwrap_err();
        assert!(matches!(refused.of(), Some(Why::ToldToSeveral { receipts: 2, .. })), "{refused:?}");
        assert_eq!(refused.field(), Some("word"));
        assert_eq!(said(&world, "谢谢大家提醒。", 300), Ok(()));
        assert_eq!(said(&world, "", 300), Ok(()));
    }
}
