//! An item is marked by what happened to its thing (销账): by the program, whenever that is.

use super::{Became, Item, ItemEvent, Outcome, Rules, RunStage, SETTLE};
use yishi_kernel::{Command, Context, Decided, Right};

/// Mark it by what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settle;

impl Command for Settle {
    type On = Item;
    type Facts = Became;

    fn right(&self) -> &'static Right {
        &SETTLE
    }

    fn decide(
        self,
        item: &Item,
        became: &Became,
        ctx: &Context,
    ) -> Result<Decided<Item>, yishi_kernel::Refusal> {
        if became.run == RunStage::Finished {
            return Ok(Decided::all(Vec::new()));
        }
        let stood = item.mark.as_ref();
        let by_hand = stood.is_some_and(|mark| mark.said.is_some());
        let went_up = item.lifted.is_some() && became.stands.is_some();
        let event = match became.says(item, ctx.section::<Rules>(), ctx.now) {
            // What went up stays so until the thing is at its end, and a word is told more by than a step.
            Some(_) if went_up => None,
            Some((Outcome::Advanced, _)) if by_hand => None,
            Some((outcome, entry)) => {
                let day = became.stands.as_ref().map(|stands| stands.due);
                let same =
                    stood.is_some_and(|mark| (mark.outcome, mark.entry, mark.day) == (outcome, entry, day));
                (!same).then_some(ItemEvent::Marked { outcome, entry, day })
            }
            None => (stood.is_some() && !by_hand && !went_up).then_some(ItemEvent::Unmarked {}),
        };
        Ok(Decided::all(event.into_iter().collect()))
    }
}
