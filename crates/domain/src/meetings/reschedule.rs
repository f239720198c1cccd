//! Moving a meeting (改期) to another time or another room before it begins. Everyone learns of it by
//! a new notice, for which the forum's time runs anew; whoever was invited says again whether they
//! come; its topics go with it.

use super::call::hurry;
use super::events::Event;
use super::ids::MeetingId;
use super::refusals::Refusal;
use super::rights::CONVENE;
use super::rules::Rules;
use super::state::Meeting;
use super::words::MeetingStage;
use crate::topics::Postpone;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Moment, Right};

/// It is held at another time, or elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reschedule {
    /// When it begins.
    pub starts: Moment,
    /// Where it is held.
    pub venue: String,
    /// Why the notice is shorter than the forum asks, where it is.
    pub hurry: Option<String>,
    /// Why it is moved.
    pub reason: String,
}

impl Command for Reschedule {
    type On = Meeting;
    /// The meeting itself.
    type Facts = MeetingId;

    fn right(&self) -> &'static Right {
        &CONVENE
    }

    fn decide(
        self,
        meeting: &Meeting,
        own: &MeetingId,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Called)?;
        let rules = ctx.section::<Rules>();
        let forum = rules.forum(&meeting.agenda.forum).ok_or(Refusal::Forum)?;
        let venue = ctx.line("venue", &self.venue)?;
        if self.starts == meeting.agenda.starts && *venue == *meeting.agenda.venue {
            return Err(Refusal::NotMoved.into());
        }
        if self.starts < ctx.now {
            return Err(Common::Past { field: "date" }.into());
        }
        let earliest = forum.earliest(self.starts, ctx.now);
        let hurry = hurry(self.hurry.as_deref(), ctx)?;
        if self.starts < earliest && hurry.is_none() {
            return Err(Refusal::ShortNotice { earliest }.into());
        }
        let day = self.starts.end_of_day_after(0);
        let moved = Event::Moved {
            from: meeting.agenda.starts,
            starts: self.starts,
            venue,
            earliest,
            hurry,
            reply_by: ctx.due(&rules.reply).at.min(self.starts),
            due: ctx.due(&rules.post).at.min(day),
            rules: ctx.rules.digest().to_owned(),
            reason: ctx.line("reason", &self.reason)?,
        };
        let along =
            |decided: Decided<Meeting>, topic| decided.and(topic, Postpone { meeting: *own, due: day });
        Ok(meeting.agenda.topics.iter().copied().fold(Decided::one(moved), along))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{MeetingStep, Open};
    use crate::topics::TopicStage;

    fn to(world: &World, days: i64) -> Reschedule {
        Reschedule {
            starts: world.now.plus_seconds(days * 24 * 60 * MINUTE),
            venue: "二楼会议室".to_owned(),
            hurry: None,
            reason: "当天停电".to_owned(),
        }
    }

    #[test]
    fn a_meeting_that_is_moved_is_announced_anew_and_takes_its_topics_along() {
        let mut world = World::called();
        world.post().unwrap();
        let asked = to(&world, 9);
        let before = world.meeting(0);
        world.meet(WORKER, 0, asked.clone()).unwrap();
        let meeting = world.meeting(0);
        assert_eq!((meeting.agenda.starts, &*meeting.agenda.venue), (asked.starts, "二楼会议室"));
        assert_eq!((meeting.agenda.posted, meeting.agenda.replies.len()), (None, 0));
        assert_eq!(meeting.agenda.notices, before.agenda.notices, "what hung before is kept");
        assert_eq!(meeting.next().unwrap().0, MeetingStep::Post);
        let topic = world.topic(0);
        assert_eq!((topic.stage, topic.meetings.len()), (TopicStage::Scheduled, 1));
        assert_eq!(topic.due, asked.starts.end_of_day_after(0));
        // Not before its time, and not before the new notice hangs.
        world.now = asked.starts;
        assert_eq!(world.meet(WORKER, 0, Open).unwrap_err(), Refusal::NotPosted);
        world.post().unwrap();
        world.begin(0);
    }

    #[test]
    fn the_time_of_the_notice_runs_anew_and_nothing_is_moved_in_silence() {
        let mut world = World::called();
        let soon = Reschedule { starts: world.now.plus_seconds(60 * MINUTE), ..to(&world, 1) };
        let earliest = world.now.end_of_day_after(3);
        let refused = world.meet(WORKER, 0, soon.clone()).unwrap_err();
        assert_eq!(refused, Refusal::ShortNotice { earliest });
        let silent = Reschedule { reason: " ".to_owned(), ..to(&world, 9) };
        assert_eq!(world.meet(WORKER, 0, silent).unwrap_err(), empty("reason"));
        let agenda = world.meeting(0).agenda;
        let same = Reschedule { starts: agenda.starts, venue: agenda.venue.to_string(), ..to(&world, 9) };
        assert_eq!(world.meet(WORKER, 0, same).unwrap_err(), Refusal::NotMoved);
        let past = Reschedule { starts: Moment(world.now.0 - 1), ..to(&world, 9) };
        assert_eq!(world.meet(WORKER, 0, past).unwrap_err(), Common::Past { field: "date" });
        let haste = Reschedule { hurry: Some("雨季前须定".to_owned()), ..soon };
        world.meet(WORKER, 0, haste).unwrap();
        world.post().unwrap();
        world.begin(0);
        assert!(world.meet(WORKER, 0, to(&world, 9)).is_err(), "it has begun");
    }
}
