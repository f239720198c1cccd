//! Work is not accepted: it is to be done again.

use super::{ACCEPT, Event, Order};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Moment, Refusal, Right};

/// It is sent back (返工).
#[derive(Clone, Debug, PartialEq)]
pub struct Return {
    /// Why.
    pub reason: String,
    /// By when it must be done.
    pub finish_by: Moment,
}

impl Command for Return {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &ACCEPT
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let reason = ctx.note("reason", &self.reason)?;
        let finish_by = ctx.future("finish", self.finish_by)?;
        Ok(Decided::one(Event::Returned { reason, finish_by }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::OrderKind;
    use crate::dispatch::laws::world::*;
    use yishi_kernel::refusal::Common;

    #[test]
    fn what_is_sent_back_is_done_again_by_a_day_to_come() {
        let mut world = World::sent(OrderKind::Work, lamps());
        world.report_in(LAMP_OFFICER).unwrap();
        world.done(LAMP_OFFICER).unwrap();
        let back = |finish_by| Return { reason: text(), finish_by };
        let past = world.act(WORKER, back(world.now));
        assert_eq!(past.unwrap_err(), Common::Past { field: "finish" });
        let finish_by = Moment(world.now.0 + 1);
        world.act(WORKER, back(finish_by)).unwrap();
        assert_eq!(world.next().2, finish_by);
        world.done(LAMP_OFFICER).unwrap();
        world.accept(WORKER).unwrap();
    }
}
