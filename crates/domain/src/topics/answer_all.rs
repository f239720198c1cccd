//! Answering everyone whose matter is in a topic at once (统一答复). Matters answered before
//! stay as they are; nothing happens to the topic itself.

use super::gather::Gathering;
use super::refusals::Refusal;
use super::rights::ANSWER_ALL;
use super::state::Topic;
use crate::matters::{self, AnswerWith, Carrier, StageKind};
use yishi_kernel::{Command, Context, Decided, Right};

/// Answer everyone in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerAll {
    /// The answer, for everyone to read.
    pub text: String,
}

impl Command for AnswerAll {
    type On = Topic;
    /// The matters that carry the topic's, each once.
    type Facts = Gathering;

    fn right(&self) -> &'static Right {
        &ANSWER_ALL
    }

    fn decide(
        self,
        _topic: &Topic,
        carriers: &Gathering,
        ctx: &Context,
    ) -> Result<Decided<Topic>, yishi_kernel::Refusal> {
        let mut decided = Decided::all(Vec::new());
        let owed = |one: &&Carrier| one.matter.stage() == StageKind::InHand;
        for one in carriers.matters.iter().filter(owed) {
            ctx.may(&matters::ANSWER, &one.resource(ctx.actor))?;
            decided = decided.and(one.root, AnswerWith { text: self.text.clone() });
        }
        if decided.also.is_empty() {
            return Err(Refusal::NoMatters.into());
        }
        Ok(decided)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::meetings::laws::world::*;
    use crate::topics::Refusal as Why;

    #[test]
    fn everyone_who_is_owed_an_answer_is_answered_at_once_and_nobody_twice() {
        let mut world = World::with_topic();
        world.raise(VISITOR, None).unwrap();
        world.gather(WORKER, 0, 1).unwrap();
        world.answer(WORKER, 0).unwrap();
        world.answer_all(WORKER, 0).unwrap();
        assert_eq!((world.matter(0).answers, world.matter(1).answers), (1, 1));
        assert_eq!(world.answer_all(WORKER, 0).unwrap_err(), Why::NoMatters);
    }
}
