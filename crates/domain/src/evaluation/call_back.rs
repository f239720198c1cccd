//! Calling back 回访: those without a link, or who do not use it, are asked by somebody other
//! than whoever handled their matter. Whoever was not reached, or would not say, has said nothing.

use super::evaluate::{Evaluation, standing};
use super::rights::CALL_BACK;
use super::rules::Rules;
use super::words::{CallWay, Contacted, Reached};
use crate::matters::{Carrier, Receipt, ReceiptEvent};
use yishi_kernel::{Command, Context, Decided, Moment, Refusal, Resource, Right, Sealed};

/// Records a call back.
#[derive(Clone, Debug, PartialEq)]
pub struct CallBack {
    /// By what way.
    pub way: CallWay,
    /// What it came to.
    pub came_to: CalledTo,
}

/// What a call back came to (回访结果).
#[derive(Clone, Debug, PartialEq)]
pub enum CalledTo {
    /// Nobody was reached.
    Nobody {
        /// What there is to say about it; may be left empty.
        note: String,
    },
    /// Somebody was, and would rather not say anything.
    Silence {
        /// What there is to say about it; may be left empty.
        note: String,
    },
    /// Somebody was, and answered the three questions.
    Words {
        /// Whether they were contacted while it was worked on.
        contacted: Contacted,
        /// What they said to the answer.
        said: Evaluation,
    },
}

impl CallBack {
    /// One that reached nobody.
    pub fn missed(way: CallWay, note: impl Into<String>) -> Self {
        Self { way, came_to: CalledTo::Nobody { note: note.into() } }
    }

    /// One in which the three questions were answered.
    #[must_use]
    pub fn said(way: CallWay, contacted: Contacted, said: Evaluation) -> Self {
        Self { way, came_to: CalledTo::Words { contacted, said } }
    }
}

impl Command for CallBack {
    type On = Receipt;
    type Facts = Carrier;

    fn right(&self) -> &'static Right {
        &CALL_BACK
    }

    /// Whoever opened the receipt for a neighbour is no stranger to it either.
    fn resource(&self, receipt: &Receipt, carrier: &Carrier, ctx: &Context) -> Resource {
        let mut resource = carrier.resource(ctx.actor);
        resource.handlers.extend(receipt.opened_by.as_ref().and_then(Sealed::get));
        resource
    }

    fn decide(
        self,
        receipt: &Receipt,
        carrier: &Carrier,
        ctx: &Context,
    ) -> Result<Decided<Receipt>, Refusal> {
        let answer = standing(receipt, &carrier.matter)?;
        let way = Some(self.way);
        let called = |reached, note: &str, given_up| {
            let note = ctx.private_line("note", note)?;
            Ok(Decided::one(ReceiptEvent::Called { answer, way, reached, given_up, note }))
        };
        match self.came_to {
            CalledTo::Nobody { note } => called(Reached::No, &note, given_up(receipt, answer, ctx)),
            CalledTo::Silence { note } => called(Reached::Declined, &note, None),
            CalledTo::Words { contacted, said } => {
                let reached = Reached::Yes;
                let called = ReceiptEvent::Called { answer, way, reached, given_up: None, note: None };
                said.of(answer, Some(contacted), carrier, vec![called], ctx)
            }
        }
    }
}

/// The rules by which one more call that reaches nobody is the last one.
fn given_up(receipt: &Receipt, answer: Moment, ctx: &Context) -> Option<String> {
    let mut days = receipt.missed_on(answer);
    days.insert(ctx.now.date());
    let tried = receipt.missed(answer).saturating_add(1);
    let enough = ctx.section::<Rules>().calls.are_enough(tried, days.len() as u64);
    enough.then(|| ctx.rules.digest().to_owned())
}
