//! The community asks the street to whistle about a matter in hand.

use super::ordered::decides;
use super::{ORDER, Order, Ordered, Origin, Source, Task, To, WhistleKind};
use crate::matters::MatterId;
use yishi_kernel::command::{Decided, Start};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::{Moment, OrganisationId, Refusal, Resource, Right};

/// Asks the street to whistle (请求吹哨).
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// The matter it is about.
    pub matter: MatterId,
    /// Why the street should whistle.
    pub whistle: WhistleKind,
    /// What kind of thing it is, by its word in the rules: that says whose decision it is.
    pub item: String,
    /// What is to be done.
    pub task: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// Why the community cannot do it, and what it has tried.
    pub reason: String,
    /// Departments asked for, beside the lead.
    pub departments: Vec<OrganisationId>,
    /// Which of them leads.
    pub lead: OrganisationId,
    /// By when it should be done.
    pub finish_by: Moment,
}

impl Start for Ask {
    type Of = Order;
    type Facts = Origin;

    fn right(&self) -> &'static Right {
        &ORDER
    }

    fn names(&self) -> Vec<Named> {
        let called = Named::bodies("departments", self.departments.iter().copied());
        called.into_iter().chain(Named::bodies("lead", [self.lead])).collect()
    }

    fn resource(&self, facts: &Origin, ctx: &Context) -> Resource {
        facts.at(ctx.path)
    }

    fn start(self, facts: &Origin, ctx: &Context) -> Result<Decided<Order>, Refusal> {
        if facts.declined.is_some() {
            return Err(super::Refusal::AskedBefore.into());
        }
        let (whistle, departments, lead) = (self.whistle, self.departments, self.lead);
        let ordered = Ordered {
            source: Source::Matter(self.matter),
            desks: facts.in_hand()?,
            about: facts.about.bodies.first().copied(),
            decides: decides(&self.item, &self.task, ctx)?,
            leave: None,
            task: Task { task: self.task.into(), acceptance: self.acceptance.into(), money: None },
            to: To::Asked { whistle, reason: self.reason, departments, lead },
            finish_by: self.finish_by,
            after: None,
            limited: None,
        };
        Ok(Decided::all(ordered.events(ctx)?))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::dispatch::Event;
    use crate::dispatch::laws::world::*;
    use crate::testing::body;
    use yishi_kernel::refusal::Common;

    #[test]
    fn an_emergency_is_decided_in_thirty_minutes_and_each_body_is_asked_for_once() {
        let world = World::new();
        let departments = vec![body(LAMPS), body(SQUAD), body(SQUAD)];
        let ask = Ask { whistle: WhistleKind::Emergency, departments, ..ask(world.now.plus_seconds(DAY)) };
        let decided = ask.clone().start(&origin(), &world.ctx(WORKER)).unwrap();
        let Event::Asked { due, departments, .. } = &decided.events[0] else { panic!() };
        assert_eq!(*due, world.now.plus_seconds(1_800));
        assert_eq!(*departments, vec![body(LAMPS), body(SQUAD)], "each once, the lead first");
        let silent = Ask { reason: String::new(), ..ask }.start(&origin(), &world.ctx(WORKER));
        let silent = silent.unwrap_err();
        assert!(matches!(silent.of(), Some(Common::Text { field: "reason", .. })), "{silent:?}");
    }
}
