//! Calling a stairwell's meeting off (不开了), with a reason for the neighbours.

use super::state::Stairs;
use crate::meetings::events::Event;
use crate::meetings::rights::HOLD_STAIRWELL;
use crate::meetings::{Meeting, Refusal};
use yishi_kernel::{Command, Context, Decided, Right};

/// It is not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallOff {
    /// Why, for everyone to read.
    pub reason: String,
}

impl Command for CallOff {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &HOLD_STAIRWELL
    }

    /// Also one that was opened and came to nothing: neighbours go home.
    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        Stairs::of(meeting)?;
        if meeting.ended.is_some() {
            return Err(Refusal::Stage(meeting.stage).into());
        }
        Ok(Decided::one(Event::Cancelled { reason: ctx.line("reason", &self.reason)? }))
    }
}
