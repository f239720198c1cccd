//! Striking a sign-in that should not count (划除), such as a second one of the same person. Not
//! while a vote is open, so that nobody chooses who is counted; record it under a guard of
//! the meeting's version. What was counted with it is counted anew, and the result follows, as
//! long as the minutes are not confirmed.

use super::adjourn::returning;
use super::call::distinct;
use super::count::{Polled, Recount};
use super::events::SeatEvent;
use super::outcome::Resolved;
use super::rights::REGISTER;
use super::seat::Seat;
use super::sitting::{Motion, Vote};
use super::state::Meeting;
use crate::topics::{Return, ReturnedFor, TopicId};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Refusal, Resource, Right, Stamped, Stream};

/// The sign-in does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// Why.
    pub reason: String,
}

/// What striking must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Striking {
    /// The meeting that it is at.
    pub meeting: Meeting,
    /// Votes that were counted with it on the roll: who is left, and how they voted.
    pub left: Vec<(u32, Polled)>,
}

impl Seat {
    /// The votes that were counted with it: of motions on whose roll it is.
    pub fn counted_in<'a>(&'a self, meeting: &'a Meeting) -> impl Iterator<Item = &'a Motion> {
        let counted = |motion: &&Motion| matches!(motion.vote, Vote::Counted(..));
        let on = |motion: &&Motion| motion.roll.is_some_and(|roll| self.is_on(roll.number));
        meeting.sitting.motions.iter().filter(counted).filter(on)
    }
}

impl Command for Strike {
    type On = Seat;
    type Facts = Striking;

    fn right(&self) -> &'static Right {
        &REGISTER
    }

    fn resource(&self, _seat: &Seat, facts: &Striking, ctx: &Context) -> Resource {
        facts.meeting.resource(ctx.path, ctx.actor)
    }

    fn decide(self, seat: &Seat, facts: &Striking, ctx: &Context) -> Result<Decided<Seat>, Refusal> {
        if seat.struck.is_some() {
            return Err(Common::Unknown.into());
        }
        let Striking { meeting, left } = facts;
        meeting.sitting.must_rest()?;
        let decided = Decided::one(SeatEvent::Struck { reason: ctx.line("reason", &self.reason)? });
        if left.is_empty() {
            return Ok(decided);
        }
        let recount = Recount { motions: left.clone() };
        let gone = no_longer_decided(meeting, &recount, ctx)?;
        let back = Return { meeting: seat.meeting, why: ReturnedFor::Recounted, reason: None };
        Ok(returning(decided.and(seat.meeting, recount), &gone, &back))
    }
}

/// Topics on which something had passed, and nothing does once the votes are counted anew.
fn no_longer_decided(meeting: &Meeting, recount: &Recount, ctx: &Context) -> Result<Vec<TopicId>, Refusal> {
    if meeting.outcome.resolved != Resolved::Yes {
        return Ok(Vec::new());
    }
    let mut anew = meeting.clone();
    for what in yishi_kernel::command::Effect::apply(recount, Some(meeting), ctx)? {
        anew.evolve(&Stamped { time: ctx.now, by: None, what });
    }
    let decided = |meeting: &Meeting| distinct(meeting.sitting.carried().map(|motion| motion.topic));
    let still = decided(&anew);
    Ok(decided(meeting).into_iter().filter(|topic| !still.contains(topic)).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{
        Choice, Fate, MeetingStage, Passed, Refusal as Why, Resolve, SeatKind, SignedIn, VoteMode, Voter,
    };
    use crate::topics::TopicStage;
    use proptest::prelude::*;

    /// A vote by phone of these people, counted: a choice each, or silence.
    fn polled(people: &[usize]) -> World {
        let mut world = World::begun(people.len());
        world.put(VoteMode::Phones);
        for (seat, choice) in people.iter().enumerate() {
            if let Some(choice) = Choice::ALL.get(*choice) {
                world.cast(VISITOR, seat, 1, *choice, Voter::Own).unwrap();
            }
        }
        world.count();
        world
    }

    fn result(world: &World) -> Vote {
        world.meeting(0).sitting.motions[0].vote
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn striking_then_counting_anew_equals_counting_without(
            people in prop::collection::vec((0..4_usize, any::<bool>()), 2..9),
        ) {
            let all: Vec<usize> = people.iter().map(|(choice, _)| *choice).collect();
            let left: Vec<usize> = people.iter().filter(|(_, gone)| !gone).map(|(choice, _)| *choice).collect();
            prop_assume!(!left.is_empty());
            let mut world = polled(&all);
            for (seat, _) in people.iter().enumerate().filter(|(_, (_, gone))| *gone) {
                world.strike(WORKER, seat).unwrap();
            }
            prop_assert_eq!(result(&world), result(&polled(&left)));
        }

        #[test]
        fn hands_are_counted_anew_by_those_who_are_left(
            people in 2..9_usize, gone in 1..3_usize, yes in 0..9_u64, no in 0..9_u64,
        ) {
            let gone = gone.min(people - 1);
            let left = (people - gone) as u64;
            prop_assume!(yes + no <= left);
            let hands = |people: usize| {
                let mut world = World::begun(people);
                world.put(VoteMode::Hands);
                world.counted([yes, no, 0]);
                world
            };
            let mut world = hands(people);
            (0..gone).for_each(|seat| world.strike(WORKER, seat).unwrap());
            prop_assert_eq!(result(&world), result(&hands(people - gone)));
        }
    }

    #[test]
    fn nothing_passes_by_a_hand_of_somebody_who_was_struck() {
        let mut world = World::begun(4);
        world.put(VoteMode::Hands);
        assert_eq!(world.counted([3, 1, 0]), Passed::Yes);
        world.strike(WORKER, 0).unwrap();
        let Vote::Counted(counts, passed) = result(&world) else { panic!("not counted") };
        assert_eq!((counts.present, counts.in_favour, counts.against, passed), (3, 2, 1, Passed::Yes));
        world.strike(WORKER, 1).unwrap();
        let Vote::Counted(counts, passed) = result(&world) else { panic!("not counted") };
        assert_eq!((counts.present, counts.in_favour, counts.against, passed), (2, 1, 1, Passed::No));
    }

    #[test]
    fn what_no_longer_passes_falls_away_with_its_actions_and_its_topic_returns() {
        let mut world = polled(&[0, 0, 1]);
        let resolve = Resolve { actions: vec![world.action(1, 0)], standard: "停划线区".to_owned() };
        world.meet(WORKER, 0, resolve).unwrap();
        assert_eq!(world.topic(0).stage, TopicStage::Decided);
        world.confirm(SECRETARY, "ab").unwrap();
        world.strike(WORKER, 0).unwrap();
        let Meeting { outcome, stage, .. } = world.meeting(0);
        assert_eq!(
            (outcome.actions[0].fate, outcome.standard, stage),
            (Fate::Fallen, None, MeetingStage::Held)
        );
        assert_eq!(world.topic(0).stage, TopicStage::Open);
        // Once both have confirmed, nobody is struck any more.
        world.confirm(SECRETARY, "cd").unwrap();
        world.confirm(WORKER, "cd").unwrap();
        assert!(matches!(
            world.strike(WORKER, 1).unwrap_err().denied(),
            Some(yishi_kernel::Denied::Stage(_))
        ));
        world.meet(WORKER, 0, crate::meetings::Publish { at: "公告栏".to_owned() }).unwrap();
        world.now = world.meeting(0).outcome.until.unwrap();
        world.meet(WORKER, 0, crate::meetings::Conclude).unwrap();
    }

    #[test]
    fn nobody_is_struck_while_a_vote_is_open_and_who_is_on_no_roll_changes_no_count() {
        let mut world = World::begun(2);
        world.sign_in(WORKER, 0, SeatKind::Resident, SignedIn::Register, 9).unwrap();
        world.put(VoteMode::Hands);
        assert_eq!(world.strike(WORKER, 0).unwrap_err(), Why::VoteOpen);
        world.counted([2, 0, 0]);
        let before = result(&world);
        world.strike(WORKER, 2).unwrap();
        assert_eq!(result(&world), before);
        assert_eq!(world.meeting(0).sitting.motions[0].recounted, None);
    }
}
