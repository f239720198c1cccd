//! Leaving before the end, and coming back (离会、返会). Whoever leaves before the roll of a motion
//! is closed takes the vote along for that motion; who is on the roll stays on it.

use super::cast::Voter;
use super::events::SeatEvent;
use super::refusals::Refusal;
use super::rights::{REGISTER, VOTE};
use super::seat::Seat;
use super::state::Meeting;
use super::words::MeetingStage;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Resource, Right, Stream};

/// They leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leave {
    /// Who says so.
    pub told: Voter,
}

/// They are back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returns {
    /// Who says so.
    pub told: Voter,
}

/// The right to say it: of the person by the own link, of the worker at the register.
fn right(told: Voter) -> &'static Right {
    match told {
        Voter::Own => &VOTE,
        Voter::Worker => &REGISTER,
    }
}

/// That the meeting goes on, and they were not struck.
fn must_go_on(seat: &Seat, meeting: &Meeting) -> Result<(), yishi_kernel::Refusal> {
    meeting.must_be(MeetingStage::Open)?;
    if meeting.sitting.counting().is_some() {
        return Err(Refusal::Counting.into());
    }
    if seat.struck.is_some() { Err(Refusal::NoSeat.into()) } else { Ok(()) }
}

/// Both are said by the same people while the meeting goes on, of somebody who is there or is not.
macro_rules! moves {
    ($($command:ty, here: $here:literal => $event:ident;)+) => {$(
        impl Command for $command {
            type On = Seat;
            type Facts = Meeting;

            fn right(&self) -> &'static Right {
                right(self.told)
            }

            fn resource(&self, _: &Seat, meeting: &Meeting, ctx: &Context) -> Resource {
                meeting.resource(ctx.path, ctx.actor)
            }

            fn decide(
                self,
                seat: &Seat,
                meeting: &Meeting,
                _: &Context,
            ) -> Result<Decided<Seat>, yishi_kernel::Refusal> {
                must_go_on(seat, meeting)?;
                if seat.here != $here {
                    return Err(Common::Exists.into());
                }
                Ok(Decided::one(SeatEvent::$event { after: meeting.sitting.rolls }))
            }
        }
    )+};
}

moves! {
    Leave, here: true => Left;
    Returns, here: false => Returned;
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Choice, VoteMode};

    #[test]
    fn who_leaves_before_the_roll_is_closed_takes_the_vote_along_and_who_leaves_later_keeps_it() {
        let mut world = World::begun(3);
        world.come_and_go(0, Leave { told: Voter::Own }).unwrap();
        assert_eq!(world.come_and_go(0, Leave { told: Voter::Own }).unwrap_err(), Common::Exists);
        world.put(VoteMode::Phones);
        assert_eq!(world.meeting(0).sitting.motions[0].roll.unwrap().present, 2);
        world.come_and_go(1, Leave { told: Voter::Own }).unwrap();
        let gone = world.cast(VISITOR, 0, 1, Choice::For, Voter::Own).unwrap_err();
        assert_eq!(gone, Refusal::AfterRoll);
        world.cast(VISITOR, 1, 1, Choice::For, Voter::Own).unwrap();
        // Back before the next roll, the first has a vote again and the second has none.
        world.come_and_go(0, Returns { told: Voter::Own }).unwrap();
        world.count();
        world.put(VoteMode::Phones);
        assert_eq!(world.meeting(0).sitting.motions[1].roll.unwrap().present, 2);
        world.cast(VISITOR, 0, 2, Choice::For, Voter::Own).unwrap();
        assert_eq!(world.cast(VISITOR, 1, 2, Choice::For, Voter::Own).unwrap_err(), Refusal::AfterRoll);
    }
}
