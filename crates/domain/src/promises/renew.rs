//! A promise gets a later day, for a reason that everyone reads (延期); the old day stays on show.

use super::{Event, Promise, RENEW, Refusal};
use yishi_kernel::{Command, Context, Decided, Moment, Right};

/// Give it a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renew {
    /// Why.
    pub reason: String,
    /// By when now.
    pub due: Moment,
}

impl Command for Renew {
    type On = Promise;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &RENEW
    }

    fn decide(self, on: &Promise, (): &(), ctx: &Context) -> Result<Decided<Promise>, yishi_kernel::Refusal> {
        if self.due <= on.due {
            return Err(Refusal::NotLater(on.due).into());
        }
        let (reason, due) = (ctx.line("reason", &self.reason)?, ctx.future("due", self.due)?);
        Ok(Decided::one(Event::Renewed { reason, due }))
    }
}
