//! A letter is followed up until it is answered.

use super::{Event, FOLLOW_UP, Order, OrderKind, Refusal, Rules};
use yishi_kernel::Right;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;

/// A letter was followed up (催办).
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// What came of it.
    pub note: String,
}

impl Command for FollowUp {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &FOLLOW_UP
    }

    fn decide(self, on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, crate::Refusal> {
        if on.kind != OrderKind::Letter {
            return Err(Refusal::NotALetter.into());
        }
        let due = ctx.due(&ctx.section::<Rules>().follow_up).at;
        Ok(Decided::one(Event::FollowedUp { note: ctx.note("note", &self.note)?, due }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::OrderStep;
    use crate::dispatch::laws::world::*;
    use crate::testing::place;
    use yishi_kernel::HolderKey;

    fn follow_up(note: &str) -> FollowUp {
        FollowUp { note: note.to_owned() }
    }

    #[test]
    fn a_letter_is_followed_up_every_fifteen_days_until_it_is_answered() {
        let mut world = World::sent(OrderKind::Letter, lamps());
        let desk = HolderKey::desk(place(2));
        assert_eq!(world.next(), (OrderStep::Finish, desk.clone(), world.now.end_of_day_after(15)));
        world.now = world.next().2;
        world.act(WORKER, follow_up("在排期")).unwrap();
        assert_eq!(
            world.next(),
            (OrderStep::Finish, desk, world.now.end_of_day_after(17)),
            "not on a Saturday"
        );
        world.dispute(WORKER).unwrap();
        world.now = world.now.plus_seconds(3 * DAY);
        world.rule(STREET, lamps()).unwrap();
        assert!(world.next().2 > world.now, "a deadline of its own after the ruling");
        world.act(COLLEAGUE, follow_up("已答复")).unwrap();
        world.done(COLLEAGUE).unwrap();
        world.accept(WORKER).unwrap();

        let mut work = World::sent(OrderKind::Work, lamps());
        assert_eq!(work.act(WORKER, follow_up("说明")).unwrap_err(), Refusal::NotALetter);
    }
}
