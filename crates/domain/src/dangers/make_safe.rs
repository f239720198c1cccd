//! A second person sees that the protection is there and makes it safe.

use super::{CONFIRM, Danger, Event, Rules};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::optional;
use yishi_kernel::{Refusal, Right};

/// Confirms what somebody else did (核实).
#[derive(Clone, Debug, PartialEq)]
pub struct MakeSafe {
    /// A word with it; may be empty.
    pub note: String,
}

impl Command for MakeSafe {
    type On = Danger;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &CONFIRM
    }

    fn decide(self, on: &Danger, (): &(), ctx: &Context) -> Result<Decided<Danger>, Refusal> {
        on.by_another(ctx)?;
        let note = optional(ctx.note("note", &self.note))?;
        Ok(Decided::one(Event::MadeSafe { note, due: ctx.due(&ctx.section::<Rules>().look).at }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dangers::laws::world::*;
    use crate::dangers::{DangerStage, DangerStep, Refusal::SecondPerson, Risk};
    use crate::testing::body;
    use yishi_kernel::{Denied, HolderKey, Stream};

    fn confirm() -> MakeSafe {
        MakeSafe { note: String::new() }
    }

    #[test]
    fn nobody_confirms_what_they_did_or_what_their_company_did() {
        let mut world = World::reported(Risk::Life);
        world.act(WORKER, fence()).unwrap();
        assert_eq!(world.act(WORKER, confirm()).unwrap_err(), SecondPerson);
        world.act(COLLEAGUE, confirm()).unwrap();

        let mut world = World::reported(Risk::Life);
        world.act(COMPANY_STAFF, fence()).unwrap();
        let own = world.act(COMPANY_STAFF, confirm()).unwrap_err();
        assert!(matches!(own.denied(), Some(Denied::Role { .. })), "{own:?}");
        assert_eq!(world.act(MOONLIGHTER, confirm()).unwrap_err(), Denied::Concerned);
        world.act(STREET, confirm()).unwrap();
        let danger = world.danger();
        assert_eq!(danger.stage, DangerStage::Safe);
        let look = danger.waits().remove(0);
        assert_eq!(look.step::<DangerStep>(), Some(DangerStep::Look));
        assert_eq!(look.holder, HolderKey::organisation(body(COMPANY)));
        assert_eq!(look.due, world.now.plus_seconds(3 * 86_400), "whether offices work then or not");
    }
}
