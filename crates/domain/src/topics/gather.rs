//! Gathering further matters into a topic. Each is taken up in the same append.

use super::events::Event;
use super::ids::TopicId;
use super::refusals::Refusal;
use super::rights::GATHER;
use super::rules::Rules;
use super::state::Topic;
use crate::matters::{self, Carrier, CategoryCode, MatterId, StageKind, TakeUp};
use std::collections::BTreeSet;
use yishi_kernel::{Actor, Command, Context, Decided, Denied, PlaceId, Right};

/// Put further matters in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gather {
    /// Which.
    pub matters: Vec<MatterId>,
}

/// A topic's own id, and matters as they stand: those to be gathered, or those that are in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Gathering {
    /// The topic itself.
    pub id: TopicId,
    /// The matters, each once.
    pub matters: Vec<Carrier>,
    /// Who chairs and records the meeting that the topic is scheduled for, as far as they have
    /// accounts.
    pub table: Vec<Actor>,
}

/// That the actor may put a matter into a topic. Taking up what is not sorted sorts it, so
/// whoever may not sort it may not take it up either.
fn must_be_free(matter: &Carrier, ctx: &Context) -> Result<(), Denied> {
    let resource = matter.resource(ctx.actor);
    ctx.may(&matters::GATHER, &resource)?;
    if matter.matter.stage() == StageKind::Raised {
        ctx.may(&matters::TRIAGE, &resource)?;
    }
    Ok(())
}

/// What follows in each of these matters when a topic of a desk gathers them. What went to the
/// desk above stays there (回避): in a topic of the desk below, those would see to it whom it
/// is about.
pub(super) fn take_up(
    mut decided: Decided<Topic>,
    gathering: &Gathering,
    desk: PlaceId,
    category: &CategoryCode,
    ctx: &Context,
) -> Result<Decided<Topic>, yishi_kernel::Refusal> {
    let due = ctx.due(&ctx.section::<Rules>().consult).at;
    for one in &gathering.matters {
        must_be_free(one, ctx)?;
        if one.matter.desk != desk {
            return Err(Refusal::OtherDesk.into());
        }
        if gathering.table.iter().any(|who| one.resource(who).keeps_away(who)) {
            return Err(Refusal::TableConcerned.into());
        }
        decided = decided.and(one.root, TakeUp { topic: gathering.id, category: category.clone(), due });
    }
    Ok(decided)
}

impl Command for Gather {
    type On = Topic;
    type Facts = Gathering;

    fn right(&self) -> &'static Right {
        &GATHER
    }

    fn decide(
        self,
        topic: &Topic,
        gathering: &Gathering,
        ctx: &Context,
    ) -> Result<Decided<Topic>, yishi_kernel::Refusal> {
        let asked: BTreeSet<MatterId> = self.matters.into_iter().collect();
        let matters: Vec<MatterId> = asked.difference(&topic.matters).copied().collect();
        if matters.is_empty() {
            return Err(Refusal::NoMatters.into());
        }
        take_up(Decided::one(Event::Gathered { matters }), gathering, topic.desk, &topic.category, ctx)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::Refusal::InTopic;
    use crate::meetings::laws::world::*;
    use crate::testing::place;
    use crate::topics::{Refusal, TopicStage};

    #[test]
    fn taking_up_a_matter_that_is_not_sorted_sorts_it_so_the_concerned_may_not() {
        let mut world = World::new();
        world.raise(VISITOR, Some(organisation(COMMITTEE))).unwrap();
        assert_eq!(world.open_topic(WORKER, &[0]).unwrap_err(), Denied::Concerned);
        assert_eq!(world.matter(0).stage(), StageKind::Raised);
        // Nor does it come to them in a topic of theirs.
        world.raise(VISITOR, None).unwrap();
        assert_eq!(world.open_topic(STREET, &[1, 0]).unwrap_err(), Refusal::OtherDesk);
        world.open_topic(WORKER, &[1]).unwrap();
        assert_eq!(world.gather(STREET, 0, 0).unwrap_err(), Refusal::OtherDesk);
        world.open_topic(STREET, &[0]).unwrap();
        assert_eq!(world.topic(1).desk, place(1));
        assert_eq!(world.drop_topic(WORKER, 1).unwrap_err(), Denied::Concerned);
        assert_eq!(world.call(WORKER, world.calling("market", &[1])).unwrap_err(), Denied::Concerned);
        assert_eq!(world.call(STREET, world.calling("market", &[1, 0])).unwrap_err(), Refusal::OtherDesk);
        assert_eq!(world.matter(0).stage(), StageKind::InHand);
        assert_eq!(world.matter_due(0), Some(world.now.end_of_day_after(30)));
        // It answers from the topic, and is merged nowhere meanwhile.
        assert_eq!(world.open_topic(STREET, &[0]).unwrap_err(), InTopic);
    }

    #[test]
    fn a_topic_gathers_each_matter_once() {
        let mut world = World::with_topic();
        assert_eq!(world.gather(WORKER, 0, 0).unwrap_err(), Refusal::NoMatters);
        world.raise(VISITOR, None).unwrap();
        world.gather(WORKER, 0, 1).unwrap();
        assert_eq!(world.topic(0).matters.len(), 2);
        assert_eq!(world.matter(1).topic, Some(topic_id(0)));
        assert_eq!(world.topic(0).stage, TopicStage::Open);
    }
}
