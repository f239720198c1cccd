//! The street gives the part of a body beside the lead a day of its own, at the latest the whole's.

use super::{Event, Order, Refusal, SET_PART};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Moment, OrganisationId, Right};

/// Sets by when the part of a body is done (分办期限).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetPart {
    /// Whose.
    pub organisation: OrganisationId,
    /// Why.
    pub reason: String,
    /// By when.
    pub finish_by: Moment,
}

impl Command for SetPart {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &SET_PART
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        let organisation = self.organisation;
        on.open_part(organisation)?;
        let finish_by = ctx.future("finish", self.finish_by)?;
        if finish_by > on.finish_by {
            return Err(Refusal::PartLater(on.finish_by).into());
        }
        let reason = ctx.line("reason", &self.reason)?;
        Ok(Decided::one(Event::PartSet { organisation, reason, finish_by }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::testing::body;

    #[test]
    fn a_part_may_be_due_before_the_whole_and_not_after_it() {
        let mut world = World::blown();
        world.report_in(SQUAD_OFFICER).unwrap();
        let whole = world.order().finish_by;
        let set = |of, finish_by| SetPart { organisation: body(of), reason: text(), finish_by };
        let later = world.act(STREET, set(SQUAD, whole.plus_seconds(1)));
        assert_eq!(later.unwrap_err(), Refusal::PartLater(whole));
        assert_eq!(world.act(STREET, set(LAMPS, whole)).unwrap_err(), Refusal::NotBeside);
        assert!(needs_another_role(world.act(SQUAD_OFFICER, set(SQUAD, whole))));
        assert!(needs_another_role(world.act(WORKER, set(SQUAD, whole))));
        let sooner = world.now.plus_seconds(DAY);
        world.act(STREET, set(SQUAD, sooner)).unwrap();
        let order = world.order();
        assert_eq!(order.part_wait(body(SQUAD)).unwrap().due, sooner);
        assert_eq!(order.finish_by, whole);
    }
}
