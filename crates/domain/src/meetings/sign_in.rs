//! Signing in (签到). By phone one signs oneself in as resident or observer; members, and those
//! whom a body sent, are known to the worker at the door. Record it under a guard of the
//! meeting's version, so that nobody comes between the end of a vote and its count.

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
}

impl Start for SignIn {
    type Of = Seat;
    /// The meeting.
    type Facts = Meeting;

    fn right(&self) -> &'static Right {
        let own = matches!(self.kind, SeatKind::Resident | SeatKind::Observer) && self.organisation.is_none();
        match self.how {
            SignedIn::Phone if own => &SIGN_IN,
            SignedIn::Phone | SignedIn::Register => &REGISTER,
        }
    }

    fn resource(&self, meeting: &Meeting, ctx: &Context) -> Resource {
        meeting.resource(ctx.path, ctx.actor)
    }

    fn start(self, meeting: &Meeting, _ctx: &Context) -> Result<Decided<Seat>, yishi_kernel::Refusal> {
        // Who is present does not change between the end of a vote and its count.
        if meeting.sitting.counting().is_some() {
            return Err(Refusal::Counting.into());
        }
        if self.organisation.is_some_and(|body| !meeting.agenda.is_invited(body)) {
            return Err(Refusal::NotInvited.into());
        }
        Ok(Decided::one(SeatEvent::Taken {
            meeting: self.meeting,
            seat: self.kind,
            how: self.how,
            organisation: self.organisation,
            person: self.person.into(),
            name: name("name", &self.name, NAME)?.into(),
            secret: self.secret.map(Sealed::Kept),
        }))
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
}
