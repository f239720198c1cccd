//! Work or a letter is sent about a matter in hand.

use super::ordered::decides;
use super::{ORDER, Order, OrderKind, Ordered, Origin, Source, Task, To};
use crate::matters::{MatterId, stays_above};
use yishi_kernel::command::{Decided, Start};
use yishi_kernel::context::Context;
use yishi_kernel::named::Named;
use yishi_kernel::{AccountId, Holder, Moment, Refusal, Resource, Right};

/// Sends work or a letter (派单、去函).
#[derive(Clone, Debug, PartialEq)]
pub struct Send {
    /// The matter it is about.
    pub matter: MatterId,
    /// Work or letter.
    pub kind: OrderKind,
    /// What kind of thing it is, by its word in the rules: that says whose decision it is.
    pub item: String,
    /// What is to be done.
    pub task: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// Who is to do it.
    pub holder: Holder,
    /// The person, when a person is to.
    pub person: Option<AccountId>,
    /// By when it must be done.
    pub finish_by: Moment,
}

impl Start for Send {
    type Of = Order;
    type Facts = Origin;

    fn right(&self) -> &'static Right {
        &ORDER
    }

    fn names(&self) -> Vec<Named> {
        Named::holder("holder", self.holder, self.person)
    }

    fn resource(&self, facts: &Origin, ctx: &Context) -> Resource {
        facts.at(ctx.path)
    }

    fn start(self, facts: &Origin, ctx: &Context) -> Result<Decided<Order>, Refusal> {
        // A body answers for itself; a person is not asked to judge their own.
        facts.to.must_not_keep_away(&facts.at(ctx.path))?;
        stays_above(self.holder, &facts.about, facts.desks.desk, ctx)?;
        let ordered = Ordered {
            source: Source::Matter(self.matter),
            desks: facts.in_hand()?,
            about: facts.about.bodies.first().copied(),
            decides: decides(&self.item, &self.task, ctx)?,
            leave: None,
            task: Task { task: self.task.into(), acceptance: self.acceptance.into(), money: None },
            to: To::Sent { kind: self.kind, holder: self.holder, person: self.person },
            finish_by: self.finish_by,
            after: None,
            limited: None,
        };
        Ok(Decided::all(ordered.events(ctx)?))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::Desks;
    use crate::dispatch::Refusal::OnlyStreet;
    use crate::dispatch::laws::world::*;
    use crate::matters::Refusal::HolderConcerned;
    use crate::matters::StageKind;
    use crate::testing::{body, place};
    use yishi_kernel::Denied;
    use yishi_kernel::access::About;
    use yishi_kernel::refusal::Common;

    #[test]
    fn an_order_is_not_sent_with_a_deadline_in_the_past_nor_a_whistle_as_work() {
        let mut world = World::new();
        let tomorrow = world.now.plus_seconds(DAY);
        let mut send = |who, kind, holder, finish_by| world.begin(who, send(kind, holder, finish_by));
        let past = send(WORKER, OrderKind::Work, own_people(), START);
        assert_eq!(past.unwrap_err(), Common::Past { field: "finish" });
        let letter = send(WORKER, OrderKind::Letter, own_people(), tomorrow);
        assert_eq!(letter.unwrap_err(), Common::NeedsOrganisation);
        let whistle = send(STREET, OrderKind::Whistle, lamps(), tomorrow);
        assert_eq!(whistle.unwrap_err(), OnlyStreet);
        let by_department = send(LAMP_OFFICER, OrderKind::Work, own_people(), tomorrow);
        assert!(needs_another_role(by_department));
        assert!(send(WORKER, OrderKind::Work, own_people(), tomorrow).is_ok());
    }

    /// Found by a year simulated: at the desk below nobody may do it.
    #[test]
    fn what_went_above_because_of_the_committee_is_not_sent_to_its_own_people() {
        let world = World::new();
        let about = About { bodies: [body(COMMITTEE)].into(), ..About::default() };
        let origin = Origin { about, desks: Desks { desk: place(1), ..origin().desks }, ..origin() };
        let send = |to| send(OrderKind::Work, Holder::Desk(place(to)), world.now.plus_seconds(DAY));
        let below = send(2).start(&origin, &world.ctx(STREET));
        assert_eq!(below.unwrap_err(), HolderConcerned);
        assert!(send(1).start(&origin, &world.ctx(STREET)).is_ok());
    }

    #[test]
    fn only_a_matter_in_hand_is_passed_on() {
        let world = World::new();
        for stage in StageKind::ALL {
            let origin = Origin { stage: *stage, ..origin() };
            let command = send(OrderKind::Work, own_people(), world.now.plus_seconds(DAY));
            match command.start(&origin, &world.ctx(WORKER)) {
                Ok(_) => assert_eq!(*stage, StageKind::InHand),
                Err(refusal) => assert_eq!(refusal, Denied::stage(*stage)),
            }
        }
    }
}
