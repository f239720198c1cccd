//! Ending a meeting without a decision (休会). Its topics return.

use super::events::Event;
use super::ids::MeetingId;
use super::refusals::Refusal;
use super::rights::HOLD;
use super::rules::Rules;
use super::state::Meeting;
use super::words::MeetingStage;
use crate::topics::{Return, ReturnedFor, TopicId};
use yishi_kernel::{Command, Context, Decided, Right, Stream};

/// It ends without a resolution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adjourn {
    /// Why.
    pub reason: String,
}

impl Command for Adjourn {
    type On = Meeting;
    /// The meeting itself.
    type Facts = MeetingId;

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn decide(
        self,
        meeting: &Meeting,
        own: &MeetingId,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Open)?;
        meeting.sitting.must_rest()?;
        if meeting.sitting.carried().next().is_some() {
            return Err(Refusal::SomethingPassed.into());
        }
        let reason = ctx.line("reason", &self.reason)?;
        let due = ctx.due(&ctx.section::<Rules>().confirm).at;
        let back = Return { meeting: *own, why: ReturnedFor::Adjourned, reason: Some(reason.clone()) };
        Ok(returning(Decided::one(Event::Adjourned { reason, due }), &meeting.agenda.topics, &back))
    }
}

/// The same with topics that come back from the meeting.
pub(super) fn returning<S: Stream>(decided: Decided<S>, topics: &[TopicId], back: &Return) -> Decided<S> {
    topics.iter().fold(decided, |decided, topic| decided.and(*topic, back.clone()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Passed, Resolve, VoteMode};
    use crate::topics::TopicStage;

    #[test]
    fn nothing_passed_is_no_resolution_and_the_topic_returns() {
        let mut world = World::begun(2);
        world.put(VoteMode::Phones);
        assert_eq!(world.count(), Passed::No, "nobody voted");
        let resolve = Resolve { actions: Vec::new(), standard: "每日清场".to_owned() };
        assert_eq!(world.meet(WORKER, 0, resolve).unwrap_err(), Refusal::NothingPassed);
        world.meet(WORKER, 0, Adjourn { reason: "未达成一致".to_owned() }).unwrap();
        assert_eq!(world.topic(0).stage, TopicStage::Open);
        world.finish();
    }
}
