//! Something protects people: a fence, a warning, power or gas cut off, a way closed. It needs a
//! photo, and a second person.

use super::{Danger, Event, PROTECT, Protection, Refusal};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::optional;
use yishi_kernel::{PhotoDigest, Right};

/// Protects (采取防护).
#[derive(Clone, Debug, PartialEq)]
pub struct Protect {
    /// What was done.
    pub step: Protection,
    /// A word with it; may be empty.
    pub note: String,
    /// Photos, stored already: at least one.
    pub photos: Vec<PhotoDigest>,
}

impl Command for Protect {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &PROTECT
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, crate::Refusal> {
        let photos = ctx.photos(self.photos)?.ok_or(Refusal::NoPhoto)?;
        let note = optional(ctx.note("note", &self.note))?;
        Ok(Decided::one(Event::Protected { step: self.step, organisation: on.acting(ctx)?, note, photos }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;
    use crate::dangers::{DangerStage, Risk};
    use crate::testing::body;
    use yishi_kernel::Denied;

    #[test]
    fn protecting_needs_a_photo_and_is_done_by_whoever_was_told_or_is_there() {
        let mut world = World::reported(Risk::Life);
        let bare = Protect { photos: Vec::new(), ..fence() };
        assert_eq!(world.act(COMPANY_STAFF, bare).unwrap_err(), Refusal::NoPhoto);
        assert_eq!(world.act(SQUAD_OFFICER, fence()).unwrap_err(), Denied::Elsewhere, "nobody told it");
        world.act(COMPANY_STAFF, fence()).unwrap();
        let danger = world.danger();
        assert_eq!(danger.stage, DangerStage::Protected);
        assert_eq!(danger.protected.unwrap().organisation, Some(body(COMPANY)));
        assert!(danger.seen.is_some(), "whoever fences has seen it");
        assert_eq!(world.act(STEWARD, fence()).unwrap_err(), Denied::stage(DangerStage::Protected));
    }
}
