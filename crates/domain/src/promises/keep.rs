//! Somebody who steers has seen that a promise is kept (核实兑现): never whoever said so.

use super::{Event, KEEP, Promise, Refusal};
use yishi_kernel::{Command, Context, Decided, Right};

/// It was kept indeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep;

impl Command for Keep {
    type On = Promise;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &KEEP
    }

    fn decide(self, on: &Promise, (): &(), ctx: &Context) -> Result<Decided<Promise>, yishi_kernel::Refusal> {
        let said_so = on.done_by.as_ref().zip(ctx.actor.account).is_some_and(|(by, me)| by.is(&me));
        if said_so {
            return Err(Refusal::SamePerson.into());
        }
        Ok(Decided::one(Event::Kept {}))
    }
}
