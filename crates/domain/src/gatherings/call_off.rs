//! Saying that a gathering is not held (不开了), with a reason, before its record.

use super::{CALL_OFF, Event, Gathering};
use yishi_kernel::{Command, Context, Decided, Right};

/// It is not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallOff {
    /// Why, for everyone to read.
    pub reason: String,
}

impl Command for CallOff {
    type On = Gathering;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CALL_OFF
    }

    fn decide(
        self,
        _: &Gathering,
        (): &(),
        ctx: &Context,
    ) -> Result<Decided<Gathering>, yishi_kernel::Refusal> {
        Ok(Decided::one(Event::CalledOff { reason: ctx.line("reason", &self.reason)? }))
    }
}
