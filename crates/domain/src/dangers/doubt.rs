//! Somebody says that there is no danger, with a reason for everyone to read. Alone that changes
//! nothing: the clock runs on until a second role agrees.

use super::{DOUBT, Danger, Event, Refusal, Rules};
use yishi_kernel::Right;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;

/// Says that there is no danger (认为没有危险).
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Why.
    pub reason: String,
}

impl Command for Doubt {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &DOUBT
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        if on.doubted.is_some() {
            return Err(Refusal::IsDoubted.into());
        }
        Ok(Decided::one(Event::Doubted {
            role: ctx.role,
            reason: ctx.note("reason", &self.reason)?,
            due: ctx.due(&ctx.section::<Rules>().doubt).at,
        }))
    }
}
