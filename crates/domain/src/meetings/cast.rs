//! Casting a vote (投票), or casting it anew while the vote lasts: by the link of one's sign-in,
//! or at the register for somebody without a phone. Record it under a guard of the meeting's
//! and the seat's version, so that nobody votes between the end of a vote and its count. Votes
//! are those of the roll that was closed before the motion.

use super::ballot::Ballot;
use super::events::BallotEvent;
use super::ids::{MeetingId, SeatId};
use super::refusals::Refusal;
use super::rights::{REGISTER, VOTE};
use super::seat::Seat;
use super::state::Meeting;
use super::words::{Choice, MeetingStage, SignedIn, VoteMode};
use yishi_kernel::{Context, Decided, Resource, Right, Start, Stream};

/// Somebody votes. A ballot that exists takes it as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// At which meeting.
    pub meeting: MeetingId,
    /// On which motion.
    pub motion: u32,
    /// Whose vote it is.
    pub seat: SeatId,
    /// The vote.
    pub choice: Choice,
    /// Who enters it.
    pub voter: Voter,
}

/// Who enters a vote (投票人).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voter {
    /// The person, by the secret link of the sign-in.
    Own,
    /// The worker, for somebody without a phone.
    Worker,
}

/// The meeting and the sign-in that a vote is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Polling {
    /// The meeting.
    pub meeting: Meeting,
    /// The sign-in.
    pub seat: Seat,
}

impl Start for Cast {
    type Of = Ballot;
    type Facts = Polling;

    fn right(&self) -> &'static Right {
        match self.voter {
            Voter::Own => &VOTE,
            Voter::Worker => &REGISTER,
        }
    }

    fn resource(&self, polling: &Polling, ctx: &Context) -> Resource {
        polling.meeting.resource(ctx.path, ctx.actor)
    }

    fn start(self, polling: &Polling, ctx: &Context) -> Result<Decided<Ballot>, yishi_kernel::Refusal> {
        let Polling { meeting, seat } = polling;
        let voting = meeting.sitting.voting().filter(|open| open.number == self.motion);
        let by_phone = voting.filter(|open| open.mode == VoteMode::Phones);
        let Some(motion) = by_phone.filter(|_| meeting.stage == MeetingStage::Open) else {
            return Err(Refusal::NoVote.into());
        };
        // Whoever signed in by phone votes by phone: nobody else enters or changes that vote.
        let anothers = self.voter == Voter::Worker && seat.how == SignedIn::Phone;
        if seat.meeting != self.meeting || seat.struck.is_some() || !seat.admitted || anothers {
            return Err(Refusal::NoSeat.into());
        }
        if !seat.votes_on(motion) {
            return Err(Refusal::AfterRoll.into());
        }
        // Nobody brings a vote about alone: another person enters it than whoever let them in.
        let alone = seat.entered_by.as_ref().is_none_or(|by| ctx.actor.account.is_none_or(|own| by.is(&own)));
        if self.voter == Voter::Worker && alone {
            return Err(Refusal::SecondPerson.into());
        }
        Ok(Decided::one(BallotEvent::Cast {
            meeting: self.meeting,
            motion: self.motion,
            seat: self.seat.into(),
            choice: self.choice.into(),
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Ballot, Count, EndVote, Passed, SeatKind, Vote};
    use yishi_kernel::{AccountId, Denied};

    #[test]
    fn only_seats_with_a_vote_vote_and_only_while_it_lasts() {
        let mut world = World::begun(2);
        world.sign_in(WORKER, 0, SeatKind::Invited, SignedIn::Register, 10).unwrap();
        world.sign_in(VISITOR, 0, SeatKind::Observer, SignedIn::Phone, 11).unwrap();
        world.sign_in(WORKER, 0, SeatKind::Member, SignedIn::Register, 12).unwrap();
        world.admit(COLLEAGUE, 4, crate::meetings::Admitting::Second).unwrap();
        world.strike(WORKER, 1).unwrap();
        let vote = |world: &mut World, who, seat, voter| world.cast(who, seat, 1, Choice::For, voter);
        let refused = |world: &mut World, who, seat, voter| vote(world, who, seat, voter).unwrap_err();
        assert_eq!(refused(&mut world, VISITOR, 0, Voter::Own), Refusal::NoVote, "nothing was put");
        world.put(VoteMode::Phones);
        assert_eq!(world.strike(WORKER, 0).unwrap_err(), Refusal::VoteOpen);
        vote(&mut world, VISITOR, 0, Voter::Own).unwrap();
        assert_eq!(refused(&mut world, VISITOR, 1, Voter::Own), Refusal::NoSeat, "struck");
        assert_eq!(refused(&mut world, VISITOR, 2, Voter::Own), Refusal::NoSeat, "invited");
        assert_eq!(refused(&mut world, WORKER, 3, Voter::Worker), Refusal::NoSeat, "observer");
        // Without a phone through the worker; nobody else's vote.
        vote(&mut world, COLLEAGUE, 4, Voter::Worker).unwrap();
        assert_eq!(refused(&mut world, WORKER, 4, Voter::Worker), Refusal::SecondPerson, "let them in");
        assert_eq!(refused(&mut world, WORKER, 0, Voter::Worker), Refusal::NoSeat);
        assert_eq!(refused(&mut world, VISITOR, 4, Voter::Worker), Denied::SignIn);
        // Cast anew, the last one counts.
        world.cast(VISITOR, 0, 1, Choice::Abstain, Voter::Own).unwrap();
        world.meet(WORKER, 0, EndVote { motion: 1 }).unwrap();
        assert_eq!(refused(&mut world, VISITOR, 0, Voter::Own), Refusal::NoVote);
        let late = world.sign_in(VISITOR, 0, SeatKind::Resident, SignedIn::Phone, 20);
        assert_eq!(late.unwrap_err(), Refusal::Counting);
        world.meet(WORKER, 0, Count { motion: 1 }).unwrap();
        let Vote::Counted(counts, passed) = world.meeting(0).sitting.motions[0].vote else { panic!() };
        // One in favour of two present: a tie with the abstention fails.
        assert_eq!((counts.present, counts.in_favour, counts.abstain, passed), (2, 1, 1, Passed::No));
    }

    #[test]
    fn a_vote_by_ones_own_link_names_no_account_and_one_at_the_register_names_whoever_entered_it() {
        let mut world = World::begun(1);
        world.sign_in(COLLEAGUE, 0, SeatKind::Member, SignedIn::Register, 12).unwrap();
        world.admit(WORKER, 1, crate::meetings::Admitting::Second).unwrap();
        world.put(VoteMode::Phones);
        // Somebody of the staff votes by the own phone, where they are signed in.
        world.cast(COLLEAGUE, 0, 1, Choice::For, Voter::Own).unwrap();
        world.cast(WORKER, 1, 1, Choice::For, Voter::Worker).unwrap();
        let named = |seat| world.book.loaded::<Ballot>(ballot_id(1, seat)).private::<AccountId>(1, "by");
        assert_eq!((named(0), named(1)), (None, Some(account(WORKER))));
    }

    #[test]
    fn a_vote_counts_where_its_sign_in_is() {
        let mut world = World::begun(1);
        world.put(VoteMode::Phones);
        let polling = Polling { meeting: world.meeting(0), seat: world.seat(0) };
        let (seat, choice, voter) = (seat_id(0), Choice::For, Voter::Own);
        let cast = Cast { meeting: meeting_id(9), motion: 1, seat, choice, voter };
        assert_eq!(cast.start(&polling, &world.ctx(VISITOR)).unwrap_err(), Refusal::NoSeat);
    }
}
