//! Joining 我也遇到: another one is owed the same answer. Joining a matter that was merged
//! joins the one that carries it.

use super::carrier::Carrier;
use super::ids::{MatterId, ReceiptId};
use super::opening::Opening;
use super::receipt::Receipt;
use super::rights::JOIN;
use super::words::{Channel, How};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Decided, Refusal, Resource, Right, Start};

/// Joins a matter: opens a receipt on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// Which matter, or one that it carries.
    pub matter: MatterId,
    /// How it came in.
    pub channel: Channel,
    /// What the receipt is opened with.
    pub opening: Opening,
}

/// What joining must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Joining {
    /// The matter joined, or the one that carries it: nobody joins between an answer and its
    /// recording.
    pub carrier: Carrier,
    /// The receipt that the same device or household has there already.
    pub held: Option<ReceiptId>,
}

impl Start for Join {
    type Of = Receipt;
    type Facts = Joining;

    fn right(&self) -> &'static Right {
        &JOIN
    }

    fn resource(&self, facts: &Joining, ctx: &Context) -> Resource {
        facts.carrier.resource(ctx.actor)
    }

    fn start(self, facts: &Joining, ctx: &Context) -> Result<Decided<Receipt>, Refusal> {
        if facts.held.is_some() {
            return Err(Common::Exists.into());
        }
        let account = ctx.actor.account;
        Ok(Decided::one(self.opening.on(facts.carrier.root, How::Joined, self.channel, account)?))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::laws::world::{Move, World, matter_id, opening, path, receipt_id};
    use crate::testing::context;
    use yishi_kernel::command::start;
    use yishi_kernel::{Actor, Denied};

    #[test]
    fn a_device_joins_once_and_nobody_joins_what_is_closed() {
        let mut world = World::new();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        let join = |world: &World, held| {
            let join = Join { matter: matter_id(0), channel: Channel::Web, opening: opening(1) };
            let facts = Joining { carrier: world.carrier(matter_id(0)), held };
            let (visitor, path) = (Actor::visitor(), path());
            start(join, &facts, &context(world.now, &visitor, &world.rules, &path)).map(|_| ())
        };
        assert_eq!(join(&world, None), Ok(()));
        assert_eq!(join(&world, Some(receipt_id(7))).unwrap_err(), Common::Exists);
        world.step(1, Move::Triage { matter: 0, outcome: 4, to: 1 }).unwrap();
        world.step(0, Move::Wait { days: 30 }).unwrap();
        world.step(1, Move::Close { matter: 0 }).unwrap();
        assert!(matches!(join(&world, None).unwrap_err().denied(), Some(Denied::Stage(_))));
    }
}
