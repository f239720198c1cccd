//! The desk above says what it does about what went up (上级答复), whether or not the sheet is signed.

use super::{Item, ItemEvent, TAKE_UP};
use yishi_kernel::{Command, Context, Decided, Right};

/// Say what is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeUp {
    /// What.
    pub note: String,
}

impl Command for TakeUp {
    type On = Item;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &TAKE_UP
    }

    fn decide(self, _: &Item, (): &(), ctx: &Context) -> Result<Decided<Item>, yishi_kernel::Refusal> {
        Ok(Decided::one(ItemEvent::TakenUp { note: ctx.line("note", &self.note)? }))
    }
}
