//! Putting a motion to the vote (提请表决), by the rule of the meeting's forum.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::HOLD;
use super::rules::Rules;
use super::state::Meeting;
use super::words::{MeetingStage, VoteMode};
use crate::topics::TopicId;
use yishi_kernel::{Command, Context, Decided, Right};

/// A motion is put to the vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The topic it belongs to.
    pub topic: TopicId,
    /// What is put.
    pub text: String,
    /// How it is voted on.
    pub mode: VoteMode,
}

impl Command for Put {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Open)?;
        meeting.sitting.must_rest()?;
        if !meeting.agenda.topics.contains(&self.topic) {
            return Err(Refusal::NotOnAgenda.into());
        }
        let forum = ctx.section::<Rules>().forum(&meeting.agenda.forum).ok_or(Refusal::Forum)?;
        let before = u32::try_from(meeting.sitting.motions.len()).unwrap_or(u32::MAX);
        Ok(Decided::one(Event::Put {
            motion: before.saturating_add(1),
            topic: self.topic,
            text: ctx.note("text", &self.text)?,
            mode: self.mode,
            rule: forum.rule,
            rules: ctx.rules.digest().to_owned(),
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Adjourn, Resolve};

    #[test]
    fn nothing_is_put_counted_or_resolved_before_it_begins() {
        let mut world = World::called();
        let called = Refusal::Stage(MeetingStage::Called);
        let put = Put { topic: topic_id(0), text: "划线".to_owned(), mode: VoteMode::Hands };
        assert_eq!(world.meet(WORKER, 0, put).unwrap_err(), called);
        assert_eq!(world.hands(WORKER, [0; 3]).unwrap_err(), called);
        let resolve = Resolve { actions: Vec::new(), standard: String::new() };
        assert_eq!(world.meet(WORKER, 0, resolve).unwrap_err(), called);
        let adjourn = Adjourn { reason: "改期".to_owned() };
        assert_eq!(world.meet(WORKER, 0, adjourn).unwrap_err(), called);
    }

    #[test]
    fn only_what_is_on_the_agenda_is_put() {
        let mut world = World::begun(1);
        let put = Put { topic: topic_id(7), text: "划线".to_owned(), mode: VoteMode::Hands };
        assert_eq!(world.meet(WORKER, 0, put).unwrap_err(), Refusal::NotOnAgenda);
    }
}
