//! Ruling on an objection (异议处理), with a reason for everyone to read. One that is upheld
//! suspends what it is about, and the topics of that return.

use super::adjourn::returning;
use super::call::distinct;
use super::events::Event;
use super::ids::MeetingId;
use super::outcome::{Fate, Objection};
use super::rights::RULE;
use super::state::Meeting;
use super::words::Ruling;
use crate::dispatch::Suspend;
use crate::topics::{Return, ReturnedFor, TopicId};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_kernel::{Command, Context, Decided, Published, Refusal, Right, text};

/// An objection is ruled on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Which.
    pub number: u32,
    /// How.
    pub ruling: Ruling,
    /// Why.
    pub reason: String,
}

impl Command for Rule {
    type On = Meeting;
    /// The meeting itself.
    type Facts = MeetingId;

    fn right(&self) -> &'static Right {
        &RULE
    }

    fn decide(self, meeting: &Meeting, own: &MeetingId, ctx: &Context) -> Result<Decided<Meeting>, Refusal> {
        let mut open = meeting.outcome.open_objections();
        let objection = open.find(|one| one.number == self.number).ok_or(Common::Unknown)?;
        let reason = ctx.note("reason", &self.reason)?;
        let ruled = Event::Ruled { number: self.number, ruling: self.ruling, reason: reason.clone() };
        let decided = Decided::one(ruled);
        if self.ruling == Ruling::Rejected {
            return Ok(decided);
        }
        let excerpt = text::excerpt(&reason, ctx.section::<Limits>().summary);
        let back = Return { meeting: *own, why: ReturnedFor::Objection, reason: Some(excerpt.into()) };
        let decided = suspending(decided, meeting, objection, &reason);
        Ok(returning(decided, &concerned(meeting, objection), &back))
    }
}

/// The same with the orders that rest from now on. One that was resumed since an earlier
/// objection rests again.
fn suspending(
    decided: Decided<Meeting>,
    meeting: &Meeting,
    objection: &Objection,
    reason: &Published,
) -> Decided<Meeting> {
    let hit = meeting.outcome.actions.iter().filter(|action| objection.is_about(action.agreed.id));
    hit.fold(decided, |decided, action| match action.fate {
        Fate::Sent(order) | Fate::Suspended(Some(order)) => {
            decided.and(order, Suspend { reason: reason.clone() })
        }
        Fate::Waiting | Fate::Suspended(None) | Fate::Refused | Fate::Fallen => decided,
    })
}

/// The topics that an objection is about: one to the whole is about whatever was decided, with
/// actions or without.
fn concerned(meeting: &Meeting, objection: &Objection) -> Vec<TopicId> {
    let acted = |motion: u32| {
        let mut actions = meeting.outcome.actions.iter();
        actions.any(|action| action.agreed.motion == motion && objection.is_about(action.agreed.id))
    };
    let hit = meeting.sitting.carried().filter(|motion| objection.action.is_none() || acted(motion.number));
    distinct(hit.map(|motion| motion.topic))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::any::Any;
    use crate::dispatch::{OrderStage, Resume};
    use crate::meetings::laws::world::*;
    use crate::meetings::{Choice, Passed, Resolve, VoteMode, Voter};
    use crate::topics::{self, TopicStage};

    #[test]
    fn an_upheld_objection_suspends_the_order_and_returns_the_topic_even_when_all_was_done() {
        let mut world = World::published(0);
        let action = world.first_action();
        world.dispatch(WORKER, 0, action, Some("先行办理")).unwrap();
        world.object(Some(action)).unwrap();
        world.rule(SECRETARY, 1, Ruling::Upheld).unwrap();
        assert_eq!(world.order(0).stage, OrderStage::Suspended);
        assert_eq!(world.topic(0).stage, TopicStage::Open);
        // Resumed, and objected to once more: it rests again.
        let finish_by = world.now.plus_seconds(DAY);
        let resume = Resume { reason: "位置已改".to_owned(), finish_by };
        world.ordered(WORKER, 0, Any::Resume(resume)).unwrap();
        world.object(None).unwrap();
        world.rule(STREET, 2, Ruling::Upheld).unwrap();
        assert_eq!(world.order(0).stage, OrderStage::Suspended);
    }

    #[test]
    fn what_was_done_within_the_notice_answered_and_concluded_comes_back_all_the_same() {
        let mut world = World::published(0);
        let action = world.first_action();
        world.dispatch(WORKER, 0, action, Some("先行办理")).unwrap();
        for _ in 0..3 {
            world.help_order(0, 1);
        }
        let unfinished = topics::Refusal::Unfinished { orders: 0, matters: 1 };
        assert_eq!(world.conclude_topic(WORKER, 0).unwrap_err(), unfinished);
        world.answer(WORKER, 0).unwrap();
        world.conclude_topic(WORKER, 0).unwrap();
        world.object(Some(action)).unwrap();
        world.rule(SECRETARY, 1, Ruling::Upheld).unwrap();
        assert_eq!(world.topic(0).stage, TopicStage::Open);
        assert_eq!(world.topic(0).ended, None);
        assert!(world.topic(0).next().is_some());
    }

    #[test]
    fn an_objection_to_the_whole_returns_what_was_decided_without_actions() {
        let mut world = World::begun(1);
        world.put(VoteMode::Phones);
        world.cast(VISITOR, 0, 1, Choice::For, Voter::Own).unwrap();
        assert_eq!(world.count(), Passed::Yes);
        let standard = "每日 20 时清场".to_owned();
        world.meet(WORKER, 0, Resolve { actions: Vec::new(), standard }).unwrap();
        world.publish();
        assert_eq!(world.topic(0).stage, TopicStage::Decided);
        world.object(None).unwrap();
        world.rule(STREET, 1, Ruling::Upheld).unwrap();
        assert_eq!(world.topic(0).stage, TopicStage::Open);
        world.finish();
    }
}
