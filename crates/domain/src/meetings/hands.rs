//! Entering a show of hands (举手计数): two persons count, and enter the same.

use super::events::Event;
use super::refusals::Refusal;
use super::rights::REGISTER;
use super::state::Meeting;
use super::words::{MeetingStage, VoteMode};
use yishi_kernel::{Command, Context, Decided, Right};
use yishi_tally::everyday::{Counts, Votes};

/// One person enters a show of hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EnterHands {
    /// Of which motion.
    pub motion: u32,
    /// For, against, abstaining.
    pub hands: [u64; 3],
}

/// How many have a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    /// On the roll of the motion; where it is only to be put, on the roll that is closed for it.
    pub votes: u64,
}

impl Command for EnterHands {
    type On = Meeting;
    type Facts = Present;

    fn right(&self) -> &'static Right {
        &REGISTER
    }

    fn decide(
        self,
        meeting: &Meeting,
        present: &Present,
        _ctx: &Context,
    ) -> Result<Decided<Meeting>, yishi_kernel::Refusal> {
        meeting.must_be(MeetingStage::Open)?;
        let Self { motion, hands: [in_favour, against, abstain] } = self;
        if !meeting.sitting.voting().is_some_and(|open| open.number == motion && open.mode == VoteMode::Hands)
        {
            return Err(Refusal::NoVote.into());
        }
        let counts = Counts { entitled: None, present: present.votes, in_favour, against, abstain };
        Votes::new(possible(meeting, counts)).map_err(Refusal::Miscount)?;
        Ok(Decided::one(Event::HandsEntered { motion, in_favour, against, abstain }))
    }
}

/// Counts with the number of those entitled, as far as it is known: more may come than were
/// expected when the meeting was called.
pub(super) fn possible(meeting: &Meeting, counts: Counts) -> Counts {
    let entitled = meeting.agenda.entitled.map(|entitled| entitled.max(counts.present));
    Counts { entitled, ..counts }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::EndVote;
    use crate::meetings::laws::world::*;
    use yishi_kernel::Denied;
    use yishi_tally::everyday::Miscount;

    #[test]
    fn two_persons_enter_the_same_hands_and_never_more_than_are_here() {
        let mut world = World::begun(3);
        world.put(VoteMode::Hands);
        let more = Miscount::MoreVotesThanPresent { votes: 4, present: 3 };
        assert_eq!(world.hands(WORKER, [2, 1, 1]).unwrap_err(), Refusal::Miscount(more));
        let end = EndVote { motion: 1 };
        world.hands(WORKER, [3, 0, 0]).unwrap();
        world.hands(WORKER, [3, 0, 0]).unwrap();
        assert_eq!(world.meet(WORKER, 0, end).unwrap_err(), Refusal::HandsDiffer, "one person twice");
        world.hands(COLLEAGUE, [2, 1, 0]).unwrap();
        assert_eq!(world.meet(WORKER, 0, end).unwrap_err(), Refusal::HandsDiffer);
        assert_eq!(world.hands(VISITOR, [3, 0, 0]).unwrap_err(), Denied::SignIn);
        world.hands(SECRETARY, [3, 0, 0]).unwrap();
        world.meet(WORKER, 0, end).unwrap();
        assert_eq!(world.hands(WORKER, [0, 3, 0]).unwrap_err(), Refusal::NoVote, "after the end");
    }
}
