//! Giving a sign-in its vote (确认表决资格): by a one-time slip that was handed out at the door, or
//! for a line of the register by a second person. Nobody has a vote by having the room's code.

use super::events::SeatEvent;
use super::refusals::Refusal;
use super::rights::{REGISTER, SIGN_IN};
use super::seat::Seat;
use super::sign_in::{Door, Membership, Used};
use super::state::Meeting;
use super::words::SeatKind;
use yishi_kernel::refusal::Common;
use yishi_kernel::{AccountId, Command, Context, Decided, Resource, Right, Sealed, Stream};

/// A sign-in gets its vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admit {
    /// By what.
    pub by: Admitting,
}

/// By what a sign-in gets its vote (表决资格依据).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admitting {
    /// The slip of this number, shown on the phone that signed in.
    Slip(u32),
    /// A second person knows them.
    Second,
}

impl Command for Admit {
    type On = Seat;
    type Facts = Door;

    fn right(&self) -> &'static Right {
        match self.by {
            Admitting::Slip(_) => &SIGN_IN,
            Admitting::Second => &REGISTER,
        }
    }

    fn resource(&self, _: &Seat, door: &Door, ctx: &Context) -> Resource {
        door.meeting.resource(ctx.path, ctx.actor)
    }

    fn decide(self, seat: &Seat, door: &Door, ctx: &Context) -> Result<Decided<Seat>, yishi_kernel::Refusal> {
        let meeting = &door.meeting;
        if meeting.sitting.counting().is_some() {
            return Err(Refusal::Counting.into());
        }
        if seat.struck.is_some() || seat.kind == SeatKind::Invited {
            return Err(Refusal::NoSeat.into());
        }
        match self.by {
            Admitting::Slip(_) if seat.admitted => Err(Refusal::OneVote.into()),
            Admitting::Slip(slip) => Ok(Decided::one(by_slip(door, slip)?)),
            Admitting::Second if !seat.unconfirmed() => Err(Refusal::NoSeat.into()),
            Admitting::Second if meeting.agenda.council.is_some() && seat.member.is_none() => {
                Err(Refusal::NoMember.into())
            }
            Admitting::Second => {
                must_be_another(seat.entered_by.as_ref(), ctx)?;
                let after = meeting.sitting.rolls;
                Ok(Decided::one(SeatEvent::Admitted { slip: None, after, member: None }))
            }
        }
    }
}

/// The vote that a slip gives.
pub(super) fn by_slip(door: &Door, slip: u32) -> Result<SeatEvent, Refusal> {
    let Door { meeting, used, member } = door;
    let slips = &meeting.sitting.slips;
    if slips.sheet(slip).is_none() {
        return Err(Refusal::SlipUnknown);
    }
    if slip > slips.released {
        return Err(Refusal::SlipWaits);
    }
    if *used == Used::Yes {
        return Err(Refusal::SlipUsed);
    }
    let of = slips.member(slip);
    if meeting.agenda.council.is_some() && (of.is_none() || *member == Membership::None) {
        return Err(Refusal::NoMember);
    }
    let (slip, after) = (Some(slip), meeting.sitting.rolls);
    Ok(SeatEvent::Admitted { slip, after, member: of.map(Sealed::Kept) })
}

/// That somebody else does this than whoever did the first half. Where it is not known any more
/// who that was, nobody can say that it is somebody else.
pub(super) fn must_be_another<W: yishi_kernel::record::Whose>(
    first: Option<&Sealed<AccountId, W>>,
    ctx: &Context,
) -> Result<(), Refusal> {
    let first = first.and_then(Sealed::get).ok_or(Refusal::SecondPerson)?;
    if ctx.actor.account.is_none_or(|own| own == *first) { Err(Refusal::SecondPerson) } else { Ok(()) }
}

/// A slip was shown once more, at another phone: the sign-in that it gave a vote says so, for
/// whoever keeps the register to ask. Told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Challenge;

impl Command for Challenge {
    type On = Seat;
    type Facts = Meeting;

    fn right(&self) -> &'static Right {
        &SIGN_IN
    }

    fn resource(&self, _: &Seat, meeting: &Meeting, ctx: &Context) -> Resource {
        meeting.resource(ctx.path, ctx.actor)
    }

    fn decide(self, seat: &Seat, _: &Meeting, _: &Context) -> Result<Decided<Seat>, yishi_kernel::Refusal> {
        if seat.slip.is_none() || seat.challenged {
            return Err(Common::Exists.into());
        }
        Ok(Decided::one(SeatEvent::Challenged {}))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use crate::meetings::{Choice, IssueSlips, ReleaseSlips, SignedIn, VoteMode, Voter};
    use yishi_kernel::Denied;

    #[test]
    fn whoever_has_the_code_and_no_slip_has_a_voice_and_no_vote() {
        let mut world = World::begun(1);
        world.sign_in(VISITOR, 0, SeatKind::Resident, SignedIn::Phone, 20).unwrap();
        assert_eq!(world.present(0), 1, "the one with a slip");
        world.put(VoteMode::Phones);
        let none = world.cast(VISITOR, 1, 1, Choice::For, Voter::Own).unwrap_err();
        assert_eq!(none, Refusal::NoSeat);
    }

    #[test]
    fn a_slip_holds_once_a_second_person_says_that_it_was_handed_out_and_only_once() {
        let mut world = World::begun(0);
        let issue = IssueSlips { count: 2, word: "0a1b2c3d4e5f6g7h8j9k0m1n2p".to_owned() };
        world.meet(WORKER, 0, issue).unwrap();
        let slip = |world: &mut World, person, slip| {
            let plain = world.signing(0, SeatKind::Resident, SignedIn::Phone, person);
            let with = crate::meetings::SignIn { slip: Some(slip), ..plain };
            world.take_seat(VISITOR, 0, with)
        };
        assert_eq!(slip(&mut world, 1, 3).unwrap_err(), Refusal::SlipUnknown);
        assert_eq!(slip(&mut world, 1, 1).unwrap_err(), Refusal::SlipWaits);
        let release = ReleaseSlips { upto: 1 };
        assert_eq!(world.meet(WORKER, 0, release).unwrap_err(), Refusal::SecondPerson);
        world.meet(COLLEAGUE, 0, release).unwrap();
        slip(&mut world, 1, 1).unwrap();
        assert_eq!(slip(&mut world, 2, 1).unwrap_err(), Refusal::SlipUsed);
        assert_eq!(slip(&mut world, 2, 2).unwrap_err(), Refusal::SlipWaits, "not handed out");
        // A phone has one vote, whatever slips it is shown.
        world.meet(COLLEAGUE, 0, ReleaseSlips { upto: 2 }).unwrap();
        let twice = world.admit(VISITOR, 0, Admitting::Slip(2)).unwrap_err();
        assert_eq!(twice, Refusal::OneVote);
        assert_eq!(world.present(0), 1);
    }

    #[test]
    fn a_line_of_the_register_has_a_vote_once_somebody_else_confirms_it() {
        let mut world = World::begun(0);
        world.sign_in(WORKER, 0, SeatKind::Resident, SignedIn::Register, 1).unwrap();
        assert_eq!(world.present(0), 0);
        let own = world.admit(WORKER, 0, Admitting::Second).unwrap_err();
        assert_eq!(own, Refusal::SecondPerson);
        assert_eq!(world.admit(VISITOR, 0, Admitting::Second).unwrap_err(), Denied::SignIn);
        world.admit(COLLEAGUE, 0, Admitting::Second).unwrap();
        assert_eq!(world.present(0), 1);
        world.put(VoteMode::Phones);
        // And whoever entered it casts no vote for it.
        let alone = world.cast(WORKER, 0, 1, Choice::For, Voter::Worker).unwrap_err();
        assert_eq!(alone, Refusal::SecondPerson);
        world.cast(SECRETARY, 0, 1, Choice::For, Voter::Worker).unwrap();
    }

    #[test]
    fn who_comes_after_the_roll_was_closed_has_no_vote_on_that_motion_and_has_one_on_the_next() {
        let mut world = World::begun(1);
        world.put(VoteMode::Phones);
        world.with_slip(0, 9);
        assert_eq!(world.cast(VISITOR, 1, 1, Choice::For, Voter::Own).unwrap_err(), Refusal::AfterRoll);
        world.cast(VISITOR, 0, 1, Choice::Against, Voter::Own).unwrap();
        world.count();
        world.put(VoteMode::Phones);
        world.cast(VISITOR, 1, 2, Choice::For, Voter::Own).unwrap();
    }
}
