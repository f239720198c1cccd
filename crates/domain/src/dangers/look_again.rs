//! The protection is looked at again every few days until the lasting work is done.

use super::{Danger, Event, LOOK, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::optional;
use yishi_kernel::{PhotoDigest, Refusal, Right};

/// The protection is still there (复查).
#[derive(Clone, Debug, PartialEq)]
pub struct LookAgain {
    /// A word with it; may be empty.
    pub note: String,
    /// Photos, stored already.
    pub photos: Vec<PhotoDigest>,
}

impl Command for LookAgain {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &LOOK
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, Refusal> {
        Ok(Decided::one(Event::LookedAgain {
            organisation: on.acting(ctx)?,
            note: optional(ctx.note("note", &self.note))?,
            photos: ctx.photos(self.photos)?,
            due: ctx.due(&ctx.section::<Rules>().look).at,
        }))
    }
}
