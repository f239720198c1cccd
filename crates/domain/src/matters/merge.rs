//! Merging 归并: one matter goes on for several, with the work that was done on each, and may let
//! each go on by itself again. No receipt is changed by it.

use super::effects::{Absorb, Release};
use super::events::Event;
use super::ids::MatterId;
use super::refusals::Refusal as Why;
use super::rights::MERGE;
use super::rules::Rules;
use super::standing::Standing;
use super::state::Matter;
use super::to_hold::ToHold;
use super::words::StageKind;
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
    /// Who holds the one that is merged, as far as that is a person.
    pub held: ToHold,
}

impl Pair {
    /// Whoever merges or unmerges must have the right over both.
    fn may(&self, ctx: &Context) -> Result<(), Refusal> {
        ctx.may(&MERGE, &self.into.resource(&self.path, ctx.actor))?;
        Ok(())
    }

    /// That the work on the one that is merged can go on in the other: where that one is another
    /// desk's, or about whoever is at work, the work stays where it is until it is done.
    fn must_carry(&self, own: &Matter, ctx: &Context) -> Result<(), Refusal> {
        if own.stage() == StageKind::Raised {
            return Ok(());
        }
        if own.desk != self.into.desk {
            return Err(Why::MergeDesk.into());
        }
        let at = Context { path: &self.path, ..*ctx };
        Ok(self.held.must_fit(&self.into, own.holder, &at)?)
    }

    /// What was done to the whole since the merge was done to this one too: it goes on from
    /// there, and nobody is told less than before. Nothing where nothing was done.
    fn since(&self, own: &Matter, ctx: &Context) -> Option<Event> {
        let Standing { outcome, category, holder, person, due, .. } = self.into.standing();
        if self.into.members.get(&self.own)?.brought.is_some() {
            return None;
        }
        // It stays what it was sorted as, where it was.
        let outcome = own.outcome.or(outcome)?;
        let category = own.category.clone().filter(|_| own.outcome.is_some()).or(category)?;
        // The time that a topic takes is not its own any more.
        let due = match self.into.topic {
            Some(_) => due.min(ctx.due(ctx.section::<Rules>().answer(outcome)).at),
            None => due,
        };
        Some(Event::Triaged { outcome, category, holder, person, due, rules: ctx.rules.digest().to_owned() })
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
        pair.must_carry(matter, ctx)?;
        let absorb = Absorb { member, family, standing: matter.standing() };
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
        let events = std::iter::once(Event::Unmerged {}).chain(pair.since(matter, ctx)).collect();
        Ok(Decided::all(events).and(into, Release { member: pair.own }))
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
    use crate::matters::laws::world::{Move, World, matter_id};
    use crate::matters::{Outcome, StageKind};
    use crate::testing::account;
    use yishi_kernel::{Denied, HolderKey, Moment};

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

    fn stands(world: &World, n: usize) -> (StageKind, Option<Outcome>, Option<HolderKey>) {
        let matter = world.matter(matter_id(n)).unwrap();
        (matter.stage(), matter.outcome, matter.waits().first().map(|wait| wait.holder.clone()))
    }

    #[test]
    fn the_work_goes_with_the_people_and_comes_back_with_them() {
        let mut world = two();
        world.step(1, Move::Triage { matter: 0, outcome: 0, to: 2 }).unwrap();
        let before = [0, 1].map(|n| world.matter(matter_id(n)).unwrap());
        let promised = before[0].due.min(before[1].due);
        world.step(1, Move::Merge { member: 0, into: 1 }).unwrap();
        let held = HolderKey::person(account(2));
        assert_eq!(stands(&world, 1), (StageKind::InHand, Some(Outcome::Government), Some(held)));
        assert_eq!(due(&world, 1), promised);
        // What is told of the work in between belongs to it, and changes nothing of the rest.
        world.step(1, Move::Progress { matter: 1 }).unwrap();
        world.step(1, Move::Unmerge { member: 0 }).unwrap();
        let after = [0, 1].map(|n| world.matter(matter_id(n)).unwrap());
        assert_eq!(after[0], before[0]);
        assert_eq!(stands(&world, 1).0, StageKind::Raised);
        assert_eq!((after[1].due, after[1].holder), (before[1].due, before[1].holder));
    }

    #[test]
    fn of_several_that_were_merged_each_may_go_and_the_others_keep_the_whole_where_it_is() {
        let mut world = two();
        world.step(0, Move::Raise { about_committee: 1 }).unwrap();
        for (n, to) in [(0, 1), (2, 2)] {
            world.step(1, Move::Triage { matter: n, outcome: 1, to }).unwrap();
            world.step(1, Move::Merge { member: n, into: 1 }).unwrap();
        }
        let holder = |world: &World| stands(world, 1).2;
        assert_eq!(holder(&world), Some(HolderKey::person(account(1))), "the first that was merged");
        world.step(1, Move::Unmerge { member: 0 }).unwrap();
        assert_eq!(holder(&world), Some(HolderKey::person(account(2))));
        world.step(1, Move::Unmerge { member: 2 }).unwrap();
        assert_eq!(stands(&world, 1).0, StageKind::Raised);
    }

    #[test]
    fn what_was_done_to_the_whole_goes_along_with_whoever_leaves_it() {
        let mut world = two();
        world.step(1, Move::Merge { member: 0, into: 1 }).unwrap();
        world.step(1, Move::Triage { matter: 1, outcome: 1, to: 2 }).unwrap();
        let whole = (stands(&world, 1), due(&world, 1));
        world.step(1, Move::Unmerge { member: 0 }).unwrap();
        assert_eq!((stands(&world, 0), due(&world, 0)), whole, "its people were told so");
        assert_eq!((stands(&world, 1), due(&world, 1)), whole);
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
