//! A promise was not kept, and that stays on show with the reason (未兑现).

use super::{BREAK, Event, Promise};
use yishi_kernel::{Command, Context, Decided, Right};

/// It was not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Why.
    pub reason: String,
}

impl Command for Break {
    type On = Promise;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &BREAK
    }

    fn decide(self, _: &Promise, (): &(), ctx: &Context) -> Result<Decided<Promise>, yishi_kernel::Refusal> {
        Ok(Decided::one(Event::Broken { reason: ctx.line("reason", &self.reason)? }))
    }
}
