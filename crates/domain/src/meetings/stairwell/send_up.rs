//! Sending up what a stairwell cannot settle (上交): the matter that it met about, or one that was
//! raised from its floor just before. It stands at the desk above, which reads that it comes from
//! the households.

use super::state::Stairs;
use crate::matters::{CameTo, MatterId, MetAtStairwell};
use crate::meetings::events::Event;
use crate::meetings::ids::MeetingId;
use crate::meetings::rights::HOLD_STAIRWELL;
use crate::meetings::{Meeting, Refusal};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Right};

/// It goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendUp {
    /// The matter raised from its floor; nothing where the meeting was called about one.
    pub raised: Option<MatterId>,
}

/// What sending up must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lift {
    /// The meeting itself.
    pub id: MeetingId,
    /// The meeting from whose floor the matter was raised.
    pub raised_at: Option<MeetingId>,
}

impl Command for SendUp {
    type On = Meeting;
    type Facts = Lift;

    fn right(&self) -> &'static Right {
        &HOLD_STAIRWELL
    }

    fn decide(
        self,
        meeting: &Meeting,
        lift: &Lift,
        _ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        let (stairs, _) = Stairs::held(meeting)?;
        if stairs.sent_up.is_some() {
            return Err(Common::Exists.into());
        }
        let here = self.raised.filter(|_| lift.raised_at == Some(lift.id));
        let matter = stairs.matter.or(here).ok_or(Refusal::NotOfStairwell)?;
        let told = MetAtStairwell { meeting: lift.id, came_to: CameTo::SentUp };
        Ok(Decided::one(Event::SentUp { matter }).and(matter, told))
    }
}
