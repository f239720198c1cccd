//! Closing 销号: once everyone was heard, or had the time to say something.

use super::events::Event;
use super::refusals::Refusal as Why;
use super::rights::CLOSE;
use super::state::Matter;
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Closes a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close;

/// What closing must know: who has not said anything to the standing answer, and whether people
/// are still in danger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// How many receipts of the matter's family.
    pub receipts: u64,
    /// How many dangers of the family are open.
    pub dangers: u64,
}

impl Command for Close {
    type On = Matter;
    type Facts = Waiting;

    fn right(&self) -> &'static Right {
        &CLOSE
    }

    fn decide(self, matter: &Matter, waiting: &Waiting, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        if waiting.dangers > 0 {
            return Err(Why::InDanger.into());
        }
        if waiting.receipts > 0 && ctx.now < matter.due {
            return Err(Why::Waiting { receipts: waiting.receipts, until: matter.due }.into());
        }
        Ok(Decided::one(Event::Closed {}))
    }
}
