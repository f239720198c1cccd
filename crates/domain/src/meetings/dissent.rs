//! Keeping a disagreement (保留意见) of somebody present, in short and for everyone to read.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::REGISTER;
use super::state::Meeting;
use yishi_kernel::{Command, Context, Decided, Right};

/// Somebody present wants a disagreement kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dissent {
    /// With which motion; with the whole otherwise.
    pub motion: Option<u32>,
    /// In short.
    pub text: String,
}

impl Command for Dissent {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REGISTER
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        if self.motion.is_some_and(|number| meeting.sitting.motion(number).is_none()) {
            return Err(Refusal::NoVote.into());
        }
        Ok(Decided::one(Event::Dissented { motion: self.motion, text: ctx.note("text", &self.text)? }))
    }
}
