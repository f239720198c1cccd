//! Urging one body beside the lead 催办、督办: each by itself, since each has its own time.

use super::{Event, Order, URGE};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::urging::{NotUrged, how};
use yishi_kernel::{Actor, Moment, OrganisationId, Refusal, Right, Role, Urging};

/// Urges a body beside the lead (催办、督办).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrgePart {
    /// Which.
    pub organisation: OrganisationId,
}

impl Order {
    /// How somebody who may would urge a body beside the lead now, or why that is not done.
    ///
    /// # Errors
    /// Why not.
    pub fn part_urging(
        &self,
        body: OrganisationId,
        actor: &Actor,
        role: Role,
        now: Moment,
    ) -> Result<Urging, NotUrged> {
        let (Some(part), Some(wait)) = (self.parts.get(&body), self.part_wait(body)) else {
            return Err(NotUrged::Own);
        };
        how(&[wait], &part.urged, self.desk, (actor, role), now)
    }
}

impl Command for UrgePart {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &URGE
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let organisation = self.organisation;
        let how = on.part_urging(organisation, ctx.actor, ctx.role, ctx.now)?;
        Ok(Decided::one(Event::PartUrged { organisation, how }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::testing::body;
    use yishi_kernel::{Stream as _, Urge};

    #[test]
    fn each_body_is_urged_by_itself() {
        let mut world = World::blown();
        world.report_in(LAMP_OFFICER).unwrap();
        world.now = world.order().parts[&body(SQUAD)].report_by.plus_seconds(1);
        let urge = || UrgePart { organisation: body(SQUAD) };
        let early = world.act(STREET, Urge::<Order>::default()).unwrap_err();
        assert!(matches!(early.of(), Some(NotUrged::NotDue(_))), "the lead has time: {early:?}");
        let before = world.order();
        world.act(STREET, urge()).unwrap();
        assert_eq!(world.act(STREET, urge()).unwrap_err(), NotUrged::Lately(world.now.plus_seconds(DAY)));
        world.act(WORKER, urge()).unwrap();
        let after = world.order();
        assert_eq!((after.waits(), after.urged), (before.waits(), before.urged));
        assert_eq!(after.parts[&body(SQUAD)].urged.by(Urging::Remind), Some((1, world.now)));
    }
}
