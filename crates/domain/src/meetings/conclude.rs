//! Ending a meeting whose notice is over and whose every action is on its way.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::CONVENE;
use super::state::Meeting;
use super::words::MeetingStage;
use crate::ballots;
use yishi_kernel::{Command, Context, Decided, Right};

/// All is on its way and the notice is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conclude;

impl Command for Conclude {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONVENE
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Published)?;
        let outcome = &meeting.outcome;
        if let Some(until) = outcome.until.filter(|until| ctx.now < *until) {
            return Err(Refusal::NoticeRuns { until }.into());
        }
        if outcome.open_objections().next().is_some() {
            return Err(Refusal::ObjectionOpen.into());
        }
        let awaited = meeting.sitting.awaiting_owners().count() as u64;
        if awaited > 0 {
            return Err(ballots::Refusal::OwnersAwaited { motions: awaited }.into());
        }
        match outcome.waiting().count() as u64 {
            0 => Ok(Decided::one(Event::Concluded {})),
            actions => Err(Refusal::Unfinished { actions }.into()),
        }
    }
}
