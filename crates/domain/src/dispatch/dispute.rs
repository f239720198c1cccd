//! A body says that an order is not its own; whoever the street named may not.

use super::report_in::acting_for;
use super::{DISPUTE, Event, Order, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Denied, Refusal, Right};

/// "Not ours" (退单).
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// Why.
    pub reason: String,
}

impl Command for Dispute {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &DISPUTE
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        // Whoever the street named carries it out.
        if on.ruled.is_some() {
            return Err(Denied::stage(on.stage).into());
        }
        let organisation = acting_for(on, None, ctx)?;
        let due = ctx.due(&ctx.section::<Rules>().dispute).at;
        let reason = ctx.note("reason", &self.reason)?;
        Ok(Decided::one(Event::Disputed { organisation, reason, due }))
    }
}
