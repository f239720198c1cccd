//! The street does not whistle, and says why and which ways are left.

use super::{BLOW, Event, Order, OtherWay};
use std::collections::BTreeSet;
use yishi_kernel::command::{Command, Decided};
use yishi_kernel::context::Context;
use yishi_kernel::{Refusal, Right};

/// The street does not whistle (不予吹哨).
#[derive(Clone, Debug, PartialEq)]
pub struct Decline {
    /// Why.
    pub reason: String,
    /// Which ways are left, one at least.
    pub ways: Vec<OtherWay>,
}

impl Command for Decline {
    type On = Order;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &BLOW
    }

    fn decide(self, _on: &Order, (): &(), ctx: &Context) -> Result<Decided<Order>, Refusal> {
        let reason = ctx.note("reason", &self.reason)?;
        let ways: BTreeSet<OtherWay> = self.ways.into_iter().collect();
        if ways.is_empty() {
            return Err(super::Refusal::NoWay.into());
        }
        let left = Event::WaysLeft { ways: ways.into_iter().collect() };
        Ok(Decided::all(vec![left, Event::Declined { reason }]))
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

    fn decline(reason: &str) -> Decline {
        Decline { reason: reason.to_owned(), ways: vec![OtherWay::Own] }
    }

    #[test]
    fn a_declined_whistle_ends_with_its_reason() {
        let mut world = World::asked();
        let silent = world.act(STREET, decline("")).unwrap_err();
        assert!(matches!(silent.of(), Some(Common::Text { field: "reason", .. })), "{silent:?}");
        let nothing_left = Decline { ways: Vec::new(), ..decline("不属吹哨事项") };
        assert_eq!(world.act(STREET, nothing_left).unwrap_err(), super::super::Refusal::NoWay);
        world.act(STREET, decline("社区可自行解决")).unwrap();
        assert_eq!((world.order().stage, world.order().waits()), (OrderStage::Declined, Vec::new()));
        assert_eq!(world.blow(STREET, WhistleKind::Hard).unwrap_err(), at(OrderStage::Declined));
        world.finish();
    }
}
