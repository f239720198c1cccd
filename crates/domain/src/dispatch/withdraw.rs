//! An order is withdrawn, with a reason.

use super::{Event, Order, WITHDRAW};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Refusal, Right};

/// It is withdrawn (撤回).
#[derive(Clone, Debug, PartialEq)]
pub struct Withdraw {
    /// Why.
    pub reason: String,
}

impl Command for Withdraw {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &WITHDRAW
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        Ok(Decided::one(Event::Withdrawn { reason: ctx.note("reason", &self.reason)? }))
    }
}
