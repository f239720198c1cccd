//! Posting the notice (张贴通知), and keeping proof of it.

use super::events::Event;
use super::rights::CONVENE;
use super::state::Meeting;
use super::words::MeetingStage;
use yishi_kernel::{Command, Context, Decided, PhotoDigest, Refusal, Right};

/// The notice hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// Where.
    pub at: String,
    /// A photo of it, stored already.
    pub photo: Option<PhotoDigest>,
}

impl Command for Post {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONVENE
    }

    fn decide(self, meeting: &Meeting, (): &(), ctx: &Context) -> Result<Decided<Meeting>, Refusal> {
        meeting.must_be(MeetingStage::Called)?;
        Ok(Decided::one(Event::Posted { at: ctx.line("at", &self.at)?, photo: self.photo }))
    }
}
