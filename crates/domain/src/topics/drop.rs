//! Giving a topic up with a reason (不再协商), told to everyone whose matter is in it. Its
//! matters go on by themselves.

use super::events::Event;
use super::gather::Gathering;
use super::rights::DROP;
use super::state::Topic;
use crate::matters::{self, Carrier, LetGo, StageKind};
use yishi_kernel::{Command, Context, Decided, Refusal, Right};

/// Give it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drop {
    /// Why.
    pub reason: String,
}

impl Command for Drop {
    type On = Topic;
    /// Its matters as they stand.
    type Facts = Gathering;

    fn right(&self) -> &'static Right {
        &DROP
    }

    fn decide(self, _topic: &Topic, own: &Gathering, ctx: &Context) -> Result<Decided<Topic>, Refusal> {
        let mut decided = Decided::one(Event::Dropped { reason: ctx.line("reason", &self.reason)? });
        // Answered ones, and those that went on elsewhere, stay as they are.
        let here =
            |one: &&Carrier| one.matter.topic == Some(own.id) && one.matter.stage() == StageKind::InHand;
        for one in own.matters.iter().filter(here) {
            ctx.may(&matters::GATHER, &one.resource(ctx.actor))?;
            decided = decided.and(one.root, LetGo { topic: own.id });
        }
        Ok(decided)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crate::meetings::laws::world::*;
    use crate::topics::{Refusal as Why, TopicStage};
    use yishi_kernel::{Denied, HolderKey, Stream};

    #[test]
    fn a_dropped_topic_lets_its_matters_go_on() {
        let mut world = World::with_topic();
        assert_eq!(world.open_topic(WORKER, &[]).unwrap_err(), Why::NoMatters);
        world.drop_topic(WORKER, 0).unwrap();
        let waits = world.matter(0).waits();
        assert_eq!(waits[0].holder, HolderKey::desk(crate::testing::place(2)));
        assert_eq!(waits[0].due, world.now.end_of_day_after(7));
        assert_eq!(world.drop_topic(WORKER, 0).unwrap_err(), Denied::stage(TopicStage::Dropped));
        // Another topic may take it up.
        world.open_topic(WORKER, &[0]).unwrap();
    }
}
