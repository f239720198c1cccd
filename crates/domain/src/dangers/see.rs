//! Somebody says that they have seen a danger and see to it. Until then pages say that nobody has.

use super::{Danger, Event, Refusal, SEE};
use yishi_kernel::Right;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;

/// Says that one has seen it (确认看到).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct See;

impl Command for See {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &SEE
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        if on.seen.is_some() {
            return Err(Refusal::IsSeen.into());
        }
        Ok(Decided::one(Event::Seen { organisation: on.acting(ctx)? }))
    }
}
