//! What a stairwell's meeting has that others have not: which stairwell, who came, what its
//! minutes say.

use crate::matters::MatterId;
use crate::meetings::events::{Event, Minute};
use crate::meetings::{Meeting, MeetingStage, MeetingStep, Passed, Refusal};
use yishi_kernel::record::Place;
use yishi_kernel::{HolderKey, Moment, PlaceId, Sealed, Stamped};

/// The meeting of a stairwell's households (楼门议事会).
#[derive(Clone, Debug, PartialEq)]
pub struct Stairs {
    /// Which stairwell.
    pub stairwell: Sealed<PlaceId, Place>,
    /// The matter that it was called about.
    pub matter: Option<MatterId>,
    /// Who came, once somebody did.
    pub came: Option<Came>,
    /// What went up from it.
    pub sent_up: Option<MatterId>,
    /// How it ended, once it did.
    pub ended: Option<Ended>,
}

/// The households that came (到会户).
#[derive(Clone, Debug, PartialEq)]
pub struct Came {
    /// Which.
    pub doors: Sealed<Vec<PlaceId>, Place>,
    /// How many.
    pub households: u64,
}

/// How a stairwell's meeting ended (散会).
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// The minutes.
    pub lines: Vec<Minute>,
    /// Households that were there.
    pub present: u64,
    /// For, against, abstaining.
    pub hands: [u64; 3],
    /// What it came to.
    pub passed: Passed,
}

impl Stairs {
    pub(in crate::meetings) fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::AtStairwell { stairwell, matter } = &first.what else { return None };
        let (stairwell, matter) = (stairwell.clone(), *matter);
        Some(Self { stairwell, matter, came: None, sent_up: None, ended: None })
    }

    pub(in crate::meetings) fn evolve(&mut self, next: &Stamped<Event>) {
        match &next.what {
            Event::HouseholdsCame { doors, households } => {
                self.came = Some(Came { doors: doors.clone(), households: *households });
            }
            Event::SentUp { matter } => self.sent_up = Some(*matter),
            Event::Settled { lines, present, in_favour, against, abstain, passed } => {
                let hands = [*in_favour, *against, *abstain];
                self.ended = Some(Ended { lines: lines.clone(), present: *present, hands, passed: *passed });
            }
            _ => {}
        }
    }

    /// What comes next is its steward's, until the meeting is over; the desk's where nobody is.
    pub(in crate::meetings) fn next(&self, meeting: &Meeting) -> Option<(MeetingStep, HolderKey, Moment)> {
        let chair = meeting.agenda.chair.get().copied().map(HolderKey::person);
        let holder = chair.unwrap_or_else(|| HolderKey::desk(meeting.agenda.desk));
        match meeting.stage {
            MeetingStage::Called => Some((MeetingStep::Open, holder, meeting.agenda.end_of_day())),
            // It never comes to the last three; whatever is not over waits for somebody.
            MeetingStage::Open | MeetingStage::Held | MeetingStage::Confirmed | MeetingStage::Published => {
                Some((MeetingStep::Resolve, holder, meeting.due))
            }
            MeetingStage::Concluded | MeetingStage::Cancelled => None,
        }
    }

    /// The stairwell's part of a meeting that is one.
    pub(super) fn of(meeting: &Meeting) -> Result<&Self, Refusal> {
        meeting.stairs.as_ref().ok_or(Refusal::NoStairwell)
    }

    /// The same of one that is being held.
    pub(super) fn held(meeting: &Meeting) -> Result<(&Self, &Came), Refusal> {
        let stairs = Self::of(meeting)?;
        if meeting.stage != MeetingStage::Open {
            return Err(Refusal::Stage(meeting.stage));
        }
        Ok((stairs, stairs.came.as_ref().ok_or(Refusal::NobodyCame)?))
    }
}
