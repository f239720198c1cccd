//! Ending a vote and counting it (计票). Once it has ended nobody can sign in or vote until it
//! is counted, so what is counted is what there was. Where somebody is struck afterwards, it is
//! counted anew.

use super::events::Event;
use super::hands::possible;
use super::refusals::Refusal;
use super::rights::HOLD;
use super::sitting::{Motion, Vote};
use super::state::Meeting;
use super::words::{MeetingStage, Passed, VoteMode};
use yishi_kernel::command::Effect;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Right};
use yishi_tally::everyday::{self, Counts, Votes};

/// The vote on a motion ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndVote {
    /// Which.
    pub motion: u32,
}

/// The ended vote is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// On which motion.
    pub motion: u32,
}

/// Who was here and how they voted by phone when the vote ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Polled {
    /// Present with a vote.
    pub present: u64,
    /// Votes by phone: for, against, abstaining.
    pub phones: [u64; 3],
}

impl Command for EndVote {
    type On = Meeting;
    type Facts = ();

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn decide(
        self,
        meeting: &Meeting,
        (): &(),
        _ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Open)?;
        let open = meeting.sitting.must_find(self.motion, Vote::Open)?;
        if open.mode == VoteMode::Hands && open.agreed_hands().is_none() {
            return Err(Refusal::HandsDiffer.into());
        }
        Ok(Decided::one(Event::VoteEnded { motion: self.motion }))
    }
}

impl Command for Count {
    type On = Meeting;
    type Facts = Polled;

    fn right(&self) -> &'static Right {
        &HOLD
    }

    fn decide(
        self,
        meeting: &Meeting,
        polled: &Polled,
        _ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        Ok(Decided::one(came_to(meeting, self.motion, polled)?))
    }
}

/// What the ended vote on a motion comes to: the same whenever it is counted again.
///
/// # Errors
/// When there is no such vote, or nothing to count.
pub fn came_to(meeting: &Meeting, motion: u32, polled: &Polled) -> Result<Event, Refusal> {
    meeting.must_be(MeetingStage::Open)?;
    let ended = meeting.sitting.must_find(motion, Vote::Ended)?;
    let counts = possible(meeting, counts(ended, polled)?);
    let votes = Votes::new(counts).map_err(Refusal::Miscount)?;
    Ok(Event::Counted {
        motion,
        present: counts.present,
        in_favour: counts.in_favour,
        against: counts.against,
        abstain: counts.abstain,
        passed: said(ended, &votes),
    })
}

/// What votes say of a motion. Where nobody counted, nothing passed.
fn said(motion: &Motion, votes: &Votes) -> Passed {
    let passed = everyday::decide(&motion.rule, votes).is_ok_and(|verdict| verdict.passed);
    match (motion.decides.is_recommended(), passed) {
        (false, true) => Passed::Yes,
        (false, false) => Passed::No,
        (true, true) => Passed::Recommended,
        (true, false) => Passed::NotRecommended,
    }
}

/// What there is to count.
fn counts(ended: &Motion, polled: &Polled) -> Result<Counts, Refusal> {
    let [in_favour, against, abstain] = match ended.mode {
        VoteMode::Hands => ended.agreed_hands().ok_or(Refusal::HandsDiffer)?,
        VoteMode::Phones => polled.phones,
    };
    // Before rolls were closed, somebody may have been struck after the hands were counted:
    // whoever raised one was here.
    let voted = in_favour.saturating_add(against).saturating_add(abstain);
    Ok(Counts { entitled: None, present: polled.present.max(voted), in_favour, against, abstain })
}

/// What a counted vote comes to without those who were struck: the same whenever it is counted
/// again. Whose hands were raised nobody knows. Where more were than there are people left, one
/// of them was raised by somebody who had no vote, and nothing passes by it: it is taken from
/// those in favour first.
///
/// # Errors
/// When there is no such vote.
pub fn came_to_anew(meeting: &Meeting, motion: u32, polled: &Polled) -> Result<Event, Refusal> {
    let counted = meeting.sitting.motion(motion).filter(|one| matches!(one.vote, Vote::Counted(..)));
    let counted = counted.ok_or(Refusal::NoVote)?;
    let present = polled.present;
    let mut votes = match counted.mode {
        VoteMode::Hands => counted.agreed_hands().ok_or(Refusal::HandsDiffer)?,
        VoteMode::Phones => polled.phones,
    };
    let mut over = votes.iter().fold(0_u64, |sum, one| sum.saturating_add(*one)).saturating_sub(present);
    for one in &mut votes {
        let taken = over.min(*one);
        *one -= taken;
        over -= taken;
    }
    let [in_favour, against, abstain] = votes;
    let counts = possible(meeting, Counts { entitled: None, present, in_favour, against, abstain });
    let votes = Votes::new(counts).map_err(Refusal::Miscount)?;
    let passed = said(counted, &votes);
    Ok(Event::Recounted { motion, present, in_favour, against, abstain, passed })
}

/// Counting votes anew, since somebody on their rolls was struck.
#[derive(Clone, Debug)]
pub(super) struct Recount {
    /// Each motion, with who is left on its roll and how they voted.
    pub(super) motions: Vec<(u32, Polled)>,
}

impl Effect for Recount {
    type On = Meeting;

    fn apply(&self, meeting: Option<&Meeting>, _: &Context) -> Result<Vec<Event>, yishi_kernel::Refusal> {
        let meeting = meeting.ok_or(Common::Unknown)?;
        let anew = self.motions.iter().map(|(motion, polled)| came_to_anew(meeting, *motion, polled));
        Ok(anew.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::Call;
    use crate::meetings::laws::world::*;

    #[test]
    fn half_of_those_entitled_is_no_quorum_and_one_more_is() {
        for (present, passed) in [(3, Passed::No), (4, Passed::Yes)] {
            let mut world = World::with_topic();
            world.confirm_forum(STREET, "residents").unwrap();
            let starts = world.now.end_of_day_after(7);
            let call = Call { starts, entitled: Some(6), ..world.calling("residents", &[0]) };
            world.call(WORKER, call).unwrap();
            world.post().unwrap();
            world.begin(present);
            world.put(VoteMode::Hands);
            assert_eq!(world.counted([present as u64, 0, 0]), passed, "{present} of 6");
        }
    }

    #[test]
    fn who_abstains_is_present_and_a_tie_fails() {
        for (votes, passed) in [
            ([2, 2, 0], Passed::No),
            ([2, 0, 2], Passed::No),
            ([3, 1, 0], Passed::Yes),
            ([3, 0, 0], Passed::Yes),
            ([2, 1, 0], Passed::No),
            ([0, 0, 0], Passed::No),
        ] {
            let mut world = World::begun(4);
            world.put(VoteMode::Hands);
            assert_eq!(world.counted(votes), passed, "{votes:?} of 4");
        }
    }

    #[test]
    fn more_may_come_than_were_entitled_and_the_vote_can_still_be_counted() {
        let mut world = World::with_topic();
        let call = Call { entitled: Some(2), ..world.calling("market", &[0]) };
        world.call(WORKER, call).unwrap();
        world.post().unwrap();
        world.begin(3);
        world.put(VoteMode::Hands);
        assert_eq!(world.counted([3, 0, 0]), Passed::Yes);
    }
}
