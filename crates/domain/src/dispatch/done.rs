//! An order is reported done, with proof.

use super::report_in::acting_for;
use super::{Event, Order, OrderKind, Refusal, Rules, WORK_ON};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{PhotoDigest, Right};

/// It is done (办结).
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// What was done.
    pub note: String,
    /// Photos as proof, stored already.
    pub photos: Vec<PhotoDigest>,
}

impl Command for Done {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &WORK_ON
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        let organisation = acting_for(on, None, ctx)?;
        let for_a_body = ctx.role.of_organisation();
        if on.kind == OrderKind::Whistle && organisation != on.lead() && for_a_body {
            return Err(Refusal::OnlyLead.into());
        }
        Ok(Decided::one(Event::Done {
            organisation,
            photos: ctx.photos(self.photos)?,
            due: ctx.due(&ctx.section::<Rules>().accept).at,
            note: ctx.note("note", &self.note)?,
        }))
    }
}
