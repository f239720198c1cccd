//! The street does not whistle, and says why.

use super::{BLOW, Event, Order};
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Refusal, Right};

/// The street does not whistle (不予吹哨).
#[derive(Clone, Debug, PartialEq)]
pub struct Decline {
    /// Why.
    pub reason: String,
}

impl Command for Decline {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &BLOW
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        Ok(Decided::one(Event::Declined { reason: ctx.note("reason", &self.reason)? }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dispatch::laws::world::*;
    use crate::dispatch::{OrderStage, WhistleKind};
    use yishi_kernel::Stream;
    use yishi_kernel::refusal::Common;

    #[test]
    fn a_declined_whistle_ends_with_its_reason() {
        let mut world = World::asked();
        let silent = world.act(STREET, Decline { reason: String::new() }).unwrap_err();
        assert!(matches!(silent.of(), Some(Common::Text { field: "reason", .. })), "{silent:?}");
        world.act(STREET, Decline { reason: "社区可自行解决".to_owned() }).unwrap();
        assert_eq!((world.order().stage, world.order().waits()), (OrderStage::Declined, Vec::new()));
        assert_eq!(world.blow(STREET, WhistleKind::Hard).unwrap_err(), at(OrderStage::Declined));
        world.finish();
    }
}
