//! A body says that an order is not its own; whoever the street named may not. Of one that comes
//! beside the lead it is about its own part alone, and the rest goes on.

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
        let organisation = acting_for(on, None, ctx)?;
        let part = organisation.filter(|body| on.parts.contains_key(body));
        let ruled = match part {
            Some(body) => on.open_part(body)?.ruled,
            None => on.ruled,
        };
        // Whoever the street named carries it out.
        if ruled.is_some() {
            return Err(Denied::stage(on.stage).into());
        }
        let due = ctx.due(&ctx.section::<Rules>().dispute).at;
        let reason = ctx.note("reason", &self.reason)?;
        if let Some(organisation) = part {
            return Ok(Decided::one(Event::PartDisputed { organisation, reason, due }));
        }
        Ok(Decided::one(Event::Disputed { organisation, reason, due }))
    }
}
