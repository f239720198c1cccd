//! Signing in (签到). By phone one signs oneself in as resident or observer; members, and those
//! whom a body sent, are known to the worker at the door. It gives a voice; a vote comes with a
//! slip, or from a second person. Record it under a guard of the
//! meeting's version, so that nobody comes between the end of a vote and its count.

use super::admit::by_slip;
use super::events::SeatEvent;
use super::ids::MeetingId;
use super::refusals::Refusal;
use super::rights::{REGISTER, SIGN_IN};
use super::seat::Seat;
use super::state::Meeting;
use super::words::{SeatKind, SignedIn};
use yishi_kernel::context::name;
use yishi_kernel::{Context, Decided, OrganisationId, Resource, Right, Sealed, Start, Stream};

/// Longest name, in characters.
const NAME: usize = 60;

/// Somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// At which meeting.
    pub meeting: MeetingId,
    /// In what capacity.
    pub kind: SeatKind,
    /// How.
    pub how: SignedIn,
    /// The body that sent them.
    pub organisation: Option<OrganisationId>,
    /// A digest that is the same for the same device, account or line of the register.
    pub person: String,
    /// The name as given.
    pub name: String,
    /// SHA-256 of the word by which they vote, in hex.
    pub secret: Option<String>,
    /// The number of the slip that they show.
    pub slip: Option<u32>,
    /// Their number on the roll of the council, where that votes.
    pub member: Option<u32>,
}

/// What signing in must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Door {
    /// The meeting.
    pub meeting: Meeting,
    /// Whether the slip that is shown was used.
    pub used: Used,
    /// Whether a member is one, and has not signed in otherwise: of the number that was named, or
    /// whose slip is shown.
    pub member: Membership,
}

/// What somebody is to the council whose members vote (成员资格).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// No member now, or one who signed in otherwise.
    None,
    /// A member who has not signed in.
    Open,
}

/// Whether a slip was used (票条是否已用).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// Nobody has, or none is shown.
    No,
    /// Somebody has.
    Yes,
}

impl Start for SignIn {
    type Of = Seat;
    type Facts = Door;

    fn right(&self) -> &'static Right {
        let own = matches!(self.kind, SeatKind::Resident | SeatKind::Observer) && self.organisation.is_none();
        match self.how {
            SignedIn::Phone if own => &SIGN_IN,
            SignedIn::Phone | SignedIn::Register => &REGISTER,
        }
    }

    fn resource(&self, door: &Door, ctx: &Context) -> Resource {
        door.meeting.resource(ctx.path, ctx.actor)
    }

    fn start(self, door: &Door, _ctx: &Context) -> Result<Decided<Seat>, yishi_kernel::Refusal> {
        let meeting = &door.meeting;
        if meeting.stairs.is_some() {
            return Err(Refusal::OfStairwell.into());
        }
        // Who is present does not change between the end of a vote and its count.
        if meeting.sitting.counting().is_some() {
            return Err(Refusal::Counting.into());
        }
        if self.organisation.is_some_and(|body| !meeting.agenda.is_invited(body)) {
            return Err(Refusal::NotInvited.into());
        }
        let named = meeting.agenda.council.is_some() && self.kind == SeatKind::Member;
        if named && (self.member.is_none() || door.member == Membership::None) {
            return Err(Refusal::NoMember.into());
        }
        let entered = SeatEvent::Entered {
            meeting: self.meeting,
            seat: self.kind,
            how: self.how,
            organisation: self.organisation,
            person: self.person.into(),
            name: name("name", &self.name, NAME)?.into(),
            secret: self.secret.map(Sealed::Kept),
            member: self.member.filter(|_| named).map(Sealed::Kept),
        };
        let admitted = match self.slip {
            Some(slip) => Some(by_slip(door, slip)?),
            None => None,
        };
        Ok(Decided::all(std::iter::once(entered).chain(admitted).collect()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::meetings::laws::world::*;
    use yishi_kernel::Denied;

    #[test]
    fn whom_a_body_sent_and_members_are_known_at_the_door() {
        let mut world = World::begun(0);
        let mut by_phone = |kind| world.sign_in(VISITOR, 0, kind, SignedIn::Phone, 1).unwrap_err();
        assert_eq!(by_phone(SeatKind::Member), Denied::SignIn);
        assert_eq!(by_phone(SeatKind::Invited), Denied::SignIn);
        let plain = world.signing(0, SeatKind::Resident, SignedIn::Phone, 1);
        let of_body = SignIn { organisation: Some(organisation(LAMPS)), ..plain };
        assert_eq!(world.take_seat(VISITOR, 0, of_body.clone()).unwrap_err(), Denied::SignIn);
        let not_invited = SignIn { organisation: Some(organisation(SQUAD)), ..of_body };
        assert_eq!(world.take_seat(WORKER, 0, not_invited).unwrap_err(), Refusal::NotInvited);
    }

    #[test]
    fn where_the_council_votes_its_members_do_each_once_and_nobody_else() {
        use crate::meetings::{Admitting, Call, IssueSlips, Open, ReleaseSlips};
        let mut world = World::with_topic();
        world.call(WORKER, Call { invited: Vec::new(), ..world.calling("compound", &[0]) }).unwrap();
        assert_eq!(world.meeting(0).agenda.entitled, Some(3));
        world.post().unwrap();
        world.now = world.meeting(0).agenda.starts;
        world.meet(WORKER, 0, Open).unwrap();
        let member = |world: &mut World, number| {
            let plain = world.signing(0, SeatKind::Member, SignedIn::Register, number as usize);
            world.take_seat(WORKER, 0, SignIn { member: Some(number), ..plain })
        };
        assert_eq!(member(&mut world, 4).unwrap_err(), Refusal::NoMember);
        member(&mut world, 1).unwrap();
        assert_eq!(member(&mut world, 1).unwrap_err(), Refusal::NoMember, "twice");
        world.admit(COLLEAGUE, 0, Admitting::Second).unwrap();
        // A resident is heard; no second person gives them a vote.
        world.sign_in(WORKER, 0, SeatKind::Resident, SignedIn::Register, 9).unwrap();
        assert_eq!(world.admit(COLLEAGUE, 1, Admitting::Second).unwrap_err(), Refusal::NoMember);
        // Slips are the members' own: one each, and none for who sits there already.
        world.meet(WORKER, 0, IssueSlips { count: 70, word: "0a1b".to_owned() }).unwrap();
        assert_eq!(world.meeting(0).sitting.slips.issued(), 3);
        world.meet(COLLEAGUE, 0, ReleaseSlips { upto: 3 }).unwrap();
        let slip = |world: &mut World, slip| {
            let plain = world.signing(0, SeatKind::Observer, SignedIn::Phone, 20 + slip as usize);
            world.take_seat(VISITOR, 0, SignIn { slip: Some(slip), ..plain })
        };
        assert_eq!(slip(&mut world, 1).unwrap_err(), Refusal::NoMember, "sits there already");
        slip(&mut world, 2).unwrap();
        assert_eq!((world.seat(2).kind, world.present(0)), (SeatKind::Member, 2));
    }
}
