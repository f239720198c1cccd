//! Publishing the result (公示), for as long as was said when the meeting was called.

use super::events::Event;
use super::rights::CONVENE;
use super::state::Meeting;
use super::words::MeetingStage;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// The result is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    /// Where it hangs.
    pub at: String,
}

impl Command for Publish {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONVENE
    }

    fn decide(self, meeting: &Meeting, (): &(), ctx: &Context) -> Result<Decided<Meeting>, Refusal> {
        meeting.must_be(MeetingStage::Confirmed)?;
        let until = ctx.due(&meeting.agenda.publication).at;
        Ok(Decided::one(Event::Published { at: ctx.line("at", &self.at)?, until }))
    }
}
