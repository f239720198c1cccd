//! An order rests while what an upheld objection found is put right, and goes on.

use super::{Event, Order, OrderStage, Rules, SETTLE};
use yishi_kernel::command::{Command, Decided, Effect};
use yishi_kernel::context::Context;
use yishi_kernel::{Moment, Published, Refusal, Right};

/// An objection was upheld (暂停): the order rests; one that is at its end or rests already is
/// let be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Suspend {
    /// Why, for everyone to read.
    pub reason: Published,
}

impl Effect for Suspend {
    type On = Order;

    fn apply(&self, on: Option<&Order>, ctx: &Context) -> Result<Vec<Event>, Refusal> {
        let goes_on = |order: &&Order| order.ended.is_none() && order.stage != OrderStage::Suspended;
        let due = ctx.due(&ctx.section::<Rules>().settle).at;
        let suspended = |_| Event::Suspended { reason: self.reason.clone(), due };
        Ok(on.filter(goes_on).map(suspended).into_iter().collect())
    }
}

/// What was suspended goes on (恢复).
#[derive(Clone, Debug, PartialEq)]
pub struct Resume {
    /// Why.
    pub reason: String,
    /// By when it must be done.
    pub finish_by: Moment,
}

impl Command for Resume {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &SETTLE
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let reason = ctx.note("reason", &self.reason)?;
        let finish_by = ctx.future("finish", self.finish_by)?;
        Ok(Decided::one(Event::Resumed { reason, finish_by }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderKind, OrderStep, Withdraw};
    use crate::testing::place;
    use yishi_kernel::refusal::Common;
    use yishi_kernel::{HolderKey, Stream};

    #[test]
    fn what_is_suspended_rests_until_it_is_resumed_or_withdrawn() {
        let mut world = World::sent(OrderKind::Work, lamps());
        world.report_in(LAMP_OFFICER).unwrap();
        world.done(LAMP_OFFICER).unwrap();
        world.suspend();
        let desk = HolderKey::desk(place(2));
        assert_eq!(world.next(), (OrderStep::Settle, desk, world.now.end_of_day_after(5)));
        let before = world.order();
        world.suspend();
        assert_eq!(world.order(), before, "it rests already");
        assert_eq!(world.accept(WORKER).unwrap_err(), at(OrderStage::Suspended));
        assert_eq!(world.done(LAMP_OFFICER).unwrap_err(), at(OrderStage::Suspended));
        let resume = |finish_by| Resume { reason: text(), finish_by };
        let past = world.act(WORKER, resume(world.now));
        assert_eq!(past.unwrap_err(), Common::Past { field: "finish" });
        let finish_by = world.now.plus_seconds(DAY);
        assert!(needs_another_role(world.act(LAMP_OFFICER, resume(finish_by))));
        world.act(WORKER, resume(finish_by)).unwrap();
        assert_eq!((world.order().stage, world.next().2), (OrderStage::InWork, finish_by), "done anew");
        world.suspend();
        world.act(WORKER, Withdraw { reason: text() }).unwrap();
        assert_eq!(world.order().waits(), []);
        world.suspend();
        assert_eq!(world.order().stage, OrderStage::Withdrawn, "what has ended is not suspended");
    }
}
