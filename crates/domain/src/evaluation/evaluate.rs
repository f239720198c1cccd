//! Evaluating 评价: whoever holds a receipt says whether the standing answer solves it. What
//! is not solved is taken up again.

use super::refusals::Refusal as Why;
use super::rights::EVALUATE;
use super::words::{Contacted, Satisfaction, Solved};
use crate::matters::{Carrier, Matter, Receipt, ReceiptEvent, Reopen};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Resource, Right};

/// Evaluates the answer that stands on a receipt.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluate {
    /// What they say.
    pub said: Evaluation,
    /// Whether they were contacted while it was worked on; nobody has to say.
    pub contacted: Option<Contacted>,
}

/// What somebody who was answered says to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    /// Was it solved?
    pub solved: Solved,
    /// How content.
    pub satisfaction: Satisfaction,
    /// In own words; may be left empty.
    pub comment: String,
}

impl Command for Evaluate {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &EVALUATE
    }

    fn resource(&self, _: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        carrier.resource(ctx.actor)
    }

    fn decide(
        self,
        receipt: &Receipt,
        carrier: &Carrier,
        ctx: &Context,
    ) -> Result<Decided<Receipt>, Refusal> {
        let answer = asked(receipt, &carrier.matter)?;
        self.said.of(answer, self.contacted, carrier, Vec::new(), ctx)
    }
}

impl Evaluation {
    /// What it brings about, after what happened before it.
    pub(super) fn of(
        self,
        answer: Moment,
        contacted: Option<Contacted>,
        carrier: &Carrier,
        mut events: Vec<ReceiptEvent>,
        ctx: &Context,
    ) -> Result<Decided<Receipt>, Refusal> {
        let Self { solved, satisfaction, comment } = self;
        let comment = ctx.private("comment", &comment)?;
        events.push(ReceiptEvent::Evaluated { answer, solved, satisfaction, contacted, comment });
        let decided = Decided::all(events);
        Ok(match solved {
            Solved::Yes => decided,
            Solved::No => decided.and(carrier.root, Reopen),
        })
    }
}

/// The answer that stands and that this receipt has not evaluated: the moment it was given.
///
/// # Errors
/// When there is none, it was evaluated, or whoever holds the receipt came later: they read it,
/// and what they know anew is a new matter.
pub(super) fn standing(receipt: &Receipt, matter: &Matter) -> Result<Moment, Refusal> {
    receipt.stands()?;
    let answer = matter.answered.ok_or(Common::Unknown)?;
    if receipt.is_later_than(answer) {
        return Err(Why::CameLater.into());
    }
    if receipt.has_evaluated(answer) {
        return Err(Why::Evaluated.into());
    }
    Ok(answer)
}

/// The answer that whoever holds the link of a receipt is asked about.
///
/// # Errors
/// Also when a call back asks instead: whoever opened it for a neighbour, or issued it anew, has
/// seen the link, and signed out they are anybody.
pub fn asked(receipt: &Receipt, matter: &Matter) -> Result<Moment, Refusal> {
    let answer = standing(receipt, matter)?;
    if receipt.is_seen_by_handlers(matter) {
        return Err(Why::ByCall.into());
    }
    Ok(answer)
}
