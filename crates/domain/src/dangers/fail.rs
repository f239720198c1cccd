//! The protection does not hold, or was never there: it has to be done anew. The clock is the one
//! it was, so that it stands as overdue at once where that has run out.

use super::{Danger, Event, FAIL};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Refusal, Right};

/// The protection does not hold (防护失效).
#[derive(Clone, Debug, PartialEq)]
pub struct Fail {
    /// What was found.
    pub reason: String,
}

impl Command for Fail {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &FAIL
    }

    fn decide(self, _: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, Refusal> {
        Ok(Decided::one(Event::Failed { reason: ctx.note("reason", &self.reason)? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;
    use crate::dangers::{DangerStage, Risk};

    #[test]
    fn a_fence_that_fell_is_overdue_at_once_and_never_gets_new_time() {
        let mut world = World::safe();
        let due = world.danger().due;
        world.wait(5 * 24 * 60);
        world.act(STEWARD, Fail { reason: "围挡倒了".to_owned() }).unwrap();
        let danger = world.danger();
        assert_eq!((danger.stage, danger.due), (DangerStage::Reported, due));
        assert!(due < world.now && danger.goes_up() == Some(world.now));
        assert_eq!(danger.risk, Risk::Life);
    }
}
