//! Letting a recommendation rest that the owners came to no decision on (搁置), with a reason for
//! everyone to read: the way out where too few take part. What follows from it is not done, and
//! its topic comes back.

use super::events::Event;
use super::ids::MeetingId;
use super::rights::CONVENE;
use super::state::Meeting;
use super::words::MeetingStage;
use crate::ballots::Refusal as Why;
use crate::topics::{Return, ReturnedFor};
use yishi_kernel::refusal::Common;
use yishi_kernel::rules::Limits;
use yishi_kernel::{Command, Context, Decided, Refusal, Right, text};

/// A recommendation rests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Which motion.
    pub motion: u32,
    /// Why.
    pub reason: String,
}

impl Command for SetAside {
    type On = Meeting;
    /// The meeting itself.
    type Facts = MeetingId;

    fn right(&self) -> &'static Right {
        &CONVENE
    }

    fn decide(self, meeting: &Meeting, own: &MeetingId, ctx: &Context) -> Result<Decided<Meeting>, Refusal> {
        meeting.must_be(MeetingStage::Published)?;
        let motion = meeting.sitting.motion(self.motion).ok_or(Common::Unknown)?;
        if !motion.awaits_owners() {
            return Err(Why::NotAwaited.into());
        }
        let reason = ctx.note("reason", &self.reason)?;
        let excerpt = text::excerpt(&reason, ctx.section::<Limits>().summary);
        let decided = Decided::one(Event::SetAside { motion: self.motion, reason });
        let back = Return { meeting: *own, why: ReturnedFor::Owners, reason: Some(excerpt.into()) };
        Ok(match meeting.is_last_of(motion) {
            true => decided.and(motion.topic, back),
            false => decided,
        })
    }
}
