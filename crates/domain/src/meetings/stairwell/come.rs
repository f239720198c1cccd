//! Ticking the households that came (到会户). The first tick opens the meeting; ticked again, the
//! later ticks count: somebody came late, or a wrong door was touched.

use super::state::Stairs;
use crate::meetings::call::distinct;
use crate::meetings::events::Event;
use crate::meetings::open::BEFORE;
use crate::meetings::rights::HOLD_STAIRWELL;
use crate::meetings::rules::Rules;
use crate::meetings::{Meeting, MeetingStage, Refusal};
use yishi_kernel::{Command, Context, Decided, PlaceId, Right, Sealed};

/// These households came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Come {
    /// Which.
    pub doors: Vec<PlaceId>,
}

/// The households of the stairwell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doors {
    /// Which.
    pub households: Vec<PlaceId>,
}

impl Command for Come {
    type On = Meeting;
    type Facts = Doors;

    fn right(&self) -> &'static Right {
        &HOLD_STAIRWELL
    }

    fn decide(
        self,
        meeting: &Meeting,
        own: &Doors,
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        Stairs::of(meeting)?;
        let doors = distinct(self.doors);
        if doors.is_empty() {
            return Err(Refusal::NobodyCame.into());
        }
        if doors.iter().any(|door| !own.households.contains(door)) {
            return Err(Refusal::OtherDoor.into());
        }
        let opened = match meeting.stage {
            MeetingStage::Open => None,
            MeetingStage::Called => {
                let starts = meeting.agenda.starts;
                if ctx.now.plus_seconds(BEFORE) < starts {
                    return Err(Refusal::TooEarly { starts }.into());
                }
                Some(Event::Opened { due: ctx.due(&ctx.section::<Rules>().resolve).at })
            }
            other => return Err(Refusal::Stage(other).into()),
        };
        let households = doors.len() as u64;
        let came = Event::HouseholdsCame { doors: Sealed::Kept(doors), households };
        Ok(Decided::all(opened.into_iter().chain([came]).collect()))
    }
}
