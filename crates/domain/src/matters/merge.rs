//! Merging 归并: one matter goes on for several, and may let each go on by itself again. No
//! receipt is changed by it.

use super::effects::{Absorb, Release};
use super::events::Event;
use super::ids::MatterId;
use super::refusals::Refusal as Why;
use super::rights::MERGE;
use super::state::Matter;
use yishi_kernel::{Command, Context, Decided, PlaceId, Refusal, Right, Stream};

/// Merges a matter into another one of the same ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergeInto {
    /// Into which.
    pub into: MatterId,
}

/// Lets a merged matter go on by itself again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unmerge;

/// What merging and unmerging must know: the other matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The matter that is merged or unmerged.
    pub own: MatterId,
    /// The one it is to be merged into, or was.
    pub into: Matter,
    /// That one's exact place and all above it.
    pub path: Vec<PlaceId>,
}

impl Pair {
    /// Whoever merges or unmerges must have the right over both.
    fn may(&self, ctx: &Context) -> Result<(), Refusal> {
        ctx.may(&MERGE, &self.into.resource(&self.path, ctx.actor))?;
        Ok(())
    }
}

impl Command for MergeInto {
    type On = Matter;
    type Facts = Pair;

    fn right(&self) -> &'static Right {
        &MERGE
    }

    fn decide(self, matter: &Matter, pair: &Pair, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        not_merged(matter)?;
        if matter.topic.is_some() {
            return Err(Why::InTopic.into());
        }
        let (member, into) = (pair.own, self.into);
        let family = matter.family(member);
        if family.contains(&into) {
            return Err(Why::MergeSelf.into());
        }
        pair.may(ctx)?;
        // Else whom it is about would read, through the other one, who said it.
        let about = |matter: &Matter| (matter.about, matter.about_person.clone());
        if about(matter) != (None, None) && about(matter) != about(&pair.into) {
            return Err(Why::MergeAbout.into());
        }
        let absorb = Absorb { member, family, due: matter.due };
        Ok(Decided::one(Event::Merged { into }).and(into, absorb))
    }
}

impl Command for Unmerge {
    type On = Matter;
    type Facts = Pair;

    fn right(&self) -> &'static Right {
        &MERGE
    }

    fn decide(self, matter: &Matter, pair: &Pair, ctx: &Context) -> Result<Decided<Matter>, Refusal> {
        let into = matter.merged_into.ok_or(Why::NotMerged)?;
        // Once the whole was answered, each receipt has that answer; "not solved" reopens instead.
        pair.may(ctx)?;
        Ok(Decided::one(Event::Unmerged {}).and(into, Release { member: pair.own }))
    }
}

pub(super) fn not_merged(matter: &Matter) -> Result<(), Refusal> {
    match matter.merged_into {
        Some(into) => Err(Why::MergedInto(into).into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::matters::StageKind;
    use crate::matters::laws::world::{Move, World, matter_id};
    use yishi_kernel::{Denied, Moment};

    fn two() -> World {
        let mut world = World::new();
        for days in [0, 3] {
            world.step(0, Move::Wait { days }).unwrap();
            world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        }
        world
    }

    fn due(world: &World, n: usize) -> Moment {
        world.matter(matter_id(n)).unwrap().due
    }

    #[test]
    fn a_merge_keeps_the_earlier_promise_and_goes_one_way() {
        let mut world = two();
        let earlier = due(&world, 0);
        assert!(earlier < due(&world, 1));
        assert_eq!(world.step(1, Move::Merge { member: 0, into: 0 }).unwrap_err(), Why::MergeSelf);
        world.step(1, Move::Merge { member: 0, into: 1 }).unwrap();
        assert_eq!(due(&world, 1), earlier);
        assert_eq!(world.matter(matter_id(0)).unwrap().stage(), StageKind::Merged);
        // It is carried now, and what it is carried by cannot be carried by it.
        let again = world.step(1, Move::Merge { member: 0, into: 1 }).unwrap_err();
        assert_eq!(again, Why::MergedInto(matter_id(1)));
        assert!(world.step(1, Move::Merge { member: 1, into: 0 }).is_err());
        assert_eq!(world.step(1, Move::Unmerge { member: 1 }).unwrap_err(), Why::NotMerged);
        world.step(1, Move::Unmerge { member: 0 }).unwrap();
        assert_eq!(world.matter(matter_id(1)).unwrap().members.len(), 0);
    }

    #[test]
    fn once_the_whole_was_answered_it_stays_one() {
        let mut world = two();
        world.step(1, Move::Merge { member: 0, into: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 1, outcome: 1, to: 1 }).unwrap();
        world.step(1, Move::Answer { matter: 1 }).unwrap();
        let refused = world.step(1, Move::Unmerge { member: 0 }).unwrap_err();
        assert_eq!(refused.denied(), Some(&Denied::stage(StageKind::Answered)));
    }

    #[test]
    fn whom_one_of_both_concerns_does_not_merge_them() {
        let mut world = two();
        world.step(0, Move::Raise { about_committee: 0 }).unwrap();
        for (member, into) in [(0, 2), (2, 0)] {
            assert_eq!(world.step(1, Move::Merge { member, into }).unwrap_err(), Denied::Concerned);
        }
        // What is about somebody is not carried where they read it.
        assert_eq!(world.step(4, Move::Merge { member: 2, into: 0 }).unwrap_err(), Why::MergeAbout);
        world.step(4, Move::Merge { member: 0, into: 2 }).unwrap();
    }
}
