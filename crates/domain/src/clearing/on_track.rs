//! What is not due yet and goes as it should (按期在办): somebody says what is done next, and its day
//! stays. What is overdue is answered by what really happens to it.

use super::{Became, Item, ItemEvent, ON_TRACK, Refusal};
use yishi_kernel::{Command, Context, Decided, Right};

/// Say what is done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnTrack {
    /// What, in one line.
    pub next: String,
}

impl Command for OnTrack {
    type On = Item;
    type Facts = Became;

    fn right(&self) -> &'static Right {
        &ON_TRACK
    }

    fn decide(
        self,
        item: &Item,
        became: &Became,
        ctx: &Context,
    ) -> Result<Decided<Item>, yishi_kernel::Refusal> {
        became.must_run()?;
        let stands = became.must_wait()?;
        became.must_be_silent(item, ctx)?;
        if stands.due <= ctx.now {
            return Err(Refusal::Late(stands.due).into());
        }
        Ok(Decided::one(ItemEvent::OnTrack { next: ctx.line("next", &self.next)?, day: stands.due }))
    }
}
