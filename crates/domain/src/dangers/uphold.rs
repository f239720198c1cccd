//! A chief does not agree that there is no danger: it stands, and everyone reads why.

use super::{Danger, Event, Refusal, UPHOLD};
use yishi_kernel::Right;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;

/// Says that the danger stands (不同意排除).
#[derive(Clone, Debug, PartialEq)]
pub struct Uphold {
    /// Why.
    pub reason: String,
}

impl Command for Uphold {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &UPHOLD
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        let doubted = on.doubted.as_ref().ok_or(Refusal::NotDoubted)?;
        if ctx.actor.account.is_some_and(|own| doubted.by.as_ref().is_some_and(|by| by.is(&own))) {
            return Err(Refusal::SecondRole.into());
        }
        Ok(Decided::one(Event::Upheld { reason: ctx.note("reason", &self.reason)? }))
    }
}
