//! Striking a sign-in that should not count (划除), such as a second one of the same person. Not
//! while a vote is open, so that nobody chooses who is counted; record it under a guard of
//! the meeting's version.

use super::events::SeatEvent;
use super::rights::REGISTER;
use super::seat::Seat;
use super::state::Meeting;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right, Stream};

/// The sign-in does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// Why.
    pub reason: String,
}

impl Command for Strike {
    type On = Seat;
    /// The meeting that it is at.
    type Facts = Meeting;

    fn right(&self) -> &'static Right {
        &REGISTER
    }

    fn resource(&self, _seat: &Seat, meeting: &Meeting, ctx: &Context) -> Resource {
        meeting.resource(ctx.path, ctx.actor)
    }

    fn decide(self, seat: &Seat, meeting: &Meeting, ctx: &Context) -> Result<Decided<Seat>, Refusal> {
        if seat.struck.is_some() {
            return Err(Common::Unknown.into());
        }
        meeting.sitting.must_rest()?;
        Ok(Decided::one(SeatEvent::Struck { reason: ctx.line("reason", &self.reason)? }))
    }
}
