//! Putting a motion to the vote (提请表决), by the rule of the meeting's forum. First the roll is
//! closed: who is there with a vote by now has one on this motion, whoever comes later has not.

use super::events::Event;
use super::hands::Present;
use super::refusals::Refusal;
use super::rights::HOLD;
use super::rules::Rules;
use super::state::Meeting;
use super::words::{MeetingStage, VoteMode};
use crate::ballots::{self, Said};
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
    /// What kind of thing it is, by its word in the rules: that says whose decision it is.
    pub item: String,
}

impl Command for Put {
    type On = Meeting;
    type Facts = Present;

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn decide(
        self,
        meeting: &Meeting,
        present: &Present,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Open)?;
        meeting.sitting.must_rest()?;
        if !meeting.agenda.topics.contains(&self.topic) {
            return Err(Refusal::NotOnAgenda.into());
        }
        let rules = ctx.section::<Rules>();
        let forum = rules.forum(&meeting.agenda.forum).ok_or(Refusal::Forum)?;
        if let Some(ground) = &meeting.agenda.ground
            && rules.figures(forum, ctx.now).as_ref() != Some(&ground.figures)
        {
            return Err(Refusal::FiguresChanged.into());
        }
        if present.votes == 0 {
            return Err(Refusal::EmptyRoll.into());
        }
        let said = Said { task: &self.text, money: "" };
        let decides = ctx.section::<ballots::Rules>().decides(&self.item, said)?;
        let before = u32::try_from(meeting.sitting.motions.len()).unwrap_or(u32::MAX);
        let motion = before.saturating_add(1);
        let roll = meeting.sitting.rolls.saturating_add(1);
        let closed = Event::RollClosed { roll, present: present.votes };
        let put = Event::Put {
            motion,
            topic: self.topic,
            text: ctx.note("text", &self.text)?,
            mode: self.mode,
            rule: forum.rule,
            rules: ctx.rules.digest().to_owned(),
        };
        Ok(Decided::all(vec![closed, put, Event::Decides { motion, decides }]))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ballots::{Joint, Scope, Who};
    use crate::meetings::laws::world::*;
    use crate::meetings::{Adjourn, Call, Passed, Resolve};
    use yishi_kernel::Moment;

    fn put(topic: usize) -> Put {
        let (text, mode) = ("划线".to_owned(), VoteMode::Hands);
        Put { topic: topic_id(topic), text, mode, item: "order".to_owned() }
    }

    #[test]
    fn nothing_is_put_counted_or_resolved_before_it_begins() {
        let mut world = World::called();
        let called = Refusal::Stage(MeetingStage::Called);
        assert_eq!(world.meet(WORKER, 0, put(0)).unwrap_err(), called);
        assert_eq!(world.hands(WORKER, [0; 3]).unwrap_err(), called);
        let resolve = Resolve { actions: Vec::new(), standard: String::new() };
        assert_eq!(world.meet(WORKER, 0, resolve).unwrap_err(), called);
        let adjourn = Adjourn { reason: "改期".to_owned() };
        assert_eq!(world.meet(WORKER, 0, adjourn).unwrap_err(), called);
    }

    #[test]
    fn only_what_is_on_the_agenda_is_put() {
        let mut world = World::begun(1);
        assert_eq!(world.meet(WORKER, 0, put(7)).unwrap_err(), Refusal::NotOnAgenda);
    }

    #[test]
    fn a_statutory_meeting_puts_nothing_by_other_numbers_than_it_was_called_by_and_can_be_ended() {
        let mut world = World::with_topic();
        // The day before another text of the law comes into force.
        world.now = Moment(1_767_110_400_000_000);
        world.confirm_forum(STREET, "residents").unwrap();
        let (starts, hurry) = (world.now.plus_seconds(DAY / 2), Some("年底前须定".to_owned()));
        let call = Call { starts, hurry, entitled: Some(3), ..world.calling("residents", &[0]) };
        world.call(WORKER, call).unwrap();
        world.post().unwrap();
        world.begin(3);
        world.meet(WORKER, 0, put(0)).unwrap();
        assert_eq!(world.counted([3, 0, 0]), Passed::Yes);
        world.now = world.now.plus_seconds(2 * DAY);
        assert_eq!(world.meet(WORKER, 0, put(0)).unwrap_err(), Refusal::FiguresChanged);
        let actions = vec![world.action(1, 0)];
        world.meet(WORKER, 0, Resolve { actions, standard: String::new() }).unwrap();
    }

    #[test]
    fn a_motion_says_whose_decision_it_is() {
        let mut world = World::begun(1);
        let kindless = Put { item: String::new(), ..put(0) };
        assert_eq!(world.meet(WORKER, 0, kindless).unwrap_err(), ballots::Refusal::Item);
        let shed = Put { text: "8号楼后新建车棚，动用公共收益".to_owned(), ..put(0) };
        let refused = world.meet(WORKER, 0, shed.clone()).unwrap_err();
        let reads_as = refused.of::<ballots::Refusal>().unwrap();
        assert!(matches!(reads_as, ballots::Refusal::ReadsAs { who: Who::Owners, .. }), "{reads_as:?}");
        world.meet(WORKER, 0, Put { item: "new_common".to_owned(), ..shed }).unwrap();
        let decides = world.meeting(0).sitting.motions[0].decides.clone();
        assert_eq!(decides.joint(), Some((Scope::Compound, Joint::Rebuild)));
        assert_eq!(decides.source, "《民法典》第278条第一款第（七）（八）项、第282条");
    }
}
