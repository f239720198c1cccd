//! Confirming what somebody else entered (核对确认), or rejecting it. From then on the meeting that
//! recommended it knows what the owners decided, and so does its topic.

use super::events::Event;
use super::ids::OwnersResultId;
use super::refusals::Refusal as Why;
use super::rights::{CONFIRM, REJECT};
use super::state::OwnersResult;
use super::words::ResultStage;
use crate::meetings::{Meeting, OwnersSay};
use crate::topics::Answered;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// It is what the paper says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConfirmResult;

/// It is not, or the paper is not in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectResult {
    /// Why.
    pub reason: String,
}

/// What confirming must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommending {
    /// The result itself.
    pub id: OwnersResultId,
    /// The meeting that recommended it.
    pub meeting: Meeting,
}

impl Command for ConfirmResult {
    type On = OwnersResult;
    type Facts = Recommending;

    fn right(&self) -> &'static Right {
        &CONFIRM
    }

    fn decide(
        self,
        result: &OwnersResult,
        facts: &Recommending,
        _ctx: &Context,
    ) -> Result<Decided<OwnersResult>, Refusal> {
        must_wait(result)?;
        let (motion, agreed) = (result.motion, result.agreed);
        let decided = Decided::one(Event::Confirmed {})
            .and(result.meeting, OwnersSay { motion, result: facts.id, agreed });
        let due = facts.meeting.decided_by(motion).unwrap_or(facts.meeting.due);
        let alone = facts.meeting.sitting.motion(motion).is_some_and(|one| facts.meeting.is_last_of(one));
        let meeting = result.meeting;
        Ok(match alone || agreed.is_yes() {
            true => decided.and(result.topic, Answered { meeting, agreed, due }),
            // Something else on the topic stands: it goes on with that.
            false => decided,
        })
    }
}

impl Command for RejectResult {
    type On = OwnersResult;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &REJECT
    }

    fn decide(self, result: &OwnersResult, (): &(), ctx: &Context) -> Result<Decided<OwnersResult>, Refusal> {
        must_wait(result)?;
        Ok(Decided::one(Event::Rejected { reason: ctx.line("reason", &self.reason)? }))
    }
}

fn must_wait(result: &OwnersResult) -> Result<(), Why> {
    if result.stage == ResultStage::Entered { Ok(()) } else { Err(Why::NotAwaited) }
}
