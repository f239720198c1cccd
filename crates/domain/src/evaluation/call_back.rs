//! Calling back 回访: those without a link, or who do not use it, are asked by somebody other
//! than whoever handled their matter.

use super::evaluate::{Evaluation, standing};
use super::rights::CALL_BACK;
use super::words::Reached;
use crate::matters::{Carrier, Receipt, ReceiptEvent};
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right, Sealed};

/// Records a call back.
#[derive(Clone, Debug, PartialEq)]
pub enum CallBack {
    /// Nobody was reached.
    Missed {
        /// What there is to say about it; may be left empty.
        note: String,
    },
    /// Somebody was, and said this.
    Reached(Evaluation),
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
        match self {
            CallBack::Missed { note } => {
                let note = ctx.private_line("note", &note)?;
                Ok(Decided::one(ReceiptEvent::Called { answer, reached: Reached::No, note }))
            }
            CallBack::Reached(said) => {
                let called = ReceiptEvent::Called { answer, reached: Reached::Yes, note: None };
                said.of(answer, carrier, vec![called], ctx)
            }
        }
    }
}
