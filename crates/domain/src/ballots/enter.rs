//! Entering what owners decided, from its paper (登记业主共同决定结果). By law two thirds of them
//! have to take part, by heads and by area; otherwise they decided nothing, and nothing is entered.

use super::events::{Event, Part};
use super::refusals::Refusal as Why;
use super::rules::Rules;
use super::state::OwnersResult;
use super::words::{Agreed, Joint, Side};
use crate::meetings::{Meeting, MeetingId, MeetingStage, OWNERS};
use yishi_kernel::refusal::Common;
use yishi_kernel::{
    Context, Decided, Moment, PhotoDigest, Refusal, Resource, Right, Sealed, Start, Stream as _,
};
use yishi_tally::owners::{self, Area, Measure, Pack, Reading, Sums};

/// Enter what owners decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterResult {
    /// The meeting that recommended it.
    pub meeting: MeetingId,
    /// Which of its motions.
    pub motion: u32,
    /// All owners in the scope.
    pub total: Part,
    /// Those who took part.
    pub took_part: Part,
    /// Those of them who agreed.
    pub in_favour: Part,
    /// The day on which they decided, to its end.
    pub decided: Moment,
    /// Photos of the paper.
    pub paper: Vec<PhotoDigest>,
    /// Where the paper lies.
    pub kept: String,
}

/// What entering must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Asking {
    /// The meeting.
    pub meeting: Meeting,
    /// Results of the same motion that were not rejected.
    pub others: u64,
}

impl Start for EnterResult {
    type Of = OwnersResult;
    type Facts = Asking;

    fn right(&self) -> &'static Right {
        &OWNERS
    }

    fn resource(&self, facts: &Asking, ctx: &Context) -> Resource {
        facts.meeting.resource(ctx.path, ctx.actor)
    }

    fn start(self, facts: &Asking, ctx: &Context) -> Result<Decided<OwnersResult>, Refusal> {
        let meeting = &facts.meeting;
        let motion = meeting.sitting.motion(self.motion).ok_or(Common::Unknown)?;
        let asked = motion.decides.joint().filter(|_| motion.awaits_owners());
        let (_, matter) = asked.ok_or(Why::NotAwaited)?;
        if meeting.stage != MeetingStage::Published {
            return Err(Why::NotAwaited.into());
        }
        if facts.others > 0 {
            return Err(Common::Exists.into());
        }
        // They decide on what was recommended to them, and have done so.
        let since = meeting.agenda.starts.end_of_day_after(0);
        if self.decided < since || self.decided > ctx.now.end_of_day_after(0) {
            return Err(Why::DecidedOn { since }.into());
        }
        if self.paper.is_empty() {
            return Err(Why::NoPaper.into());
        }
        let agreed = came_to(matter, self.total, self.took_part, self.in_favour)?;
        let paper = ctx.photos(self.paper)?.unwrap_or_else(Sealed::erased);
        Ok(Decided::one(Event::Entered {
            meeting: self.meeting,
            motion: self.motion,
            topic: motion.topic,
            decides: motion.decides.clone(),
            place: meeting.agenda.place,
            desk: meeting.agenda.desk,
            total: self.total,
            took_part: self.took_part,
            in_favour: self.in_favour,
            decided: self.decided,
            agreed,
            paper,
            kept: ctx.line("kept", &self.kept)?,
            due: ctx.due(&ctx.section::<Rules>().confirm).at,
            rules: ctx.rules.digest().to_owned(),
        }))
    }
}

/// How the law counts what owners did, in the readings of the tally: returned ballots only.
///
/// # Errors
/// When the sums cannot be true.
pub fn reading(matter: Joint, total: Part, took_part: Part, in_favour: Part) -> Result<Reading, Why> {
    let part = |part: Part| Measure::new(part.heads, part.area);
    let rest = Measure::ZERO;
    let sums = Sums {
        total: part(total),
        took_part: part(took_part),
        in_favour: part(in_favour),
        against: rest,
        abstain: rest,
        void: rest,
    };
    // The Civil Code counts: whatever is entered here was decided after it came into force.
    let requirement = Pack::civil_code().requirement(matter.matter());
    owners::decide(&requirement, &sums).map_err(Why::Miscount)
}

/// A floor area in m², as it is written.
#[must_use]
pub fn square_metres(area: u64) -> String {
    // As people write it: 8400 and not 8400.00.
    let said = Area(area).to_string();
    said.strip_suffix(".00").map(str::to_owned).unwrap_or(said)
}

/// What it comes to: too few decided nothing.
pub(super) fn came_to(matter: Joint, total: Part, took_part: Part, in_favour: Part) -> Result<Agreed, Why> {
    let reading = reading(matter, total, took_part, in_favour)?;
    let sides = [(Side::Heads, Some(reading.by_heads)), (Side::Area, reading.by_area)];
    for (side, of) in sides {
        if let Some(of) = of.filter(|of| !of.quorum) {
            let (total, part, needed) = (of.total, of.took_part, of.quorum_needed.unwrap_or(of.total));
            return Err(Why::Quorum { side, total, part, needed });
        }
    }
    Ok(if reading.passed == Some(true) { Agreed::Yes } else { Agreed::No })
}
