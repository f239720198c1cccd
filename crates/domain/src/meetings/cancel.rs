//! Calling a meeting off (取消会议). Its topics return.

use super::adjourn::returning;
use super::events::Event;
use super::ids::MeetingId;
use super::rights::CONVENE;
use super::state::Meeting;
use super::words::MeetingStage;
use crate::topics::{Return, ReturnedFor};
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// It is not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cancel {
    /// Why.
    pub reason: String,
}

impl Command for Cancel {
    type On = Meeting;
    /// The meeting itself.
    type Facts = MeetingId;

    fn right(&self) -> &'static Right {
        &CONVENE
    }

    fn decide(self, meeting: &Meeting, own: &MeetingId, ctx: &Context) -> Result<Decided<Meeting>, Refusal> {
        meeting.must_be(MeetingStage::Called)?;
        let reason = ctx.line("reason", &self.reason)?;
        let back = Return { meeting: *own, why: ReturnedFor::Cancelled, reason: Some(reason.clone()) };
        Ok(returning(Decided::one(Event::Cancelled { reason }), &meeting.agenda.topics, &back))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::topics::TopicStep;

    #[test]
    fn a_cancelled_meeting_gives_its_topics_back_with_a_new_deadline() {
        let mut world = World::called();
        let silent = world.meet(WORKER, 0, Cancel { reason: String::new() });
        assert_eq!(silent.unwrap_err(), empty("reason"));
        world.meet(WORKER, 0, Cancel { reason: "停电".to_owned() }).unwrap();
        let (step, _, due) = world.topic(0).next().unwrap();
        assert_eq!((step, due), (TopicStep::Call, world.now.end_of_day_after(12)), "the tenth is a Saturday");
        world.call(COLLEAGUE, world.calling("market", &[0])).unwrap();
    }
}
