//! What cannot be settled here goes to the desk above (上交), which says what it does by a day. The
//! thing stays where it is until then: nothing is taken from its holder by that.

use super::{Became, Item, ItemEvent, LIFT, Refusal, Rules};
use yishi_kernel::{Command, Context, Decided, PlaceId, Right};

/// Take it to the desk above.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lift {
    /// Why.
    pub reason: String,
}

/// What became of the thing, and the desk above where somebody works.
#[derive(Clone, Debug, PartialEq)]
pub struct Above {
    /// What became of it.
    pub became: Became,
    /// Whose desk is above.
    pub desk: Option<PlaceId>,
}

impl Command for Lift {
    type On = Item;
    type Facts = Above;

    fn right(&self) -> &'static Right {
        &LIFT
    }

    fn decide(self, _: &Item, above: &Above, ctx: &Context) -> Result<Decided<Item>, yishi_kernel::Refusal> {
        above.became.must_run()?;
        above.became.must_wait()?;
        let desk = above.desk.ok_or(Refusal::NobodyAbove)?;
        let due = ctx.due(&ctx.section::<Rules>().take_up).at;
        let (reason, rules) = (ctx.line("reason", &self.reason)?, ctx.rules.digest().to_owned());
        Ok(Decided::one(ItemEvent::Lifted { reason, desk, due, rules }))
    }
}
