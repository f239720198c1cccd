//! Work is accepted, by somebody who neither did it nor belongs to whoever did.

use super::{ACCEPT, Event, Order};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::refusal::optional;
use yishi_kernel::{Refusal, Right};

/// It is accepted (验收).
#[derive(Clone, Debug, PartialEq)]
pub struct Accept {
    /// A word with it; may be empty.
    pub note: String,
}

impl Command for Accept {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ACCEPT
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        Ok(Decided::one(Event::Accepted { note: optional(ctx.note("note", &self.note))? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderKind, OrderStage, OrderStep, Progress, Send};
    use crate::testing::{account, body, place};
    use yishi_kernel::{Denied, Holder, HolderKey, Role, Stream};

    #[test]
    fn work_that_is_done_is_accepted_in_three_days() {
        let mut world = World::sent(OrderKind::Work, lamps());
        world.report_in(LAMP_OFFICER).unwrap();
        world.done(LAMP_OFFICER).unwrap();
        let desk = HolderKey::desk(place(2));
        assert_eq!(
            world.next(),
            (OrderStep::Accept, desk, world.now.end_of_day_after(5)),
            "the third is a Saturday"
        );
        world.accept(WORKER).unwrap();
        assert_eq!(world.order().waits(), []);
    }

    #[test]
    fn own_people_who_signed_for_it_go_on_when_it_is_ruled_theirs() {
        let mut world = World::sent(OrderKind::Work, own_people());
        world.report_in(WORKER).unwrap();
        world.dispute(WORKER).unwrap();
        world.rule(STREET, own_people()).unwrap();
        assert_eq!(world.order().stage, OrderStage::InWork);
        world.done(WORKER).unwrap();
        // Nobody accepts what they did themselves.
        assert_eq!(world.accept(WORKER).unwrap_err(), Denied::Handler);
        world.accept(COLLEAGUE).unwrap();
    }

    #[test]
    fn nobody_accepts_what_their_employer_did() {
        let mut world = World::sent(OrderKind::Work, Holder::Organisation(body(COMMITTEE)));
        world.report_in(WORKER).unwrap();
        world.done(WORKER).unwrap();
        assert_eq!(world.accept(COLLEAGUE).unwrap_err(), Denied::Concerned);
        world.accept(STREET).unwrap();

        // Who only enters what a body did has not done it.
        let mut world = World::sent(OrderKind::Work, lamps());
        world.report_in(WORKER).unwrap();
        world.done(WORKER).unwrap();
        world.accept(WORKER).unwrap();
    }

    #[test]
    fn whoever_helped_may_still_accept_and_whoever_was_to_do_it_may_not() {
        let mut world = World::sent(OrderKind::Work, own_people());
        world.report_in(WORKER).unwrap();
        for who in [WORKER, COLLEAGUE, SECRETARY, STREET] {
            world.act(who, Progress { note: text(), photos: Vec::new() }).unwrap();
        }
        world.done(COLLEAGUE).unwrap();
        assert_eq!(world.accept(COLLEAGUE).unwrap_err(), Denied::Handler);
        world.accept(WORKER).unwrap();

        let mut handed = World::new();
        let holder = Holder::Person(Role::CommunityWorker, place(2));
        let worker = account(WORKER as u128);
        let send = send(OrderKind::Work, holder, handed.now.plus_seconds(DAY));
        handed.begin(SECRETARY, Send { person: Some(worker), ..send }).unwrap();
        assert_eq!(handed.next().1, HolderKey::person(worker));
        handed.report_in(WORKER).unwrap();
        handed.done(COLLEAGUE).unwrap();
        assert_eq!(handed.accept(WORKER).unwrap_err(), Denied::Handler);
        handed.accept(SECRETARY).unwrap();
    }
}
